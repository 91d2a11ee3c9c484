import type { RecentCall } from '../../shared/dial.ts';
import { HISTORY_PAGE, type HistoryCall, type HistoryFilter, type HistoryPage } from '../../shared/history.ts';
import type { Clock } from '../clock.ts';
import { nextTurn } from '../store/database.ts';
import { text, type Row, type Statements } from '../store/statements.ts';
import { IS_UNSEEN_MISSED, UNSEEN_MISSED, type CallBack } from './call-back-table.ts';
import { searchWords } from './search-form.ts';

/** How long a slice of a search should take, in ms. Other work can run between slices. */
const SLICE_MS = 4;
/** How many entries a slice covers. The first slices are small, because names may have to be looked up. */
const MIN_IN_SLICE = 100;
const MAX_IN_SLICE = 10_000;

/** Reads and searches the entries of one account. */
export class EntrySearch {
  readonly #account: string;
  readonly #sql: Statements;
  readonly #clock: Pick<Clock, 'elapsed'>;

  /** `account`: the key of the account's rows. `sql`: of a database that has the function `shows` (see ShownNames). */
  constructor(account: string, sql: Statements, clock: Pick<Clock, 'elapsed'>) {
    this.#account = account;
    this.#sql = sql;
    this.#clock = clock;
  }

  /** Finds one page of entries. `before`: the cursor that the previous page returned; null for the newest page. */
  async page(
    { text: searched, only }: { text: string; only: CallFilter | null },
    before: string | null,
  ): Promise<HistoryPage> {
    const filter = { words: searchWords(searched), only };
    // One more than a page, to know whether there is a next page.
    const wanted = HISTORY_PAGE + 1;
    const found: Row[] = [];
    let cursor: Cursor | null = cursorOf(before);
    let sliceSize = MIN_IN_SLICE;
    while (cursor !== null && found.length < wanted) {
      const started = this.#clock.elapsed();
      const end = this.#endOfSlice(filter, cursor, sliceSize);
      found.push(...this.#read(filter, cursor, wanted - found.length, end));
      cursor = end === null ? null : { began: end, id: '' };
      const factor = this.#clock.elapsed() - started < SLICE_MS ? 2 : 1 / 2;
      sliceSize = Math.min(Math.max(sliceSize * factor, MIN_IN_SLICE), MAX_IN_SLICE);
      if (cursor !== null && found.length < wanted) await nextTurn();
    }
    const rows = found.slice(0, HISTORY_PAGE);
    const last = found.length > HISTORY_PAGE ? rows.at(-1) : undefined;
    const next = last === undefined ? null : `${Number(last['began'])} ${text(last['id'])}`;
    return { entries: rows.map(callOf), next };
  }

  /** The first page of all entries. */
  newest(): RecentCall[] {
    return this.#read({ words: [], only: null }, FIRST, HISTORY_PAGE, null).map((row) => recentOf(callOf(row)));
  }

  /** The missed calls that ended at `since` or later and that the user has not seen, the newest first. */
  unseenMissed(since: number): HistoryCall[] {
    const unseen = `SELECT data, note, 1 AS unseen, ${REMIND_AT} FROM ${UNSEEN_MISSED}
      AND ended_at >= ? ORDER BY began DESC`;
    return this.#sql.all(unseen, this.#account, since).map(callOf);
  }

  callsOf(ids: readonly string[]): HistoryCall[] {
    const one = `SELECT data, note, ${IS_UNSEEN_MISSED} AS unseen, ${REMIND_AT} FROM entry WHERE account = ? AND id = ?`;
    return ids.flatMap((id) => this.#sql.all(one, this.#account, id).map(callOf));
  }

  /** The newest call of each person on a call-back list, if it matches the searched text. */
  callBacks(list: readonly CallBack[], searched: string): HistoryCall[] {
    const words = searchWords(searched);
    const found = `SELECT data, note, ${IS_UNSEEN_MISSED} AS unseen, ${REMIND_AT} FROM entry WHERE account = ? AND id = ?
      ${containsAll(words)}`;
    return list.flatMap(({ id, missed, remindAt }) => {
      const row = this.#sql.get(found, this.#account, id, ...words.flat().flatMap((form) => [form, form]));
      return row === undefined ? [] : { ...callOf(row), missed, ...(remindAt === null ? {} : { remindAt }) };
    });
  }

  /** Reads matching entries from the cursor on. `end`: the start of the earliest call to read; null for no end. */
  #read({ words, only }: Filter, { began, id }: Cursor, limit: number, end: number | null): Row[] {
    // The inner query needs only the index. The rows are read only for its result.
    const found = `SELECT id AS found FROM entry
      WHERE account = ? AND (began, id) < (?, ?) ${end === null ? '' : 'AND began >= ?'} ${ONLY[only ?? 'all']}
      ${containsAll(words)} ORDER BY began DESC, id DESC LIMIT ?`;
    return this.#sql.all(
      `SELECT id, began, data, note, ${IS_UNSEEN_MISSED} AS unseen, ${REMIND_AT} FROM (${found}) CROSS JOIN entry ON account = ? AND id = found
         ORDER BY began DESC, id DESC`,
      this.#account,
      began,
      id,
      ...(end === null ? [] : [end]),
      ...words.flat().flatMap((form) => [form, form]),
      limit,
      this.#account,
    );
  }

