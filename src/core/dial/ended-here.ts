import type { Clock } from '../clock.ts';
import { UNANSWERED, type CallPlacer } from './placer.ts';

export interface EndedHereOptions {
  clock: Pick<Clock, 'after'>;
  /** Session ids and keys of the calls that the user ended in this program. */
  ids: Set<string>;
  /** Whether the call is in the list of live calls. */
  isLive: (id: string) => boolean;
}

/** A call that goes on this long after a hang-up without an answer was not ended by it. */
const UNCLEAR_MS = 15_000;

/** Records which calls the user ends: a call that they declined is not missed. */
export class EndedHere {
  readonly #options: EndedHereOptions;
  /** The last attempt to end each call, while its result is not clear. */
  readonly #attempts = new Map<string, object>();

  constructor(options: EndedHereOptions) {
    this.#options = options;
  }

  /** Records the call before `hangUp`, because push may report its end before the PBX answers the request. */
  async record(id: string, hangUp: () => ReturnType<CallPlacer['hangUp']>): ReturnType<CallPlacer['hangUp']> {
    const { ids, clock } = this.#options;
    const attempt = {};
    this.#attempts.set(id, attempt);
    ids.add(id);
    const answer = await hangUp();
    // The PBX may have ended the call although its answer did not arrive.
    if (!answer.ok && UNANSWERED.has(answer.error.code)) clock.after(UNCLEAR_MS, () => this.#settle(id, attempt));
    else {
      if (!answer.ok) ids.delete(id);
      this.#attempts.delete(id);
    }
    return answer;
  }

  #settle(id: string, attempt: object): void {
    if (this.#attempts.get(id) !== attempt) return;
    this.#attempts.delete(id);
    if (this.#options.isLive(id)) this.#options.ids.delete(id);
  }
}
