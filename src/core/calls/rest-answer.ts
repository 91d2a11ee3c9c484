import type { PbxSession, SessionList } from '../pbx/types.ts';
import { isOver, type PushBook } from './push-book.ts';

/** When the session list was asked for, or answered: `turn` of the book then, and the steady time in ms. */
export interface Moment {
  turn: number;
  at: number;
}

/** What GET /sessions answered. */
export interface RestAnswer {
  sessions: readonly PbxSession[];
  asked: Moment;
  /** Steady ms, and `turn` of the book then. */
  received: Moment;
  /** Of the sessions. */
  ids: ReadonlySet<string>;
  /** Calls of the answer before that are taken over because this one had entries that could not be read. */
  kept: ReadonlySet<string>;
  /** Calls that the answer before did not have. */
  fresh: ReadonlySet<string>;
  /** All of its entries could be read: what is missing is not there. */
  complete: boolean;
}

/**
 * An answer, compared with the one before. `dropped`: how many of its entries could not be read; a call that is missing
 * may be one of them, once, unless push has told its end.
 */
export function restAnswer(
  before: RestAnswer | null,
  { sessions, dropped }: Pick<SessionList, 'sessions' | 'dropped'>,
  asked: Moment,
  received: Moment,
  book: PushBook,
): RestAnswer {
  const there = new Set(sessions.map(({ id }) => id));
  const kept =
    before === null || dropped === 0
      ? []
      : before.sessions.filter(({ id }) => !there.has(id) && !before.kept.has(id) && !isOver(book, id, before.asked));
  return {
    sessions: [...sessions, ...kept],
    asked,
    received,
    ids: kept.length === 0 ? there : new Set([...there, ...kept.map(({ id }) => id)]),
    kept: new Set(kept.map(({ id }) => id)),
    fresh: new Set(sessions.map(({ id }) => id).filter((id) => before?.ids.has(id) !== true)),
    complete: dropped === 0,
  };
}
