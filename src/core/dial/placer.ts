import type { DialPlan, PlacedCall } from '../../shared/dial.ts';
import { appError, type AppError, type ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { SingleFlight } from '../single-flight.ts';
import type { CreateSession, Pbx } from '../pbx/types.ts';
import type { PlacedCallFact } from '../calls/facts.ts';
import { LIMIT_MS } from '../calls/limits.ts';
import type { LiveCalls } from '../calls/live-calls.ts';
import { PlacedWatch } from './placed-watch.ts';
import type { CallStore } from '../calls/store.ts';

export interface CallPlacerOptions {
  store: CallStore;
  /** Null while nobody is signed in. */
  pbx: () => Pbx | null;
  /** Null while no connection is watched. */
  live: () => Pick<LiveCalls, 'notePlaced' | 'pollNow'> | null;
  clock: Clock;
  /** Push reports each step of a call, so polling it only confirms. */
  reportsSteps: () => boolean;
  /** The placed call that the window shows; null when there is none. */
  onChange: (placed: PlacedCall | null) => void;
  /** A call ended. Called again for a `key` when more becomes known about its end, or when its call appears later. */
  onEnded: (placed: PlacedCall) => void;
}

interface Line {
  key: string;
  watch: PlacedWatch;
  /** Resolves when the request that places the call was answered or given up. */
  posted: Promise<void>;
  hangUp: SingleFlight<Result<null>>;
}

/** After these errors it is not known whether the PBX accepted the request. */
const UNANSWERED: ReadonlySet<ErrorCode> = new Set([
  'timed-out',
  'dial-unanswered',
  'dial-failed',
  'connection-lost',
  'bad-answer',
  'answer-too-large',
]);

/**
 * Places calls, one at a time, and follows each to its end. A request is never repeated, because the PBX cannot
 * distinguish a repeated request from a second call.
 */
export class CallPlacer {
  readonly #options: CallPlacerOptions;
  readonly #lines = new Map<string, Line>();
  /** Calls that the user cancelled and whose requests got no answer. If one appears later, it is hung up. */
  readonly #cancelled = new Set<string>();
  #shown: string | null = null;
  #count = 0;
  #disposed = false;

  constructor(options: CallPlacerOptions) {
    this.#options = options;
    options.store.onPlaced = (call) => this.#handleChange(call);
  }

  /** The placed call that the window shows. */
  get placed(): PlacedCall | null {
    return this.#shown === null ? null : this.#callOf(this.#shown);
  }

  /** A call is being placed, so no other call can be placed. */
  get isPlacing(): boolean {
    const placed = this.#shown === null ? undefined : this.#options.store.model.placedCalls.get(this.#shown);
    if (placed === undefined) return false;
    const { call, steppedAt, seenAt } = placed;
    if (call.step === 'asking') return true;
    if (call.step === 'connected' || call.step === 'ended') return false;
    // If the PBX does not report the outcome of a call, the user can place the next one after a while.
    const now = this.#options.clock.elapsed();
    const mayNotLook = this.#lines.get(call.key)?.watch.isForbidden === true;
    const maxSilenceMs = mayNotLook ? LIMIT_MS.placingUnwatched : LIMIT_MS.placingSilent;
    return now - steppedAt < LIMIT_MS.placingRings && (!call.stale || now - seenAt < maxSilenceMs);
  }

  /**
   * Places a call and resolves once the PBX has answered. Errors: dial-in-progress while a call is being placed (from
   * the request until it is connected), signed-out, dial-unanswered, and the PBX's refusal.
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
    store.apply({ type: 'call-placed', key, plan, name, phone: body.caller });
    const answer = await pbx.createSession(body);
    live()?.notePlaced();
    if (this.#disposed) {
      posted.resolve(undefined);
      return answer.ok ? err(appError('signed-out')) : answer;
    }
    if (answer.ok) {
      store.apply({ type: 'accepted', key, sessionId: answer.value.id });
      if (this.#callOf(key)?.step !== 'ended') line.watch.follow();
    } else {
      this.#handleFailure(line, answer.error);
    }
    posted.resolve(undefined);
    const call = this.#callOf(key);
    if (answer.ok) return call === null ? err(appError('signed-out')) : ok(call);
    return err(call?.error ?? answer.error);
  }

  /**
   * Ends a call by its session id, or a placed call by its `key`; if it has no id yet, as soon as the PBX returns it. A
   * call that has already ended is no error.
   */
  async hangUp(idOrKey: string): Promise<Result<null>> {
    const key = this.#keyOf(idOrKey);
    if (key === undefined) return this.#destroy(idOrKey);
    const line = this.#lines.get(key);
    if (line === undefined) return ok(null);
    return line.hangUp.run(() => this.#hangUpLine(line));
  }

  /** Whether a call with this session id or `key` was placed here. */
  hasPlaced(idOrKey: string): boolean {
    return this.#keyOf(idOrKey) !== undefined;
  }

  /** Hides the placed call if it has ended. */
  dismiss(): void {
    if (this.placed?.step !== 'ended') return;
    this.#shown = null;
    this.#options.onChange(null);
  }

  /** The computer woke up: polls the placed calls at once. */
  wake(): void {
    for (const { watch } of this.#lines.values()) watch.wake();
  }

  /** Push reported an event of this session; null: of my phone. Polls the placed calls that it may concern. */
  nudge(sessionId: string | null): void {
    for (const { key, watch } of this.#lines.values()) {
      if (sessionId === null || this.#callOf(key)?.sessionId === sessionId) watch.nudge();
    }
  }

  /** Forgets all calls, without a callback. */
  dispose(): void {
    this.#disposed = true;
    this.#options.store.onPlaced = null;
    for (const { watch } of this.#lines.values()) watch.dispose();
    this.#lines.clear();
    this.#shown = null;
  }

  #callOf(key: string): PlacedCall | null {
    return this.#options.store.model.placedCalls.get(key)?.call ?? null;
  }

  #keyOf(idOrKey: string): string | undefined {
    const keys = [...(this.#shown === null ? [] : [this.#shown]), ...this.#lines.keys()];
    return keys.find((key) => key === idOrKey || this.#callOf(key)?.sessionId === idOrKey);
  }

  #open(key: string, posted: Promise<void>): Line {
    const { store, pbx, clock, reportsSteps } = this.#options;
    const watch = new PlacedWatch({ store, key, pbx, clock, reportsSteps, onDone: () => void this.#lines.delete(key) });
    const line: Line = { key, watch, posted, hangUp: new SingleFlight() };
    this.#lines.set(key, line);
    return line;
  }

  #handleChange(call: PlacedCall): void {
    if (this.#disposed) return;
    const line = this.#lines.get(call.key);
    const back = line === undefined && call.step !== 'ended';
    if (back && this.placed?.step === 'ended') this.#shown = null;
    if (back) this.#shown ??= call.key;
    if (this.#shown === call.key) this.#options.onChange(call);
    if (call.step === 'ended') {
      this.#options.onEnded(call);
      line?.watch.update(call);
    } else if (back) {
      this.#adopt(call);
    } else {
      line?.watch.update(call);
    }
  }

  #handleFailure(line: Line, error: AppError): void {
    const { store } = this.#options;
    const { key } = line;
    const fact: PlacedCallFact = { type: UNANSWERED.has(error.code) ? 'unanswered' : 'refused', key, error };
    if (fact.type === 'unanswered' && this.#callOf(key)?.hangingUp === true) this.#cancelled.add(key);
    store.apply(fact);
  }

  /** Follows the call of an unanswered request that appeared later. */
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

  /** The PBX's answer does not say whether it ended the call, so the session is read. */
  async #isOver(pbx: Pbx, sessionId: string, { code }: AppError): Promise<boolean> {
    if (code !== 'bad-answer') return false;
    const session = await pbx.getSession(sessionId);
    return !session.ok && session.error.code === 'not-found';
  }

  async #destroy(sessionId: string): Promise<Result<null>> {
    const pbx = this.#options.pbx();
    if (pbx === null) return err(appError('signed-out'));
    const answer = await pbx.destroySession(sessionId);
    this.#options.live()?.pollNow();
    const isOver = answer.ok || answer.error.code === 'not-found' || (await this.#isOver(pbx, sessionId, answer.error));
    return isOver ? ok(null) : answer;
  }
}
