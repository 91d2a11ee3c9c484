import type { DialPlan, PlacedCall } from '../../shared/dial.ts';
import { appError, type AppError, type ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { CreateSession, Pbx } from '../pbx/types.ts';
import type { PlacingFact } from './facts.ts';
import { LIMITS } from './limits.ts';
import type { LiveCalls } from './live-calls.ts';
import { PlacedWatch } from './placed-watch.ts';
import type { CallStore } from './store.ts';

export interface CallPlacerOptions {
  store: CallStore;
  /** Null while nobody is signed in. */
  pbx: () => Pbx | null;
  /** Holds back what a request under way may explain; null while nothing is watched. */
  live: () => Pick<LiveCalls, 'placing' | 'pollNow'> | null;
  clock: Clock;
  /** Push tells each step of a call, so looking at one only confirms. */
  tellsSteps: () => boolean;
  /** The call on the card; null when there is none. */
  onChange: (placed: PlacedCall | null) => void;
  /** A call is over. Called again for a `key` when more is known of its end, or when its call turns up after all. */
  onEnded: (placed: PlacedCall) => void;
}

interface Line {
  key: string;
  watch: PlacedWatch;
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

/**
 * Places calls, one at a time, and follows each to its end. A request is sent once and never repeated: the PBX has no
 * way to tell a repeated one from a second call. How a call stands is read from the model, as everywhere.
 */
export class CallPlacer {
  readonly #options: CallPlacerOptions;
  readonly #lines = new Map<string, Line>();
  /** Calls whose requests got no answer after the user had cancelled them: should one turn up, it is hung up. */
  readonly #cancelled = new Set<string>();
  #shown: string | null = null;
  #count = 0;
  #disposed = false;

  constructor(options: CallPlacerOptions) {
    this.#options = options;
    options.store.onPlaced = (call) => this.#changed(call);
  }

  /** The call on the card. */
  get placed(): PlacedCall | null {
    return this.#shown === null ? null : this.#callOf(this.#shown);
  }

  /** A call is on its way, and no other one can be placed. */
  get isPlacing(): boolean {
    const placing = this.#shown === null ? undefined : this.#options.store.model.placings.get(this.#shown);
    if (placing === undefined) return false;
    const { call, steppedAt, seenAt } = placing;
    if (call.step === 'asking') return true;
    if (call.step === 'connected' || call.step === 'ended') return false;
    // A PBX that does not tell what became of a call must not keep the user from the next one.
    const now = this.#options.clock.elapsed();
    const mayNotLook = this.#lines.get(call.key)?.watch.mayNotLook === true;
    const patience = mayNotLook ? LIMITS.placingBlind : LIMITS.placingSilent;
    return now - steppedAt < LIMITS.placingRings && (!call.stale || now - seenAt < patience);
  }

  /**
   * Places a call and resolves once the PBX has answered. Errors: dial-in-progress while one is being placed (from
   * the request until it is connected), signed-out, dial-unanswered, and what the PBX refuses with.
   */
  async place(plan: DialPlan, body: CreateSession, name: string): Promise<Result<PlacedCall>> {
    const { store, live, clock } = this.#options;
    const pbx = this.#options.pbx();
    if (pbx === null) return err(appError('signed-out'));
    if (this.isPlacing) return err(appError('dial-in-progress'));

    const posted = Promise.withResolvers<undefined>();
    this.#count += 1;
    const key = `${clock.now()}-${this.#count}`;
    const line = this.#open(key, posted.promise);
    this.#shown = key;
    const release = live()?.placing();
    store.apply({ type: 'placing', key, plan, name, phone: body.caller });
    const answer = await pbx.createSession(body);
    if (this.#disposed) {
      release?.();
      posted.resolve(undefined);
      return answer.ok ? err(appError('signed-out')) : answer;
    }
    if (answer.ok) {
      store.apply({ type: 'accepted', key, sessionId: answer.value.id });
      if (this.#callOf(key)?.step !== 'ended') line.watch.follow();
    } else {
      this.#notPlaced(line, answer.error);
    }
    release?.();
    posted.resolve(undefined);
    const call = this.#callOf(key);
    if (answer.ok) return call === null ? err(appError('signed-out')) : ok(call);
    return err(call?.error ?? answer.error);
  }

  /**
   * Ends a call: by its session id, any of the list; by the `key` of a placed call also before it has one: then as
   * soon as the PBX tells it. A call that is over already is no error.
   */
  async hangUp(idOrKey: string): Promise<Result<null>> {
    const key = this.#keyOf(idOrKey);
    if (key === undefined) return this.#destroy(idOrKey);
    const line = this.#lines.get(key);
    if (line === undefined) return ok(null);
    line.hangingUp ??= this.#hangUpLine(line).finally(() => {
      line.hangingUp = null;
    });
    return line.hangingUp;
  }

  /** It placed a call with this session id or `key`. */
  knows(idOrKey: string): boolean {
    return this.#keyOf(idOrKey) !== undefined;
  }

  /** Takes the card of an ended call away; one that is not over stays. */
  dismiss(): void {
    if (this.placed?.step !== 'ended') return;
    this.#shown = null;
    this.#options.onChange(null);
  }

  /** The computer woke up: looks at once how the calls stand. */
  wake(): void {
    for (const { watch } of this.#lines.values()) watch.wake();
  }

  /** Push says that something happened to a session, or, by null, to my phone: how do the calls placed here stand? */
  nudge(sessionId: string | null): void {
    for (const { key, watch } of this.#lines.values()) {
      if (sessionId === null || this.#callOf(key)?.sessionId === sessionId) watch.nudge();
    }
  }

  /** Forgets all calls; nobody is told. */
  dispose(): void {
    this.#disposed = true;
    this.#options.store.onPlaced = null;
    for (const { watch } of this.#lines.values()) watch.dispose();
    this.#lines.clear();
    this.#shown = null;
  }

  #callOf(key: string): PlacedCall | null {
    return this.#options.store.model.placings.get(key)?.call ?? null;
  }

  #keyOf(idOrKey: string): string | undefined {
    const keys = [...(this.#shown === null ? [] : [this.#shown]), ...this.#lines.keys()];
    return keys.find((key) => key === idOrKey || this.#callOf(key)?.sessionId === idOrKey);
  }

  #open(key: string, posted: Promise<void>): Line {
    const { store, pbx, clock, tellsSteps } = this.#options;
    const watch = new PlacedWatch({ store, key, pbx, clock, tellsSteps, onDone: () => void this.#lines.delete(key) });
    const line: Line = { key, watch, posted, hangingUp: null };
    this.#lines.set(key, line);
    return line;
  }

  #changed(call: PlacedCall): void {
    if (this.#disposed) return;
    const line = this.#lines.get(call.key);
    const back = line === undefined && call.step !== 'ended';
    if (back && this.placed?.step === 'ended') this.#shown = null;
    if (back) this.#shown ??= call.key;
    if (this.#shown === call.key) this.#options.onChange(call);
    if (call.step === 'ended') {
      this.#options.onEnded(call);
      line?.watch.changed(call);
    } else if (back) {
      this.#adopt(call);
    } else {
      line?.watch.changed(call);
    }
  }

  #notPlaced(line: Line, error: AppError): void {
    const { store } = this.#options;
    const { key } = line;
    const fact: PlacingFact = { type: UNANSWERED.has(error.code) ? 'unanswered' : 'refused', key, error };
    if (fact.type === 'unanswered' && this.#callOf(key)?.hangingUp === true) this.#cancelled.add(key);
    store.apply(fact);
  }

  /** The call of a request that got no answer rings after all: it is on the card again, unless another one is. */
  #adopt({ key, sessionId }: PlacedCall): void {
    this.#open(key, Promise.resolve()).watch.follow();
    if (sessionId !== null && this.#cancelled.delete(key)) void this.hangUp(sessionId);
  }

  async #hangUpLine({ key, posted }: Line): Promise<Result<null>> {
    const { store } = this.#options;
    if (this.#callOf(key)?.step === 'ended') return ok(null);
    store.apply({ type: 'hanging-up', key });
    await posted;
    const call = this.#callOf(key);
    if (call === null || this.#disposed) return ok(null);
    const { sessionId, end, error, step } = call;
    if (end?.reason === 'unanswered-request' && error !== null) return err(error);
    if (step === 'ended' || sessionId === null) return ok(null);
    const answer = await this.#destroy(sessionId);
    store.apply(answer.ok ? { type: 'hung-up', key } : { type: 'hang-up-failed', key, error: answer.error });
    return answer;
  }

  async #destroy(sessionId: string): Promise<Result<null>> {
    const pbx = this.#options.pbx();
    if (pbx === null) return err(appError('signed-out'));
    const answer = await pbx.destroySession(sessionId);
    this.#options.live()?.pollNow();
    return answer.ok || answer.error.code === 'not-found' ? ok(null) : answer;
  }
}
