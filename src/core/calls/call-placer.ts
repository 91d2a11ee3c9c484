import type { DialPlan, PlacedCall } from '../../shared/dial.ts';
import { appError, type AppError, type ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { CreateSession, Pbx, PbxCdr, PbxSession } from '../pbx/types.ts';
import type { CallMonitor } from './call-monitor.ts';
import { FollowedCall } from './followed-call.ts';
import type { OwnNumbers } from './own-numbers.ts';
import { newPlacedCall } from './placed-call.ts';
import type { PlacingHandle } from './placing-window.ts';

export interface CallPlacerOptions {
  /** Null while nobody is signed in. */
  pbx: () => Pbx | null;
  /** Is told of each request, so that the session it makes is known as ours; null while nothing is monitored. */
  monitor: () => Pick<CallMonitor, 'placing' | 'pollNow'> | null;
  own: () => OwnNumbers;
  clock: Clock;
  /** Time between two looks at a call that is not connected, in ms; 1,000 unless told. */
  watchMs?: number;
  /** Push tells each step of a call: see `heard`. */
  tellsSteps?: () => boolean;
  /** A session as push told it; null when it did not. */
  pushed?: (sessionId: string) => PbxSession | null;
  /** The call on the card; null when there is none. */
  onChange: (placed: PlacedCall | null) => void;
  /** A call is over and its reason known as well as it gets. Told again for a `key` whose call turns up after all. */
  onEnded: (placed: PlacedCall) => void;
}

interface Line {
  followed: FollowedCall;
  /** Done when the request that places the call was answered or given up. */
  posted: Promise<void>;
  hangingUp: Promise<Result<null>> | null;
}

/** After these nobody knows whether the PBX took the request. */
const UNANSWERED: ReadonlySet<ErrorCode> = new Set([
  'timed-out',
  'dial-unanswered',
  'dial-failed',
  'connection-lost',
  'bad-answer',
  'answer-too-large',
]);

/** No phone rings longer: whatever became of the call, it is not being placed any more. In ms. */
const LONGEST_RINGING_MS = 180_000;
const LONGEST_SILENCE_MS = 60_000;
/** The same where the account may not look: long enough for a second thought about a double click. */
const BLIND_MS = 10_000;

/**
 * Places calls, one at a time, and follows each to its end. A request is sent once and never repeated: the PBX has no
 * way to tell a repeated one from a second call.
 */
export class CallPlacer {
  readonly #options: CallPlacerOptions;
  readonly #lines = new Set<Line>();
  #shown: Line | null = null;
  #count = 0;
  #disposed = false;

  constructor(options: CallPlacerOptions) {
    this.#options = options;
  }

  /** The call on the card. */
  get placed(): PlacedCall | null {
    return this.#shown?.followed.call ?? null;
  }

  /** A call is on its way, and no other one can be placed. */
  get isPlacing(): boolean {
    if (this.#shown === null) return false;
    const { call, silentFor, blind } = this.#shown.followed;
    if (call.step === 'asking') return true;
    if (call.step === 'connected' || this.#shown.followed.isOver()) return false;
    // A PBX that does not tell what became of a call must not keep the user from the next one.
    const since = this.#options.clock.now() - (call.reached.at(-1)?.at ?? 0);
    const patience = blind ? BLIND_MS : LONGEST_SILENCE_MS;
    return since < LONGEST_RINGING_MS && silentFor < patience;
  }

  /**
   * Places a call and resolves once the PBX has answered. Errors: dial-in-progress while one is being placed (from
   * the request until it is connected), signed-out, dial-unanswered, and what the PBX refuses with.
   */
  async place(plan: DialPlan, body: CreateSession, name: string): Promise<Result<PlacedCall>> {
    const pbx = this.#options.pbx();
    if (pbx === null) return err(appError('signed-out'));
    if (this.isPlacing) return err(appError('dial-in-progress'));

    const posted = Promise.withResolvers<undefined>();
    const line = this.#open(plan, name, body.caller, posted.promise);
    const { followed } = line;
    this.#show(line);
    const handle = this.#options.monitor()?.placing(plan.dial) ?? null;
    const answer = await pbx.createSession(body);
    if (answer.ok) {
      handle?.accepted(answer.value.id);
      followed.apply({ type: 'accepted', sessionId: answer.value.id });
      if (!this.#disposed) followed.follow();
    } else {
      this.#notPlaced(line, handle, answer.error);
    }
    posted.resolve(undefined);
    const { error } = followed.call;
    return answer.ok ? ok(followed.call) : err(error ?? answer.error);
  }

  /**
   * Ends a call: by its session id, any of the list; by the `key` of a placed call also before it has one: then as
   * soon as the PBX tells it. A call that is over already is no error.
   */
  async hangUp(idOrKey: string): Promise<Result<null>> {
    const lines = this.#shown === null ? [...this.#lines] : [this.#shown, ...this.#lines];
    const line = lines.find(({ followed: { call } }) => call.sessionId === idOrKey || call.key === idOrKey);
    if (line === undefined) return this.#destroy(idOrKey);
    line.hangingUp ??= this.#hangUpLine(line).finally(() => {
      line.hangingUp = null;
    });
    return line.hangingUp;
  }

  /** It placed a call with this session id or `key`. */
  knows(idOrKey: string): boolean {
    const lines = this.#shown === null ? [...this.#lines] : [this.#shown, ...this.#lines];
    return lines.some(({ followed: { call } }) => call.sessionId === idOrKey || call.key === idOrKey);
  }

  /** Takes the card of an ended call away; one that is not over stays. */
  dismiss(): void {
    if (this.#shown?.followed.isOver() !== true) return;
    this.#shown = null;
    this.#options.onChange(null);
  }

  /** The computer woke up: looks at once how the calls stand. */
  wake(): void {
    for (const { followed } of this.#lines) followed.wake();
  }

  /** Push says that something happened to a session, or, by null, to my phone: how do the calls placed here stand? */
  heard(sessionId: string | null): void {
    for (const { followed } of this.#lines) {
      if (sessionId === null || followed.call.sessionId === sessionId) followed.nudge();
    }
  }

  /** Push says that a session is over, placed here or not. */
  told(
    sessionId: string,
    { caller, callee, answeredAt, endedAt, endReason, statusCode }: Omit<PbxCdr, 'startedAt'>,
  ): void {
    const cdr = { caller, callee, startedAt: null, answeredAt, endedAt, endReason, statusCode };
    for (const { followed } of this.#lines) if (followed.call.sessionId === sessionId) followed.told(cdr);
  }

  /** Forgets all calls, without another word. */
  dispose(): void {
    this.#disposed = true;
    for (const { followed } of this.#lines) followed.dispose();
    this.#lines.clear();
    this.#shown = null;
  }

  #open(plan: DialPlan, name: string, phone: string, posted: Promise<void>): Line {
    const { clock, watchMs = 1_000, tellsSteps = () => false, pushed = () => null, pbx } = this.#options;
    const now = clock.now();
    this.#count += 1;
    const followed = new FollowedCall({
      call: newPlacedCall(`${now}-${this.#count}`, plan, name, now),
      pbx,
      own: () => {
        const { extension, numbers } = this.#options.own();
        return { extension, numbers: [...numbers, phone] };
      },
      clock,
      watchMs,
      tellsSteps,
      pushed,
      onChange: (call) => {
        if (this.#shown === line) this.#options.onChange(call);
      },
      onOver: (call) => {
        this.#lines.delete(line);
        if (!this.#disposed) this.#options.onEnded(call);
      },
    });
    const line: Line = { followed, posted, hangingUp: null };
    this.#lines.add(line);
    return line;
  }

  #notPlaced(line: Line, handle: PlacingHandle | null, error: AppError): void {
    if (!UNANSWERED.has(error.code)) {
      handle?.failed();
      line.followed.apply({ type: 'refused', error });
      return;
    }
    const cancelled = line.followed.call.hangingUp;
    line.followed.apply({ type: 'unanswered', error });
    handle?.unanswered((sessionId) => this.#adopt(line, sessionId, cancelled));
  }

  /** The call of a request that got no answer rings after all: it is on the card again, unless another one is. */
  #adopt(line: Line, sessionId: string, cancelled: boolean): void {
    if (this.#disposed) return;
    this.#lines.add(line);
    if (this.#shown?.followed.isOver() === true) this.#shown = null;
    this.#shown ??= line;
    line.followed.apply({ type: 'adopted', sessionId });
    line.followed.follow();
    if (cancelled) void this.hangUp(sessionId);
  }

  #show(line: Line): void {
    this.#shown = line;
    this.#options.onChange(line.followed.call);
  }

  async #hangUpLine({ followed, posted }: Line): Promise<Result<null>> {
    if (followed.isOver()) return ok(null);
    followed.apply({ type: 'hanging-up' });
    await posted;
    const { sessionId, end, error } = followed.call;
    if (end?.reason === 'unanswered-request' && error !== null) return err(error);
    if (followed.isOver() || sessionId === null) return ok(null);
    const answer = await this.#destroy(sessionId);
    followed.apply(answer.ok ? { type: 'hung-up' } : { type: 'hang-up-failed', error: answer.error });
    return answer;
  }

  async #destroy(sessionId: string): Promise<Result<null>> {
    const pbx = this.#options.pbx();
    if (pbx === null) return err(appError('signed-out'));
    const answer = await pbx.destroySession(sessionId);
    this.#options.monitor()?.pollNow();
    return answer.ok || answer.error.code === 'not-found' ? ok(null) : answer;
  }
}
