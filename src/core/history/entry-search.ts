import type { RecentCall } from '../../shared/dial.ts';
import { HISTORY_PAGE, type HistoryCall, type HistoryFilter, type HistoryPage } from '../../shared/history.ts';
import type { Clock } from '../clock.ts';
import { nextTurn } from '../store/database.ts';
import { text, type Row, type Statements } from '../store/statements.ts';
import { OPEN, OPEN_ENTRIES, type CallBack } from './call-back-table.ts';
import { searchWords } from './search-form.ts';

/** A slice of a search shall take about this long, in ms. */
const SLICE_MS = 4;
/** Entries that a search reads in one slice. Few at first, because names may have to be looked up. */
const SEARCHED = { first: 100, most: 10_000 };

/** Reads the entries of one account. */
export class EntrySearch {
  readonly #account: string;
  readonly #sql: Statements;
  readonly #clock: Pick<Clock, 'elapsed'>;

  /** `account`: the key of its rows. `sql`: of a database with `shows`; see ShownNames. */
  constructor(account: string, sql: Statements, clock: Pick<Clock, 'elapsed'>) {
    this.#account = account;
    this.#sql = sql;
    this.#clock = clock;
  }

  /** `before`: the cursor of the page before this one, or null for the newest. Other work runs between two slices. */
  async page(
    { text: wanted, only }: { text: string; only: CallFilter | null },
    before: string | null,
  ): Promise<HistoryPage> {
    const filter = { words: searchWords(wanted), only };
    const found: HistoryCall[] = [];
    let cursor: Cursor | null = cursorOf(before);
    let count = SEARCHED.first;
    while (cursor !== null && found.length <= HISTORY_PAGE) {
      const started = this.#clock.elapsed();
      const end = this.#endOfSlice(filter, cursor, count);
      found.push(...this.#read(filter, cursor, HISTORY_PAGE + 1 - found.length, end));
      cursor = end === null ? null : { at: end, id: '' };
      const factor = this.#clock.elapsed() - started < SLICE_MS ? 2 : 1 / 2;
      count = Math.min(Math.max(count * factor, SEARCHED.first), SEARCHED.most);
      if (cursor !== null && found.length <= HISTORY_PAGE) await nextTurn();
    }
    const entries = found.slice(0, HISTORY_PAGE);
    const last = entries.at(-1);
    return { entries, next: found.length > HISTORY_PAGE && last !== undefined ? `${last.at} ${last.id}` : null };
  }

  /** The first page. */
  newest(): RecentCall[] {
    return this.#read({ words: [], only: null }, FIRST, HISTORY_PAGE, null).map(recentOf);
  }

  /** The newest page of missed calls that the user has not seen. */
  openMissed(): HistoryCall[] {
    const open = `SELECT data, note, 1 AS open, ${REMIND_AT} FROM ${OPEN_ENTRIES} ORDER BY at DESC LIMIT ${HISTORY_PAGE}`;
    return this.#sql.all(open, this.#account).map(callOf);
  }

  callsOf(ids: readonly string[]): HistoryCall[] {
    const one = `SELECT data, note, ${OPEN} AS open, ${REMIND_AT} FROM entry WHERE account = ? AND id = ?`;
    return ids.flatMap((id) => this.#sql.all(one, this.#account, id).map(callOf));
  }

  /** The calls of a call-back list, as far as a text finds them. */
  callBacks(list: readonly CallBack[], wanted: string): HistoryCall[] {
    const words = searchWords(wanted);
    const found = `SELECT data, note, ${OPEN} AS open, ${REMIND_AT} FROM entry WHERE account = ? AND id = ?
      ${words.map(() => 'AND (instr(search, ?) > 0 OR shows(number, ?))').join(' ')}`;
    return list.flatMap(({ id, missed, remindAt }) => {
      const row = this.#sql.get(found, this.#account, id, ...words.flatMap((word) => [word, word]));
      return row === undefined ? [] : { ...callOf(row), missed, ...(remindAt === null ? {} : { remindAt }) };
    });
  }

  /** `end`: entries that began earlier are not read; null reads all entries. */
  #read({ words, only }: Wanted, { at, id }: Cursor, limit: number, end: number | null): HistoryCall[] {
    // The search uses only the index; then only the rows of the result are read.
    const found = `SELECT id AS found FROM entry
      WHERE account = ? AND (at, id) < (?, ?) ${end === null ? '' : 'AND at >= ?'} ${ONLY[only ?? 'all']}
      ${words.map(() => 'AND (instr(search, ?) > 0 OR shows(number, ?))').join(' ')} ORDER BY at DESC, id DESC LIMIT ?`;
    return this.#sql
      .all(
        `SELECT data, note, ${OPEN} AS open, ${REMIND_AT} FROM (${found}) CROSS JOIN entry ON account = ? AND id = found
         ORDER BY at DESC, id DESC`,
        this.#account,
        at,
        id,
        ...(end === null ? [] : [end]),
        ...words.flatMap((word) => [word, word]),
        limit,
        this.#account,
      )
      .map(callOf);
  }

  /** The start of the last entry of a slice; null if all entries are read at once. */
  #endOfSlice({ words, only }: Wanted, { at, id }: Cursor, count: number): number | null {
    if (words.length === 0 && (only === null || only === 'missed')) return null;
    const last = `SELECT at FROM entry WHERE account = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC
      LIMIT 1 OFFSET ?`;
    const row = this.#sql.get(last, this.#account, at, id, count);
    return row === undefined ? null : Number(row['at']);
  }
}

/** A reminder of a call that no longer waits is not shown. */
const REMIND_AT = 'iif(back, remind_at, 0) AS remind_at';

interface Wanted {
  words: readonly string[];
  only: CallFilter | null;
}

/** A list of calls, not of people. */
export type CallFilter = Exclude<HistoryFilter['only'], 'call-back' | null>;

const ONLY: Record<CallFilter | 'all', string> = {
  all: '',
  missed: "AND outcome = 'missed'",
  incoming: "AND direction = 'incoming'",
  outgoing: "AND direction = 'outgoing'",
};

function callOf({ data, note, open, remind_at: remindAt }: Row): HistoryCall {
  const entry = JSON.parse(text(data)) as HistoryCall & { taken?: boolean };
  delete entry.taken;
  return {
    ...entry,
    ...(open === 1 ? { open: true } : {}),
    ...(note === '' ? {} : { note: text(note) }),
    ...(remindAt === 0 ? {} : { remindAt: Number(remindAt) }),
  };
}

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

interface Cursor {
  at: number;
  id: string;
}

/** The cursor before the newest entry: its time is later than that of any call. */
const FIRST: Cursor = { at: Number.MAX_SAFE_INTEGER, id: '' };

function cursorOf(cursor: string | null): Cursor {
  const [, at = '', id = ''] = /^(\d{1,16}) (.*)$/s.exec(cursor ?? '') ?? [];
  return at === '' ? FIRST : { at: Number(at), id };
}
