import { Statements, text, type Row, type Value } from '../store/statements.ts';
import { CallBackTable } from './call-back-table.ts';
import {
  HIDDEN_CALLER,
  isIncomingParty,
  isNameless,
  latestPossible,
  partyKey,
  personOf,
  withPastTimes,
  type Evidence,
} from './evidence.ts';
import { entryOf, groupByCall, mergeReports, SAME_CALL_MS, type HistoryEntry } from './merge.ts';
import { searchForm } from './search-form.ts';

/** What the user did with a call. It is stored with the evidence, because entries are made again from the evidence. */
interface Marks {
  seen: boolean;
  note: string;
  /** When the user marked the call as done (ms since 1970); 0 if not. */
  done: number;
  reminder: Reminder;
}

interface Reminder {
  /** When it is due (ms since 1970); 0 if there is no reminder. */
  at: number;
  /** When the user set or deleted it (ms since 1970). */
  set: number;
  announced: boolean;
}

/** Names the index, because SQLite would otherwise read all evidence of the account. */
const UPDATE_EVIDENCE = 'UPDATE evidence INDEXED BY evidence_entry';

/** The columns of an entry, without its key and what the call-back table derives. */
const COLUMNS = [
  'at',
  'ended_at',
  'person',
  'number',
  'direction',
  'outcome',
  'search',
  'data',
  'seen',
  'note',
  'done',
  'remind_at',
  'remind_set',
  'announced',
  'began',
  'contact_at',
];
const READ_ENTRY = `SELECT ${COLUMNS.join(', ')} FROM entry WHERE account = ? AND id = ?`;
const SAVE_ENTRY = `INSERT INTO entry (account, id, ${COLUMNS.join(', ')}) VALUES (?, ?, ${COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT (account, id) DO UPDATE SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}`;

const EVIDENCE_NEAR = `SELECT id, data, entry, deleted, seen, note, done, remind_at, remind_set, announced, started_at
  FROM evidence`;
/** How evidence is read whose party is, or begins with, a text. */
const READ = {
  party: readNear(`${EVIDENCE_NEAR} WHERE account = ? AND party = ?`),
  start: readNear(`${EVIDENCE_NEAR} INDEXED BY evidence_started WHERE account = ? AND instr(party, ?) = 1`),
};
const SAME_ENTRY = 'SELECT party, started_at FROM evidence INDEXED BY evidence_entry WHERE account = ? AND entry = ?';
/** Evidence that may have a time in the future. The condition must be equal to that of the index evidence_long. */
const MAY_BE_FUTURE = `SELECT data, party, deleted, entry FROM evidence WHERE account = ? AND started_at > ?
  UNION SELECT data, party, deleted, entry FROM evidence INDEXED BY evidence_long
  WHERE account = ? AND max(ended_at, coalesce(json_extract(data, '$.answeredAt'), 0)) > started_at + 86400000`;
/**
 * From this many reports on, a walk looks for a gap at which it can end. Hidden callers have one key, so a chain of their
 * calls can be as long as a day.
 */
const MAX_WALK = 40;

function readNear(evidence: string): Record<'near' | 'earlier' | 'later', string> {
  return {
    near: `${evidence} AND started_at BETWEEN ? AND ? ORDER BY started_at`,
    earlier: `${evidence} AND started_at < ? AND started_at >= ? ORDER BY started_at DESC`,
    later: `${evidence} AND started_at > ? AND started_at <= ? ORDER BY started_at`,
  };
}

/**
 * The evidence and the entries of one account. When evidence is added, all entries near it in time are made again, so the
 * history does not depend on the order in which sources report.
 */
export class EntryTable {
  readonly #account: string;
  readonly #sql: Statements;
  readonly callBacks: CallBackTable;

