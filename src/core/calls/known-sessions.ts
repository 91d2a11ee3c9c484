import type { PushEvent } from '../pbx/push/types.ts';
import type { PbxSession, SessionList } from '../pbx/types.ts';
import { mergeSessions, settleBook, type Merged } from './merge-sessions.ts';
import { isMine, type OwnNumbers } from './own-numbers.ts';
import {
  cover,
  EMPTY_BOOK,
  goneFromList,
  lost,
  prune,
  pushEvent,
  resumed,
  type PushBook,
  type PushedEnd,
} from './push-book.ts';
import { asListed, liveLegs } from './pushed-call.ts';
import { restAnswer, type Moment, type RestAnswer } from './rest-answer.ts';
import { normaliseNumber } from './same-number.ts';
import type { SteadyTime } from './steady-time.ts';

/** What an event means to the one who listens. */
export interface Heard {
  /** It is about a call of mine. */
  mine: boolean;
  /** The session list may know more now. */
  news: boolean;
  /** My phone rings because this program asked for it. */
  placed: boolean;
  /** How the call ended. */
  end: PushedEnd | null;
}

/** What the session list and push have told, kept together. */
export class KnownSessions {
  readonly #own: () => OwnNumbers;
  readonly #time: SteadyTime;
  #book: PushBook = EMPTY_BOOK;
  #rest: RestAnswer | null = null;
  #asked: Moment = { turn: 0, at: 0 };
  /** Since when push cannot be trusted alone, steady ms. */
  #doubtedAt = -Infinity;

  constructor(own: () => OwnNumbers, time: SteadyTime) {
    this.#own = own;
    this.#time = time;
  }

  /** The session list was answered, and is not refused. */
  get isListed(): boolean {
    return this.#rest !== null;
  }

  /** Push told of a call of mine that the list has not shown. */
  get hasUnlisted(): boolean {
    return [...this.#book.calls.values()].some((call) => call.concernsMe && call.listedAt === null);
  }

  /** How a call ended, as push told it in the last ten minutes; null when it did not. */
  endOf(sessionId: string): PushedEnd | null {
    return this.#book.over.get(sessionId) ?? null;
  }

  /** A call as push alone tells it, without what is over of it; null when it did not. */
  pushed(sessionId: string): PbxSession | null {
    const call = this.#book.calls.get(sessionId);
    if (call?.began !== true) return null;
    const now = this.#time.now();
    return { id: sessionId, legs: liveLegs(call).map((leg) => asListed(call, leg, now)) };
  }

  /** Right before the session list is asked for. */
  asking(): void {
    this.#asked = this.#moment();
  }

  answered(list: SessionList): void {
    const before = this.#rest;
    const rest = restAnswer(before, list, this.#asked, this.#moment(), this.#book);
    this.#rest = rest;
    const gone = rest.complete ? [...(before?.ids ?? [])].filter((id) => !rest.ids.has(id)) : [];
    this.#book = goneFromList(settleBook(this.#book, rest), gone, list.pbxTime, this.#time.now());
  }

  /** What may not be seen any more cannot be kept true either. */
  forgetList(): void {
    this.#rest = null;
  }

  forgetAll(listening: boolean): void {
    this.#rest = null;
    this.#book = { ...EMPTY_BOOK, turn: this.#book.turn, listening };
  }

  hear(event: PushEvent, placing: boolean): Heard {
    const own = this.#own();
    const before = this.#book;
    this.#book = pushEvent(before, event, own, this.#time.now(), placing);
    if (event.type === 'extension') {
      const extension = normaliseNumber(event.extension);
      const phone = this.#book.phones.get(extension);
      const changed = phone !== undefined && phone.activity !== before.phones.get(extension)?.activity;
      return { mine: isMine(own, extension), news: changed, placed: changed && phone.placed, end: null };
    }
    const call = this.#book.calls.get(event.sessionId) ?? before.calls.get(event.sessionId);
    const end = event.type === 'call-over' ? this.endOf(event.sessionId) : null;
    return { mine: call?.concernsMe === true, news: event.type === 'call', placed: false, end };
  }

  listens(listening: boolean): void {
    const now = this.#time.now();
    this.#doubtedAt = now;
    this.#book = listening ? resumed(this.#book, now) : lost(this.#book, now);
  }

  /** Forgets what is too old or was not confirmed; gives whether there was any. `listed`: the list is not refused. */
  prune(listed: boolean): boolean {
    const before = this.#book;
    const listDue = listed && (this.#rest === null || this.#rest.asked.at < this.#doubtedAt);
    this.#book = prune(before, this.#time.now(), listDue);
    this.#forgetOver(before.over);
    return this.#book !== before;
  }

  /** An old answer may still show a call whose end is about to be forgotten: it goes with it. */
  #forgetOver(before: PushBook['over']): void {
    const rest = this.#rest;
    const after = this.#book.over;
    if (rest === null || before === after) return;
    const isForgotten = (id: string): boolean => {
      const end = before.get(id);
      return end !== undefined && !after.has(id) && end.turn > rest.asked.turn;
    };
    this.#rest = { ...rest, sessions: rest.sessions.filter(({ id }) => !isForgotten(id)) };
  }

  merge(namelessAfterMs: number): Merged {
    const options = { own: this.#own(), now: this.#time.now(), onlyMine: this.#rest === null, namelessAfterMs };
    const merged = mergeSessions(this.#rest, this.#book, options);
    this.#book = cover(this.#book, merged.covered);
    return merged;
  }

  #moment(): Moment {
    return { turn: this.#book.turn, at: this.#time.now() };
  }
}
