import { sameParty } from '../../shared/same-number.ts';
import type { Database } from '../store/database.ts';
import { text, type Row, type Statements } from '../store/statements.ts';

/**
 * A call after which the missed calls before it are seen and need no call back: the two talked, or the user called back
 * and the other phone rang. The text must be equal to that of the index.
 */
const CONTACT = `(outcome = 'connected' OR (direction = 'outgoing' AND outcome IN ('unanswered', 'declined')))`;

/** The calls with one person: the key finds them quickly, but different numbers can share it. See `personOf`. */
const WITH = `account = ? AND person = ? AND same_party(json_extract(data, '$.number'), ?)`;

/** Makes `same_party(number, number)` available to the statements of a database: 1 or 0. */
export function defineSameParty(database: Database): void {
  database.function('same_party', { deterministic: true }, (a, b) => Number(sameParty(String(a), String(b))));
}

interface Person {
  key: string;
  number: string;
}

const personIn = (row: Row): Person => ({ key: text(row['person']), number: text(row['number']) });
const isSamePerson = (a: Person, b: Person): boolean => a.key === b.key && sameParty(a.number, b.number);

/** Missed calls that were not seen. The text must be equal to that of the index. */
export const OPEN = "outcome = 'missed' AND NOT seen";

/** Names the index, because SQLite would otherwise read all entries of the account. */
export const OPEN_ENTRIES = `entry INDEXED BY entry_open WHERE account = ? AND ${OPEN}`;

/** Calls to be called back that have a reminder, as above. */
const REMINDERS = 'entry INDEXED BY entry_reminder WHERE account = ? AND back AND remind_at > 0';

const DAY_MS = 86_400_000;
/** A missed call that nobody has called back for so long leaves the list. */
const LISTED_MS = 30 * DAY_MS;
const MAX_ROWS = 200;

/** A person on the call-back list. */
export interface CallBack {
  /** Their newest call on it. */
  id: string;
  at: number;
  /** How many calls of theirs were missed. */
  missed: number;
  /** When the user is to be reminded, ms since 1970; null without a reminder. */
  remindAt: number | null;
}

/**
 * Which calls of one account were seen, and which wait for a call back (`back`): missed calls and calls with a reminder,
 * until the user talks to that person, in either direction, or is done with it. `back` is judged again when another
 * source reports a later call, so it does not depend on the order of reports.
 */
export class CallBackTable {
  readonly #account: string;
  readonly #sql: Statements;
  readonly #knownUntil: number;
  /** Changes with every change that the list may show. */
  version = 0;

  /** `account`: the key of its rows. `knownUntil`: calls that began earlier count as seen (ms since 1970). */
  constructor(account: string, sql: Statements, knownUntil: number) {
    this.#account = account;
    this.#sql = sql;
    this.#knownUntil = knownUntil;
  }

  /** Marks calls as seen. */
  see(ids: readonly string[]): void {
    for (const id of ids) this.#mark(id, 'seen = 1');
  }

  /** Changes an entry, or deletes it. Then the calls that it settles, or settled before, are judged again. */
  changing(id: string, change: () => void): void {
    const before = this.#row(id);
    change();
    const after = this.#row(id);
    const [was, is] = [before?.['contact'] === 1 ? before : null, after?.['contact'] === 1 ? after : null];
    const isSame = was !== null && is !== null && isSamePerson(personIn(was), personIn(is)) && was['at'] === is['at'];
    if (is !== null && !isSame) this.#settleBefore(personIn(is), Number(is['at']));
    if (was !== null && !isSame) this.#reopen(personIn(was));
    if (before?.['back'] === 1 || after?.['back'] === 1) this.version += 1;
    this.#judge(id, after);
  }

  /** The user has dealt with all calls of the person of this call. `now`: ms since 1970. */
  finish(id: string, now: number): void {
    for (const one of this.#waitingWith(id)) {
      this.#mark(one, 'done = ?, seen = 1', now);
      this.#judge(one);
    }
  }

