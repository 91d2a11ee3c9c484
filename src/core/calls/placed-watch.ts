import type { PlacedCall } from '../../shared/dial.ts';
import type { AppError, ErrorCode } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Pbx } from '../pbx/types.ts';
import type { PlacingFact } from './facts.ts';
import { recordOf } from './history.ts';
import { LIMITS } from './limits.ts';
import type { Placing } from './model.ts';
import { matchingCdr } from './placed.ts';
import { backoffMs, retryAfterMs } from './retry-delay.ts';
import type { CallStore } from './store.ts';

export interface PlacedWatchOptions {
  store: CallStore;
  /** Of the call placed here. */
  key: string;
  /** Null while nobody is signed in. */
  pbx: () => Pbx | null;
  clock: Clock;
  /** Push tells each step, so looking only confirms. */
  tellsSteps: () => boolean;
  /** It is over and all that the PBX tells about it is known. */
  onDone: () => void;
}

/** In doublings of the usual time: some ten seconds between two looks at the history while that is all there is. */
const HISTORY_PACE = 3;

const MAY_NOT_LOOK: ReadonlySet<ErrorCode> = new Set(['list-forbidden', 'pbx-refused', 'session-id-unusable']);

/**
 * Asks about one call that this program placed, by GET /sessions/{id} from the PBX's yes to its end, then in the user's
 * call history for the reason. Where the account may not look at sessions, the history alone tells the end. What comes of
 * it are facts for the model, which other sources tell of as well.
 */
export class PlacedWatch {
  readonly #options: PlacedWatchOptions;
  #failures = 0;
  #mayNotLook = false;
  #request: AbortController | null = null;
  #looking = false;
  /** Something happened while a look was under way, which may not show it. */
  #again = false;
  #finishing = false;
  #cancelTimer: (() => void) | null = null;

  constructor(options: PlacedWatchOptions) {
    this.#options = options;
  }

  /** The account may not look at the call, so how it goes on will not be seen. */
  get mayNotLook(): boolean {
    return this.#mayNotLook;
  }

  /** Starts to look; the session's id is known. */
  follow(): void {
    this.#failures = 0;
    this.#finishing = false;
    this.#schedule(LIMITS.watch, () => this.#look());
  }

  /** The computer woke up: looks at once. */
  wake(): void {
    if (!this.#goesOn) return;
    this.#failures = 0;
    this.#look();
  }

  /** Push told something of it: looks at once, or once the look under way has ended. */
  nudge(): void {
    if (!this.#goesOn) return;
    if (this.#looking) this.#again = true;
    else this.#look();
  }

  /** The call changed. Over, its entry in the history is looked for once, for why; that holds nothing up for long. */
  changed(call: PlacedCall): void {
    if (call.step !== 'ended') {
      if (!this.#finishing) return;
      // It had been given up, and goes on.
      this.dispose();
      this.follow();
      return;
    }
    if (this.#finishing) return;
    this.dispose();
    this.#finishing = true;
    const pbx = this.#options.pbx();
    if (!isInferred(call) || pbx === null) this.#options.onDone();
    else this.#schedule(LIMITS.written, () => void this.#refine(pbx));
  }

  /** Asks no more. */
  dispose(): void {
    this.#request?.abort();
    this.#request = null;
    this.#looking = false;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  get #placing(): Placing | undefined {
    return this.#options.store.model.placings.get(this.#options.key);
  }

  get #goesOn(): boolean {
    const call = this.#placing?.call;
    return call !== undefined && call.step !== 'ended' && call.sessionId !== null;
  }

  /** Push knows of it and would tell what becomes of it. */
  get #isTold(): boolean {
    const { store, tellsSteps } = this.#options;
    const sessionId = this.#placing?.call.sessionId ?? '';
    return tellsSteps() && (store.model.sessions.get(sessionId)?.heard.seq ?? 0) > 0;
  }

  #look(): void {
    const sessionId = this.#placing?.call.sessionId ?? null;
    const pbx = this.#options.pbx();
    if (sessionId === null) return;
    if (pbx === null) this.#failed(null);
    else void this.#ask(pbx, sessionId);
  }

  async #ask(pbx: Pbx, id: string): Promise<void> {
    const { store } = this.#options;
    const request = this.#begin();
    const asked = store.stamp();
    this.#looking = true;
    const answer = await pbx.getSession(id, request.signal);
    if (this.#request !== request) return;
    this.#looking = false;
    if (answer.ok) {
      this.#failures = 0;
      store.take([{ type: 'confirmed', key: this.#options.key }]);
      store.apply({ type: 'session', asked, id, session: answer.value });
      this.#next();
    } else if (answer.error.code === 'not-found') {
      store.apply({ type: 'session', asked, id, session: null });
      this.#next();
    } else {
      this.#mayNotLook = MAY_NOT_LOOK.has(answer.error.code);
      const readable = this.#mayNotLook && (await this.#askHistory(pbx, request));
      if (this.#request !== request) return;
      // The history is a source too: it is asked steadily, just not as often.
      if (readable) this.#failures = Math.min(this.#failures, HISTORY_PACE);
      this.#failed(answer.error);
    }
  }

  #next(): void {
    if (!this.#goesOn) return;
    const rare = this.#placing?.call.step === 'connected' || this.#options.tellsSteps();
    const wait = this.#again ? 0 : rare ? LIMITS.watchRarely : LIMITS.watch;
    this.#schedule(wait, () => this.#look());
  }

  #failed(error: AppError | null): void {
    const placing = this.#placing;
    if (!this.#goesOn || placing === undefined) return;
    const { clock } = this.#options;
    this.#failures += 1;
    const told = this.#mayNotLook && this.#isTold;
    this.#tell({ type: told ? 'confirmed' : 'watch-failed' });
    if (!told && clock.elapsed() - placing.seenAt > LIMITS.placedLost) {
      this.#tell({ type: 'lost' });
      return;
    }
    const asked = error === null ? 0 : retryAfterMs(error);
    const wait = asked > 0 ? asked : backoffMs(LIMITS.watch, this.#failures, clock.random());
    this.#schedule(wait, () => this.#look());
  }

  #tell(fact: { type: 'confirmed' | 'watch-failed' | 'lost' }): void {
    const { store, key } = this.#options;
    store.apply({ ...fact, key } satisfies PlacingFact);
  }

  async #refine(pbx: Pbx): Promise<void> {
    const request = this.#begin();
    const done = (): void => {
      if (this.#request !== request) return;
      this.dispose();
      this.#options.onDone();
    };
    this.#schedule(LIMITS.historyTimeout, done);
    await this.#askHistory(pbx, request);
    done();
  }

  /** Gives whether the history could be read. */
  async #askHistory(pbx: Pbx, request: AbortController): Promise<boolean> {
    const { store, key } = this.#options;
    const answer = await pbx.myCdrs(request.signal);
    const placing = this.#placing;
    if (this.#request !== request || !answer.ok || placing === undefined) return false;
    const cdr = matchingCdr(answer.value, placing);
    if (cdr !== null) store.apply({ type: 'record', key, record: recordOf(cdr) });
    return true;
  }

  #begin(): AbortController {
    this.#request?.abort();
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#request = new AbortController();
    this.#again = false;
    return this.#request;
  }

  #schedule(ms: number, task: () => void): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(ms, task);
  }
}

/** Why it ended was inferred: the history may say more. */
function isInferred({ end }: PlacedCall): boolean {
  if (end === null) return false;
  const { reason, by, status } = end;
  return (
    (reason === 'hung-up' && by === null) ||
    ((reason === 'other-unanswered' || reason === 'unknown') && status === null)
  );
}
