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
  live: () => Pick<LiveCalls, 'pollForPlacedCall' | 'pollNow'> | null;
  clock: Clock;
  /** Push reports each step of a call, so polling it only confirms. */
  reportsSteps: () => boolean;
  /** The placed call that the window shows; null when there is none. */
  onChange: (placed: PlacedCall | null) => void;
  /** A call ended. Called again for a `key` when more becomes known about its end, or when its call appears later. */
  onEnded: (placed: PlacedCall) => void;
}

/** A placed call that is followed. */
interface FollowedCall {
  key: string;
  watch: PlacedWatch;
  /** Resolves when the request that places the call was answered or has failed. */
  requested: Promise<void>;
  hangUp: SingleFlight<Result<null>>;
}

/** How long a placed call that cannot be polled blocks the next one. */
const SILENT_MS = 60_000;
/** The same if the account has no permission to poll it: long enough to catch a double click. */
const UNWATCHED_MS = 10_000;

/** After these errors it is not known whether the PBX has placed or ended the call. */
export const UNANSWERED: ReadonlySet<ErrorCode> = new Set([
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
  readonly #followed = new Map<string, FollowedCall>();
  /** Keys of calls that the user cancelled and whose requests got no answer. If such a call appears later, it is hung up. */
  readonly #cancelled = new Set<string>();
  /** Key of the call that the window shows. */
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
    const { call, lastStepAt, confirmedAt } = placed;
    if (call.step === 'requested') return true;
    if (call.step === 'connected' || call.step === 'ended') return false;
    // If the PBX does not report the outcome of a call, the user can place the next one after a while.
    const now = this.#options.clock.elapsed();
    const isForbidden = this.#followed.get(call.key)?.watch.isForbidden === true;
    const maxSilenceMs = isForbidden ? UNWATCHED_MS : SILENT_MS;
    return now - lastStepAt < LIMIT_MS.placingRings && (!call.stale || now - confirmedAt < maxSilenceMs);
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

    const requested = Promise.withResolvers<undefined>();
    this.#count += 1;
    const key = `${clock.now()}-${this.#count}`;
    const followed = this.#add(key, requested.promise);
    this.#shown = key;
    store.applyAndEmit({ type: 'call-placed', key, plan, name, phone: body.caller });
    const answer = await pbx.createSession(body);
    live()?.pollForPlacedCall();
    if (this.#disposed) {
      requested.resolve(undefined);
      return answer.ok ? err(appError('signed-out')) : answer;
    }
    if (answer.ok) {
      store.applyAndEmit({ type: 'accepted', key, sessionId: answer.value.id });
      if (this.#callOf(key)?.step !== 'ended') followed.watch.follow();
    } else {
      this.#handleFailure(key, answer.error);
    }
    requested.resolve(undefined);
    const call = this.#callOf(key);
    if (answer.ok) return call === null ? err(appError('signed-out')) : ok(call);
    return err(call?.error ?? answer.error);
  }

  /**
   * Ends a call by its session id, or a placed call by its `key`. If a placed call has no id yet, this waits until the
   * PBX returns it. A call that has already ended is no error.
   */
  async hangUp(idOrKey: string): Promise<Result<null>> {
    const key = this.#keyOf(idOrKey);
    if (key === undefined) return this.#destroy(idOrKey);
    const followed = this.#followed.get(key);
    if (followed === undefined) return ok(null);
    return followed.hangUp.run(() => this.#hangUpPlaced(followed));
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
    for (const { watch } of this.#followed.values()) watch.wake();
  }

  /**
   * Push reported an event of this session, or with null of the user's phone. Polls the placed calls that the event may
   * concern.
   */
  nudge(sessionId: string | null): void {
    for (const { key, watch } of this.#followed.values()) {
      if (sessionId === null || this.#callOf(key)?.sessionId === sessionId) watch.nudge();
    }
  }

  /** Forgets all calls, without a callback. */
  dispose(): void {
    this.#disposed = true;
    this.#options.store.onPlaced = null;
    for (const { watch } of this.#followed.values()) watch.dispose();
    this.#followed.clear();
    this.#shown = null;
  }

  #callOf(key: string): PlacedCall | null {
    return this.#options.store.model.placedCalls.get(key)?.call ?? null;
  }

  #keyOf(idOrKey: string): string | undefined {
    const keys = [...(this.#shown === null ? [] : [this.#shown]), ...this.#followed.keys()];
    return keys.find((key) => key === idOrKey || this.#callOf(key)?.sessionId === idOrKey);
  }

  #add(key: string, requested: Promise<void>): FollowedCall {
    const { store, pbx, clock, reportsSteps } = this.#options;
    const onDone = (): void => void this.#followed.delete(key);
    const watch = new PlacedWatch({ store, key, pbx, clock, reportsSteps, onDone });
    const followed: FollowedCall = { key, watch, requested, hangUp: new SingleFlight() };
    this.#followed.set(key, followed);
    return followed;
  }

  #handleChange(call: PlacedCall): void {
    if (this.#disposed) return;
    const followed = this.#followed.get(call.key);
    const appearedLate = followed === undefined && call.step !== 'ended';
    if (appearedLate && this.placed?.step === 'ended') this.#shown = null;
    if (appearedLate) this.#shown ??= call.key;
    if (this.#shown === call.key) this.#options.onChange(call);
    if (call.step === 'ended') this.#options.onEnded(call);
    if (appearedLate) this.#followLate(call);
    else followed?.watch.update(call);
  }

  #handleFailure(key: string, error: AppError): void {
    const { store } = this.#options;
    const fact: PlacedCallFact = { type: UNANSWERED.has(error.code) ? 'unanswered' : 'refused', key, error };
    if (fact.type === 'unanswered' && this.#callOf(key)?.hangingUp === true) this.#cancelled.add(key);
    store.applyAndEmit(fact);
  }

  /** Follows a call that appeared after its request had failed. Hangs it up if the user has cancelled it. */
  #followLate({ key, sessionId }: PlacedCall): void {
    this.#add(key, Promise.resolve()).watch.follow();
    if (sessionId !== null && this.#cancelled.delete(key)) void this.hangUp(sessionId);
  }

  async #hangUpPlaced({ key, requested }: FollowedCall): Promise<Result<null>> {
    const { store } = this.#options;
    if (this.#callOf(key)?.step === 'ended') return ok(null);
    store.applyAndEmit({ type: 'hanging-up', key });
    await requested;
    const call = this.#callOf(key);
    if (call === null || this.#disposed) return ok(null);
    const { sessionId, end, error, step } = call;
    if (end?.reason === 'unanswered-request' && error !== null) return err(error);
    if (step === 'ended' || sessionId === null) return ok(null);
    const answer = await this.#destroy(sessionId);
    store.applyAndEmit(answer.ok ? { type: 'hung-up', key } : { type: 'hang-up-failed', key, error: answer.error });
    return answer;
  }

  /** If an unreadable answer does not show whether the PBX has ended the call, this reads the session. */
  async #hasEnded(pbx: Pbx, sessionId: string, { code }: AppError): Promise<boolean> {
    if (code !== 'bad-answer') return false;
    const session = await pbx.getSession(sessionId);
    return !session.ok && session.error.code === 'not-found';
  }

  async #destroy(sessionId: string): Promise<Result<null>> {
    const pbx = this.#options.pbx();
    if (pbx === null) return err(appError('signed-out'));
    const answer = await pbx.destroySession(sessionId);
    this.#options.live()?.pollNow();
    const hasEnded =
      answer.ok || answer.error.code === 'not-found' || (await this.#hasEnded(pbx, sessionId, answer.error));
    return hasEnded ? ok(null) : answer;
  }
}