  /** `account`: the key of the account's rows. `knownUntil`: calls that began earlier count as seen (on the PBX's clock). */
  constructor(account: string, sql: Statements, knownUntil: number) {
    this.#account = account;
    this.#sql = sql;
    this.callBacks = new CallBackTable(account, sql, knownUntil);
  }

  /** Adds evidence, or completes the evidence with the same id. Must be called in a transaction. */
  add(evidence: Evidence): void {
    const known = this.#sql.get(
      'SELECT data, party, deleted, entry FROM evidence WHERE account = ? AND id = ?',
      this.#account,
      evidence.id,
    );
    this.#store(known, known === undefined ? evidence : mergeReports(evidenceOf(known), evidence));
  }

  /** Replaces times in the future that an earlier version stored, because they would close every later missed call. */
  repair(now: number): void {
    for (const row of this.#sql.all(MAY_BE_FUTURE, this.#account, latestPossible(now), this.#account))
      this.#store(row, withPastTimes(evidenceOf(row), now));
  }

  /** Stores evidence instead of what is known with the same id, and makes the entries near both again. */
  #store(known: Row | undefined, evidence: Evidence): void {
    const party = partyKey(evidence);
    const data = JSON.stringify(evidence);
    if (known !== undefined && data === known['data']) return;
    this.#sql.run(
      `INSERT INTO evidence (account, id, party, started_at, ended_at, deleted, entry, data)
       VALUES (?, ?, ?, ?, ?, ?, '', ?) ON CONFLICT (account, id) DO UPDATE SET
       party = excluded.party, started_at = excluded.started_at, ended_at = excluded.ended_at, data = excluded.data,
       entry = CASE WHEN party = excluded.party AND started_at = excluded.started_at THEN entry ELSE '' END`,
      this.#account,
      evidence.id,
      party,
      evidence.startedAt,
      evidence.endedAt,
      Number(known?.['deleted'] ?? 0),
      data,
    );
    if (known !== undefined) {
      const before = evidenceOf(known);
      // The evidence has moved, so the entries at its former place are made again without it.
      if (text(known['party']) !== party || before.startedAt !== evidence.startedAt) {
        const left = this.#sql.all(SAME_ENTRY, this.#account, text(known['entry']));
        this.#makeEntries(text(known['party']), before.startedAt);
        // The record of a call that was nameless until now has another party.
        for (const row of left) this.#makeEntries(text(row['party']), Number(row['started_at']));
      }
    }
    this.#makeEntries(party, evidence.startedAt);
  }

  /**
   * Deletes an entry. Evidence of the same call that arrives later does not restore it. Returns the ids of the evidence.
   * `now`: ms since 1970.
   */
  remove(id: string, now: number): string[] {
    const mark = `${UPDATE_EVIDENCE} SET deleted = ? WHERE account = ? AND entry = ? RETURNING id`;
    const ids = this.#sql.all(mark, now, this.#account, id).map((row) => text(row['id']));
    // Not by `#drop`: if the user called back and then deletes that call, the missed calls before it stay closed.
    this.callBacks.keepClosed(id);
    this.#delete(id);
    return ids;
  }

  /** The id of the entry to which evidence with this id belongs; null if there is none. The window may know it by an id of before. */
  entryId(id: string): string | null {
    const entry = this.#sql.get(
      `SELECT id FROM entry WHERE account = ? AND id IN (?, (SELECT entry FROM evidence WHERE account = ? AND id = ?))
       ORDER BY id = ? DESC LIMIT 1`,
      this.#account,
      id,
      this.#account,
      id,
      id,
    );
    return entry === undefined ? null : text(entry['id']);
  }

  note(id: string, note: string): void {
    const row = this.#sql.get('SELECT data FROM entry WHERE account = ? AND id = ?', this.#account, id);
    if (row === undefined) return;
    const search = searchTextOf(JSON.parse(text(row['data'])) as HistoryEntry, note);
    this.#sql.run(`${UPDATE_EVIDENCE} SET note = ? WHERE account = ? AND entry = ?`, note, this.#account, id);
    this.#sql.run(
      'UPDATE entry SET note = ?, search = ? WHERE account = ? AND id = ?',
      note,
      search,
      this.#account,
      id,
    );
  }

  /** Makes the entries for the calls with one party around a time again. */
  #makeEntries(party: string, at: number): void {
    const rows = this.#evidenceAround(party, at);
    const rowById = new Map(rows.map((row) => [text(row['id']), row]));
    const obsoleteEntries = new Set(rows.map((row) => text(row['entry'])).filter((id) => id !== ''));
    for (const evidence of groupByCall(rows.map(evidenceOf))) {
      const entry = entryOf(evidence);
      if (entry === null) continue;
      const isNew = !obsoleteEntries.delete(entry.id);
      const rowsOfCall = evidence.map(({ id }) => rowById.get(id)).filter((row) => row !== undefined);
      // Only the reports that the user deleted are marked: others may turn out to be about another call.
      const isDeleted = rowsOfCall.some((row) => row['deleted'] !== 0);
      for (const row of rowsOfCall) this.#assign(row, entry.id);
      const marks = joinMarks(rowsOfCall.map(marksOf));
      // The user's note stays, even if it turns out that a colleague took the call.
      const isListed = !entry.taken || marks.note !== '' || marks.reminder.at > 0;
      if (isDeleted || !isListed) this.#drop(entry.id);
      else this.#save(entry, evidence[0]?.startedAt ?? entry.at, marks, isNew);
    }
    for (const id of obsoleteEntries) this.#drop(id);
  }

  /** Saves to which entry a row of evidence belongs. */
  #assign(row: Row, entryId: string): void {
    if (row['entry'] === entryId) return;
    const assign = 'UPDATE evidence SET entry = ? WHERE account = ? AND id = ?';
    this.#sql.run(assign, entryId, this.#account, text(row['id']));
  }

  /**
   * All evidence that may belong to the same calls as evidence of this party and time. If a nameless call is near, these
   * are calls of all callers, because its record has any party.
   */
  #evidenceAround(party: string, at: number): Row[] {
    const rows = this.#evidenceNear('party', party, at);
    if (!isIncomingParty(party)) return rows;
    const starts = [at, ...rows.map((row) => Number(row['started_at']))];
    const range = [Math.min(...starts) - SAME_CALL_MS, Math.max(...starts) + SAME_CALL_MS];
    const hidden = this.#sql.all(READ.party.near, this.#account, HIDDEN_CALLER, ...range);
    return hidden.map(evidenceOf).some(isNameless) ? this.#evidenceNear('start', HIDDEN_CALLER, at) : rows;
  }

  /**
   * All evidence that may belong to the same calls as evidence at this time, if its party is or begins with a text. The
   * range grows until there is a gap on both sides that is too long for two sources to mean the same call, or until it is
   * long enough.
   */
  #evidenceNear(by: keyof typeof READ, party: string, at: number): Row[] {
    const rows = this.#sql.all(READ[by].near, this.#account, party, at - SAME_CALL_MS, at + SAME_CALL_MS);
    const [first, last] = [rows[0], rows.at(-1)].map((row) => Number(row?.['started_at'] ?? at));
    if (first !== undefined && first < at) rows.unshift(...this.#walk(by, party, first, 'earlier').toReversed());
    if (last !== undefined && last > at) rows.push(...this.#walk(by, party, last, 'later'));
    return rows;
  }

  /** The evidence before or after a time, up to such a gap. Without one, it ends at the widest gap between two calls. */
  #walk(by: keyof typeof READ, party: string, from: number, direction: 'earlier' | 'later'): Row[] {
    const rows: Row[] = [];
    let last = from;
    while (rows.length < MAX_WALK) {
      const until = direction === 'later' ? last + SAME_CALL_MS : last - SAME_CALL_MS;
      const next = this.#sql.all(READ[by][direction], this.#account, party, last, until);
      rows.push(...next);
      if (next.length === 0) return rows;
      last = Number(next.at(-1)?.['started_at']);
    }
    return rows.slice(0, widestGap(rows));
  }

  /** `isNew`: it is not in the table yet. */
  #save(entry: HistoryEntry, began: number, { seen, note, done, reminder }: Marks, isNew: boolean): void {
    const values: readonly Value[] = [
      entry.at,
      entry.endedAt,
      personOf(entry),
      // This column finds entries by the directory's names, which are not shown for callers from outside who send the
      // number of an extension.
      entry.external === true ? '' : entry.number,
      entry.direction,
      entry.outcome,
      searchTextOf(entry, note),
      JSON.stringify(entry),
      Number(seen),
      note,
      done,
      reminder.at,
      reminder.set,
      Number(reminder.announced),
      began,
      contactAt(entry, began),
    ];
    const saved = isNew ? undefined : this.#sql.get(READ_ENTRY, this.#account, entry.id);
    if (saved !== undefined && COLUMNS.every((column, index) => saved[column] === values[index])) return;
    this.callBacks.changeEntry(entry.id, () => this.#sql.run(SAVE_ENTRY, this.#account, entry.id, ...values));
  }

  /** Deletes an entry, as if the call had never been there. */
  #drop(id: string): void {
    this.callBacks.changeEntry(id, () => this.#delete(id));
  }

  #delete(id: string): void {
    this.#sql.run('DELETE FROM entry WHERE account = ? AND id = ?', this.#account, id);
  }
}

