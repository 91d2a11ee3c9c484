import { NOT_LISTENING, type Call, type Listening, type LinkState } from '../../shared/call.ts';
import { sameLink, sameListening } from './listening.ts';

/** What the window was last told of the calls, and of how they are noticed. */
export class ShownState {
  #calls: Call[];
  #link: LinkState = { status: 'off' };
  #listening: Listening = NOT_LISTENING;

  constructor(calls: Call[]) {
    this.#calls = calls;
  }

  get link(): LinkState {
    return this.#link;
  }

  get listening(): Listening {
    return this.#listening;
  }

  /** Off, without a word to anybody. */
  turnOff(): void {
    this.#link = { status: 'off' };
  }

  /** Gives whether somebody has to be told. A listening that is the same stays the same object. */
  change(calls: Call[], link: LinkState, listening: Listening): boolean {
    const before = this.#listening;
    if (!sameListening(listening, before)) this.#listening = listening;
    const same = sameLink(link, this.#link) && calls === this.#calls && this.#listening === before;
    this.#link = link;
    this.#calls = calls;
    return !same;
  }
}
