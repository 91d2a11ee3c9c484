import type { PlacedCall } from '../../shared/dial.ts';
import type { AppError, ErrorCode } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Pbx, PbxCdr, PbxSession } from '../pbx/types.ts';
import type { OwnNumbers } from './own-numbers.ts';
import { advancePlaced, type PlacedInput } from './placed-call.ts';
import { matchingCdr, type Sighting } from './placed-end.ts';
import { backoffMs, retryAfterMs } from './retry-delay.ts';

export interface FollowedCallOptions {
  call: PlacedCall;
  /** Null while nobody is signed in. */
  pbx: () => Pbx | null;
  /** Includes the phone that is rung first. */
  own: () => OwnNumbers;
  clock: Clock;
  /** Time between two looks until the call is connected, in ms. */
  watchMs: number;
  /** Push tells each step, so looking only confirms. */
  tellsSteps: () => boolean;
  /** A session as push told it; null when it did not. */
  pushed: (sessionId: string) => PbxSession | null;
  onChange: (call: PlacedCall) => void;
  /** It is over and all that the PBX tells about it is known. Again, should a call given up for lost turn up. */
  onOver: (call: PlacedCall) => void;
}

/** A connected call can only end, and one that push tells of is looked at when it does: no need to look that often. */
const RARE_WATCH_MS = 5_000;
/** A session may take a moment to be found after the PBX gave its id. */
const NOT_YET_LISTED_MS = 5_000;
/** After so long without a word of it, the end of a call is not waited for. */
const LOST_AFTER_MS = 600_000;
/** The history is written after the call has ended. */
const HISTORY_DELAY_MS = 1_500;
const HISTORY_TIMEOUT_MS = 5_000;
/** In doublings of `watchMs`: some ten seconds between two looks at the history while that is all there is. */
const HISTORY_PACE = 3;

const MAY_NOT_LOOK: ReadonlySet<ErrorCode> = new Set(['list-forbidden', 'pbx-refused', 'session-id-unusable']);

/**
 * One call that this program placed, watched through GET /sessions/{id} from the PBX's yes to its end, then looked up
 * in the user's call history for the reason. Where the account may not look at sessions, the history alone tells the
 * end.
 */
export class FollowedCall {
  readonly #options: FollowedCallOptions;
  #call: PlacedCall;
  #last: Sighting | null = null;
  /** How it ended, as push told it. */
  #told: PbxCdr | null = null;
  #heardAt: number;
  #failures = 0;
  #blind = false;
  #request: AbortController | null = null;
  #looking = false;
  /** Something happened while a look was under way, which may not show it. */
  #again = false;
  #cancelTimer: (() => void) | null = null;

  constructor(options: FollowedCallOptions) {
    this.#options = options;
    this.#call = options.call;
    this.#heardAt = options.clock.now();
  }

  get call(): PlacedCall {
    return this.#call;
  }

  isOver(): boolean {
    return this.#call.step === 'ended';
  }

  /** Nothing was heard of it lately: it may be long over. In ms. */
  get silentFor(): number {
    return this.#call.stale ? this.#options.clock.now() - this.#heardAt : 0;
  }

  /** The account may not look at the call, so how it goes on will not be seen. */
  get blind(): boolean {
    return this.#blind;
  }

