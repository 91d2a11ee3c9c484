import type { Clock } from '../clock.ts';
import { UNANSWERED, type CallPlacer } from './placer.ts';

export interface EndedHereOptions {
  clock: Pick<Clock, 'after' | 'elapsed'>;
  /** Session ids and keys of the calls that the user ended in this program. */
  ids: Set<string>;
  /**
   * Whether the call is live, as a source has shown since `since` (monotonic ms); null if none has shown the calls
   * since then.
   */
  isLive: (id: string, since: number) => boolean | null;
}

/** A call that goes on this long after a hang-up without an answer was not ended by it. */
const UNCLEAR_MS = 15_000;

/** Records which calls the user ends: a call that they declined is not missed. */
export class EndedHere {
  readonly #options: EndedHereOptions;
  /** Cancels the pending check of each call that the user tried to end without an answer of the PBX. */
  readonly #checks = new Map<string, () => void>();

  constructor(options: EndedHereOptions) {
    this.#options = options;
  }

  /** Records the call before `hangUp`, because push may report its end before the PBX answers the request. */
  async record(id: string, hangUp: () => ReturnType<CallPlacer['hangUp']>): ReturnType<CallPlacer['hangUp']> {
    const { ids, clock } = this.#options;
    this.#cancelCheck(id);
    ids.add(id);
    const answer = await hangUp();
    if (answer.ok) return answer;
    // The PBX may have ended the call although its answer did not arrive.
    if (UNANSWERED.has(answer.error.code)) this.#checkLater(id, clock.elapsed());
    else ids.delete(id);
    return answer;
  }

  /** Stops waiting for the results of hang-ups. The calls count as ended here. */
  stop(): void {
    for (const cancel of this.#checks.values()) cancel();
    this.#checks.clear();
  }

  #checkLater(id: string, since: number): void {
    this.#cancelCheck(id);
    this.#checks.set(
      id,
      this.#options.clock.after(UNCLEAR_MS, () => this.#check(id, since)),
    );
  }

  #check(id: string, since: number): void {
    this.#checks.delete(id);
    const isLive = this.#options.isLive(id, since);
    if (isLive === null) this.#checkLater(id, since);
    else if (isLive) this.#options.ids.delete(id);
  }

  #cancelCheck(id: string): void {
    this.#checks.get(id)?.();
    this.#checks.delete(id);
  }
}