/**
 * When the two were in contact: they talked, or the user called back and the other phone rang. Missed calls before it
 * need no call back. 0 if they were not. `began`: the start on the PBX's clock.
 */
function contactAt({ at, answeredAt, endedAt, direction, outcome }: HistoryEntry, began: number): number {
  if (outcome === 'connected') return (answeredAt ?? endedAt) - at + began;
  const hasRung = direction === 'outgoing' && (outcome === 'unanswered' || outcome === 'declined');
  return hasRung ? began : 0;
}

/** The number of rows before the widest gap in the second half, at which no entry is divided. */
function widestGap(rows: readonly Row[]): number {
  let best = { index: rows.length, width: -1 };
  for (let index = Math.ceil(rows.length / 2); index < rows.length; index += 1) {
    const [before, after] = [rows[index - 1], rows[index]];
    const width = Math.abs(Number(after?.['started_at']) - Number(before?.['started_at']));
    const entries = new Set(rows.slice(0, index).map((row) => text(row['entry'])));
    const isDivided = rows.slice(index).some((row) => row['entry'] !== '' && entries.has(text(row['entry'])));
    if (width > best.width && !isDivided) best = { index, width };
  }
  return best.index;
}

/** The cast is safe: only this file writes `data`, in one transaction with the rest of the row. */
const evidenceOf = (row: Row): Evidence => JSON.parse(text(row['data'])) as Evidence;

const marksOf = (row: Row): Marks => ({
  seen: row['seen'] === 1,
  note: text(row['note']),
  done: Number(row['done']),
  reminder: { at: Number(row['remind_at']), set: Number(row['remind_set']), announced: row['announced'] === 1 },
});

const joinMarks = (marks: readonly Marks[]): Marks => ({
  seen: marks.some(({ seen }) => seen),
  note: marks.find(({ note }) => note !== '')?.note ?? '',
  done: Math.max(0, ...marks.map(({ done }) => done)),
  reminder: marks
    .map(({ reminder }) => reminder)
    .reduce((latest, other) => (other.set > latest.set ? other : latest), NO_REMINDER),
});

const NO_REMINDER: Reminder = { at: 0, set: 0, announced: false };

const searchTextOf = ({ name, number, called }: HistoryEntry, note: string): string =>
  [name, number, called, note].map(searchForm).join('\n');