  apply(input: PlacedInput): void {
    const before = this.#call;
    this.#call = advancePlaced(before, input, this.#options.clock.now());
    if (this.#call === before) return;
    this.#options.onChange(this.#call);
    if (before.step !== 'ended' && this.isOver()) this.#finish();
  }

  /** Starts to watch; the session's id is known. */
  follow(): void {
    this.#heardAt = this.#options.clock.now();
    this.#failures = 0;
    this.#listen();
    this.#schedule(this.#options.watchMs, () => this.#look());
  }

  /** The computer woke up: looks at once. */
  wake(): void {
    if (this.isOver() || this.#call.sessionId === null) return;
    this.#failures = 0;
    this.#look();
  }

  /** Something happened to it: takes what push told, and looks at once, or once the look under way has ended. */
  nudge(): void {
    if (this.isOver() || this.#call.sessionId === null) return;
    this.#listen();
    if (this.#looking) this.#again = true;
    else this.#look();
  }

  /** Push says that it is over. Where the account may look at sessions, they have the last word. */
  told(cdr: PbxCdr): void {
    if (this.isOver()) {
      this.apply({ type: 'history', cdr });
    } else if (this.#call.sessionId !== null) {
      this.#told = cdr;
      this.#look();
    }
  }

  /** Forgets about it, without another word. */
  dispose(): void {
    this.#request?.abort();
    this.#request = null;
    this.#looking = false;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  /** A look may have to wait for its turn, and the other side answers sooner: what push told of it is shown at once. */
  #listen(): void {
    const { clock, own, pushed } = this.#options;
    const session = this.#call.sessionId === null ? null : pushed(this.#call.sessionId);
    if (session === null) return;
    this.#heardAt = clock.now();
    this.apply({ type: 'seen', session, own: own() });
  }

  /** Push knows of it and would tell what becomes of it. */
  #isTold(): boolean {
    const { tellsSteps, pushed } = this.#options;
    return this.#call.sessionId !== null && tellsSteps() && pushed(this.#call.sessionId) !== null;
  }

  #look(): void {
    const { sessionId } = this.#call;
    const pbx = this.#options.pbx();
    if (sessionId === null) return;
    if (pbx === null) this.#failed(null);
    else void this.#ask(pbx, sessionId);
  }

  async #ask(pbx: Pbx, sessionId: string): Promise<void> {
    const request = this.#begin();
    this.#looking = true;
    const answer = await pbx.getSession(sessionId, request.signal);
    if (this.#request !== request) return;
    this.#looking = false;
    if (answer.ok) {
      this.#heard();
      this.#told = null;
      // One without legs tells nothing, and must not hide what was seen before.
      if (answer.value.legs.length > 0) this.#last = { session: answer.value, at: this.#heardAt };
      this.apply({ type: 'seen', session: answer.value, own: this.#options.own() });
      this.#next();
    } else if (answer.error.code === 'not-found') {
      const early = this.#last === null && this.#options.clock.now() - this.#heardAt < NOT_YET_LISTED_MS;
      if (early && this.#told === null) this.#next();
      else this.#gone();
    } else if (this.#told !== null && MAY_NOT_LOOK.has(answer.error.code)) {
      this.#gone();
    } else {
      const told = MAY_NOT_LOOK.has(answer.error.code) && (await this.#askHistory(pbx, request));
      if (this.#request !== request) return;
      // The history is a source too: it is asked steadily, just not as often.
      if (told) this.#failures = Math.min(this.#failures, HISTORY_PACE);
      this.#blind = MAY_NOT_LOOK.has(answer.error.code);
      this.#failed(answer.error);
    }
  }

  #gone(): void {
    const told = this.#told;
    this.apply({ type: 'gone', last: this.#last, own: this.#options.own() });
    if (told !== null) this.apply({ type: 'history', cdr: told });
  }

  #next(): void {
    const { watchMs, tellsSteps } = this.#options;
    const rare = this.#call.step === 'connected' || tellsSteps();
    const wait = this.#again ? 0 : rare ? Math.max(watchMs, RARE_WATCH_MS) : watchMs;
    if (!this.isOver()) this.#schedule(wait, () => this.#look());
  }

  #failed(error: AppError | null): void {
    if (this.isOver()) return;
    const { clock, watchMs } = this.#options;
    this.#failures += 1;
    if (this.#blind && this.#isTold()) this.#heardAt = clock.now();
    else this.apply({ type: 'watch-failed' });
    if (clock.now() - this.#heardAt > LOST_AFTER_MS) {
      this.apply({ type: 'lost' });
      return;
    }
    const asked = error === null ? 0 : retryAfterMs(error);
    this.#schedule(Math.max(asked, backoffMs(watchMs, this.#failures, clock.random())), () => this.#look());
  }

  #heard(): void {
    this.#heardAt = this.#options.clock.now();
    this.#failures = 0;
  }

  /** Asks the history once for why it ended, then it is over; a history that stays silent does not hold that up. */
  #finish(): void {
    this.dispose();
    const reason = this.#call.end?.reason;
    const inferred = reason === 'hung-up' || reason === 'other-unanswered' || reason === 'unknown';
    const pbx = this.#options.pbx();
    if (!inferred || pbx === null) {
      this.#options.onOver(this.#call);
      return;
    }
    this.#schedule(HISTORY_DELAY_MS, () => void this.#refine(pbx));
  }

  async #refine(pbx: Pbx): Promise<void> {
    const request = this.#begin();
    const over = (): void => {
      if (this.#request !== request) return;
      this.dispose();
      this.#options.onOver(this.#call);
    };
    this.#schedule(HISTORY_TIMEOUT_MS, over);
    await this.#askHistory(pbx, request);
    over();
  }

  /** Gives whether the history could be read. */
  async #askHistory(pbx: Pbx, request: AbortController): Promise<boolean> {
    const answer = await pbx.myCdrs(request.signal);
    if (this.#request !== request || !answer.ok) return false;
    const cdr = matchingCdr(answer.value, this.#call, this.#last);
    if (cdr !== null) this.apply({ type: 'history', cdr });
    return true;
  }

  #begin(): AbortController {
    this.dispose();
    this.#request = new AbortController();
    this.#again = false;
    return this.#request;
  }

  #schedule(ms: number, task: () => void): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(ms, task);
  }
}