  /** When the last call of the slice began, on the PBX's clock (ms since 1970); null if all remaining entries are read at once. */
  #endOfSlice({ words, only }: Filter, { began, id }: Cursor, count: number): number | null {
    // Without a search, an index finds the page directly.
    if (words.length === 0 && (only === null || only === 'missed')) return null;
    const last = `SELECT began FROM entry WHERE account = ? AND (began, id) < (?, ?) ORDER BY began DESC, id DESC
      LIMIT 1 OFFSET ?`;
    const row = this.#sql.get(last, this.#account, began, id, count);
    return row === undefined ? null : Number(row['began']);
  }
}

/** The reminder of a call that no longer waits for a call back is not shown. */
const REMIND_AT = 'iif(back, remind_at, 0) AS remind_at';

/** SQL condition: an entry, or the name that is shown for its number, contains one form of each word. */
const containsAll = (words: Filter['words']): string =>
  words.map((forms) => `AND (${forms.map(() => 'instr(search, ?) > 0 OR shows(number, ?)').join(' OR ')})`).join(' ');

interface Filter {
  words: readonly (readonly string[])[];
  only: CallFilter | null;
}

/** The filters for calls. The filter 'call-back' lists people instead. */
export type CallFilter = Exclude<HistoryFilter['only'], 'call-back' | null>;

const ONLY: Record<CallFilter | 'all', string> = {
  all: '',
  missed: "AND outcome = 'missed'",
  incoming: "AND direction = 'incoming'",
  outgoing: "AND direction = 'outgoing'",
};

function callOf({ data, note, unseen, remind_at: remindAt }: Row): HistoryCall {
  const entry = JSON.parse(text(data)) as HistoryCall & { taken?: boolean };
  delete entry.taken;
  return {
    ...entry,
    ...(unseen === 1 ? { unseen: true } : {}),
    ...(note === '' ? {} : { note: text(note) }),
    ...(remindAt === 0 ? {} : { remindAt: Number(remindAt) }),
  };
}

/** Leaves out what only the history shows. */
function recentOf(call: HistoryCall): RecentCall {
  const recent: Partial<HistoryCall> & RecentCall = { ...call };
  delete recent.called;
  delete recent.passedBy;
  delete recent.passedTo;
  delete recent.answeredAt;
  delete recent.endedAt;
  delete recent.remindAt;
  return recent;
}

/**
 * The position after an entry: when its call began (ms since 1970), and its id. The list goes from new to old by the PBX's
 * clock, because this computer's may have been set in between.
 */
interface Cursor {
  began: number;
  id: string;
}

/** The position before the newest entry. */
const FIRST: Cursor = { began: Number.MAX_SAFE_INTEGER, id: '' };

function cursorOf(cursor: string | null): Cursor {
  const [, began = '', id = ''] = /^(\d{1,16}(?:\.\d+)?) (.*)$/s.exec(cursor ?? '') ?? [];
  return began === '' ? FIRST : { began: Number(began), id };
}