  /** The calls that were finished together with this one wait again. */
  undo(id: string): void {
    const finished = this.#sql.all(
      `SELECT other.id FROM entry AS one JOIN entry AS other ON other.account = one.account AND other.person = one.person
       AND other.done = one.done WHERE one.account = ? AND one.id = ? AND one.done > 0`,
      this.#account,
      id,
    );
    for (const row of finished) {
      this.#mark(text(row['id']), 'done = 0');
      this.#judge(text(row['id']));
    }
  }

  /** Sets the reminder of the person of this call; null deletes it. `at` and `now`: ms since 1970. */
  remind(id: string, at: number | null, now: number): void {
    const row = this.#row(id);
    if (row === undefined) return;
    // Also if the clock was put back since the last call.
    const set = Math.max(now, this.#lastContact(personIn(row)));
    for (const one of this.#waitingWith(id)) {
      this.#mark(one, 'remind_at = 0, remind_set = ?', set);
      this.#judge(one);
    }
    if (at !== null) this.#mark(id, 'remind_at = ?, remind_set = ?, announced = 0, done = 0', at, set);
    this.#judge(id);
  }

  /** When the next reminder is due that was not announced, ms since 1970; null if there is none. */
  nextReminder(): number | null {
    const next = this.#sql.get(`SELECT min(remind_at) AS at FROM ${REMINDERS} AND NOT announced`, this.#account);
    return typeof next?.['at'] === 'number' ? next['at'] : null;
  }

  /** The calls whose reminder is due. Each is returned once. */
  takeDue(now: number): string[] {
    const due = this.#sql.all(
      `SELECT id FROM ${REMINDERS} AND remind_at <= ? AND NOT announced ORDER BY remind_at`,
      this.#account,
      now,
    );
    const ids = due.map((row) => text(row['id']));
    for (const id of ids) this.#mark(id, 'announced = 1');
    return ids;
  }

  /** The calls whose reminder was announced and that still wait. */
  announced(): string[] {
    return this.#sql.all(`SELECT id FROM ${REMINDERS} AND announced`, this.#account).map((row) => text(row['id']));
  }

  /** The list: reminders that are due, then by the last call. */
  list(now: number): CallBack[] {
    const rows = this.#sql.all(
      `SELECT ${LISTED} FROM entry INDEXED BY entry_back_at WHERE account = ? AND back AND at >= ?
       UNION SELECT ${LISTED} FROM ${REMINDERS}`,
      this.#account,
      now - LISTED_MS,
      this.#account,
    );
    const due = ({ remindAt }: CallBack): number => (remindAt !== null && remindAt <= now ? remindAt : Infinity);
    return [...Map.groupBy(rows, (row) => text(row['person'])).values()]
      .flatMap(byPerson)
      .map(callBackOf)
      .sort((a, b) => due(a) - due(b) || b.at - a.at || (a.id < b.id ? 1 : -1))
      .slice(0, MAX_ROWS);
  }

  /** The start of the last contact with a person; 0 for a hidden number, which does not identify anybody. */
  #lastContact({ key, number }: Person): number {
    if (key === '') return 0;
    const last = `SELECT at FROM entry INDEXED BY entry_contact WHERE ${WITH} AND ${CONTACT} ORDER BY at DESC LIMIT 1`;
    return Number(this.#sql.get(last, this.#account, key, number)?.['at'] ?? 0);
  }

  /** A contact settles the calls before it. Those that were not seen are among those that wait. */
  #settleBefore({ key, number }: Person, at: number): void {
    if (key === '') return;
    // Named, because SQLite would otherwise read all calls of a person.
    const waiting = `SELECT id FROM entry INDEXED BY entry_back WHERE ${WITH} AND back AND at < ?`;
    for (const row of this.#sql.all(waiting, this.#account, key, number, at)) this.#judge(text(row['id']));
  }

  /** A contact is gone, or was at another time. */
  #reopen(person: Person): void {
    const settled = `SELECT id FROM entry WHERE ${WITH} AND NOT back AND (outcome = 'missed' AND at >= ? OR remind_at > 0)`;
    const rows = this.#sql.all(settled, this.#account, person.key, person.number, this.#lastContact(person));
    for (const row of rows) this.#judge(text(row['id']));
  }

  #row(id: string): Row | undefined {
    return this.#sql.get(
      `SELECT person, json_extract(data, '$.number') AS number, at, outcome, seen, done, remind_at, remind_set, back,
       ${CONTACT} AS contact FROM entry WHERE account = ? AND id = ?`,
      this.#account,
      id,
    );
  }

  #judge(id: string, row = this.#row(id)): void {
    if (row === undefined) return;
    const [at, remindAt, remindSet] = [Number(row['at']), Number(row['remind_at']), Number(row['remind_set'])];
    const missed = row['outcome'] === 'missed';
    if (!missed && remindAt === 0 && row['back'] === 0) return;
    const contact = this.#lastContact(personIn(row));
    const isOver = at <= this.#knownUntil || at < contact;
    if (missed && isOver && row['seen'] === 0) this.see([id]);
    const waits = (missed && !isOver) || (remindAt > 0 && Math.max(at, remindSet) >= contact);
    const back = Number(waits && row['done'] === 0);
    if (back === row['back']) return;
    this.version += 1;
    this.#sql.run('UPDATE entry SET back = ? WHERE account = ? AND id = ?', back, this.#account, id);
  }

  /** The calls of the person of this call that wait. */
  #waitingWith(id: string): string[] {
    const row = this.#row(id);
    if (row === undefined) return [];
    const { key, number } = personIn(row);
    const waiting = `SELECT id FROM entry INDEXED BY entry_back WHERE ${WITH} AND back`;
    return this.#sql.all(waiting, this.#account, key, number).map((other) => text(other['id']));
  }

  #mark(id: string, set: string, ...values: number[]): void {
    this.version += 1;
    // Names the index, because SQLite would otherwise read all evidence of the account.
    const evidence = `UPDATE evidence INDEXED BY evidence_entry SET ${set} WHERE account = ? AND entry = ?`;
    this.#sql.run(evidence, ...values, this.#account, id);
    this.#sql.run(`UPDATE entry SET ${set} WHERE account = ? AND id = ?`, ...values, this.#account, id);
  }
}

const LISTED = "id, at, person, json_extract(data, '$.number') AS number, outcome, remind_at";

/** The calls with one key, by person. */
function byPerson(rows: readonly Row[]): Row[][] {
  const people: [Row, ...Row[]][] = [];
  for (const row of rows) {
    const same = people.find(([first]) => isSamePerson(personIn(first), personIn(row)));
    if (same === undefined) people.push([row]);
    else same.push(row);
  }
  return people;
}

function callBackOf(rows: readonly Row[]): CallBack {
  const newest = rows.reduce((a, b) => (Number(b['at']) > Number(a['at']) ? b : a));
  const remindAt = Math.max(...rows.map((row) => Number(row['remind_at'])));
  return {
    id: text(newest['id']),
    at: Number(newest['at']),
    missed: rows.filter((row) => row['outcome'] === 'missed').length,
    remindAt: remindAt > 0 ? remindAt : null,
  };
}
