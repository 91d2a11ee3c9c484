import { Statements, text, type Row } from '../store/statements.ts';
import { CallBackTable } from './call-back-table.ts';
import { partyKey, personOf, type Evidence } from './evidence.ts';
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

/**
 * The evidence and the entries of one account. When evidence is added, all entries near it in time are made again, so the
 * history does not depend on the order in which sources report.
 */
export class EntryTable {
  readonly #account: string;
  readonly #sql: Statements;
  readonly callBacks: CallBackTable;

  /** `account`: the key of the account's rows. `knownUntil`: calls that began earlier count as seen (ms since 1970). */
  constructor(account: string, sql: Statements, knownUntil: number) {
    this.#account = account;
    this.#sql = sql;
    this.callBacks = new CallBackTable(account, sql, knownUntil);
  }

  /** Adds evidence, or completes the evidence with the same id. Must be called in a transaction. */
  add(evidence: Evidence): void {
    const known = this.#sql.get(
      'SELECT data, party, deleted FROM evidence WHERE account = ? AND id = ?',
      this.#account,
      evidence.id,
    );
    const joined = known === undefined ? evidence : mergeReports(evidenceOf(known), evidence);
    const party = partyKey(joined);
    const data = JSON.stringify(joined);
    if (known !== undefined && data === known['data']) return;
    this.#sql.run(
      `INSERT INTO evidence (account, id, party, started_at, ended_at, deleted, entry, data)
       VALUES (?, ?, ?, ?, ?, ?, '', ?) ON CONFLICT (account, id) DO UPDATE SET
       party = excluded.party, started_at = excluded.started_at, ended_at = excluded.ended_at, data = excluded.data,
       entry = CASE WHEN party = excluded.party AND started_at = excluded.started_at THEN entry ELSE '' END`,
      this.#account,
      joined.id,
      party,
      joined.startedAt,
      joined.endedAt,
      Number(known?.['deleted'] ?? 0),
      data,
    );
    if (known !== undefined) {
      const before = evidenceOf(known);
      // The evidence has moved, so the entries at its former place are made again without it.
      if (text(known['party']) !== party || before.startedAt !== joined.startedAt) {
        this.#makeEntries(text(known['party']), before.startedAt);
      }
    }
    this.#makeEntries(party, joined.startedAt);
  }

  /** Deletes an entry. Evidence of the same call that arrives later does not restore it. */
  remove(id: string): void {
    this.#sql.run(`${UPDATE_EVIDENCE} SET deleted = 1 WHERE account = ? AND entry = ?`, this.#account, id);
    // Not by `#drop`: if the user called back and then deletes that call, the missed calls before it stay closed.
    this.#delete(id);
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
    const rows = this.#evidenceNear(party, at);
    const rowById = new Map(rows.map((row) => [text(row['id']), row]));
    const obsoleteEntries = new Set(rows.map((row) => text(row['entry'])).filter((id) => id !== ''));
    for (const evidence of groupByCall(rows.map(evidenceOf))) {
      const entry = entryOf(evidence);
      if (entry === null) continue;
      obsoleteEntries.delete(entry.id);
      const rowsOfCall = evidence.map(({ id }) => rowById.get(id)).filter((row) => row !== undefined);
      const isDeleted = rowsOfCall.some((row) => row['deleted'] === 1);
      for (const row of rowsOfCall) this.#assign(row, entry.id, isDeleted);
      if (isDeleted || entry.taken) this.#drop(entry.id);
      else this.#save(entry, joinMarks(rowsOfCall.map(marksOf)));
    }
    for (const id of obsoleteEntries) this.#drop(id);
  }

  /** Saves to which entry a row of evidence belongs. */
  #assign(row: Row, entryId: string, isDeleted: boolean): void {
    const deleted = Number(isDeleted);
    if (text(row['entry']) === entryId && row['deleted'] === deleted) return;
    this.#sql.run(
      'UPDATE evidence SET entry = ?, deleted = ? WHERE account = ? AND id = ?',
      entryId,
      deleted,
      this.#account,
      text(row['id']),
    );
  }

  /**
   * All evidence that may belong to the same calls as evidence at this time. The range grows until there is a gap on
   * both sides that is too long for two sources to mean the same call.
   */
  #evidenceNear(party: string, at: number): Row[] {
    let [from, to] = [at - SAME_CALL_MS, at + SAME_CALL_MS];
    for (;;) {
      const rows = this.#sql.all(
        `SELECT id, data, entry, deleted, seen, note, done, remind_at, remind_set, announced, started_at FROM evidence
         WHERE account = ? AND party = ? AND started_at BETWEEN ? AND ? ORDER BY started_at`,
        this.#account,
        party,
        from,
        to,
      );
      const first = Number(rows[0]?.['started_at'] ?? at) - SAME_CALL_MS;
      const last = Number(rows.at(-1)?.['started_at'] ?? at) + SAME_CALL_MS;
      if (first >= from && last <= to) return rows;
      [from, to] = [Math.min(from, first), Math.max(to, last)];
    }
  }

  #save(entry: HistoryEntry, { seen, note, done, reminder }: Marks): void {
    this.callBacks.changeEntry(entry.id, () =>
      this.#sql.run(
        `INSERT INTO entry (account, id, at, ended_at, person, number, direction, outcome, search, data, seen, note, done,
         remind_at, remind_set, announced) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (account, id) DO UPDATE SET at = excluded.at, ended_at = excluded.ended_at, person = excluded.person,
         number = excluded.number, direction = excluded.direction, outcome = excluded.outcome, search = excluded.search,
         data = excluded.data, seen = excluded.seen, note = excluded.note, done = excluded.done,
         remind_at = excluded.remind_at, remind_set = excluded.remind_set, announced = excluded.announced`,
        this.#account,
        entry.id,
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
      ),
    );
  }

  /** Deletes an entry, as if the call had never been there. */
  #drop(id: string): void {
    this.callBacks.changeEntry(id, () => this.#delete(id));
  }

  #delete(id: string): void {
    this.#sql.run('DELETE FROM entry WHERE account = ? AND id = ?', this.#account, id);
  }
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
