import { sameParty } from '../../shared/same-number.ts';
import type { Database } from '../store/database.ts';
import { text, type Row, type Statements } from '../store/statements.ts';

/** SQL condition for a contact. The text must be equal to the condition of the index entry_contact. */
const IS_CONTACT = 'contact_at > 0';

/**
 * SQL condition for the calls with one person. The column `person` makes it fast, and `same_party` exact, because
 * different numbers can have the same value there (see `personOf`).
 */
const IS_WITH_PERSON = `account = ? AND person = ? AND same_party(json_extract(data, '$.number'), ?)`;

/** All calls with one person. Names the index, because SQLite would otherwise read all entries of the account. */
const CALLS_WITH_PERSON = `entry INDEXED BY entry_person WHERE ${IS_WITH_PERSON}`;

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

/**
 * SQL condition for missed calls that the user has not seen. The text must be equal to the condition of the index
 * entry_open.
 */
export const IS_UNSEEN_MISSED = "outcome = 'missed' AND NOT seen";

/** Missed calls that were not seen. Names the index for the same reason. */
export const UNSEEN_MISSED = `entry INDEXED BY entry_open WHERE account = ? AND ${IS_UNSEEN_MISSED}`;

/** Calls that wait for a call back and have a reminder. Names the index for the same reason. */
const REMINDERS = 'entry INDEXED BY entry_reminder WHERE account = ? AND back AND remind_at > 0';

const DAY_MS = 86_400_000;
/**
 * How long a missed call without a reminder stays on the call-back list, by this computer's clock or the PBX's: one of
 * them may have been wrong.
 */
const LISTED_MS = 30 * DAY_MS;
const MAX_PEOPLE = 200;

/** A person on the call-back list. */
export interface CallBack {
  /** The id of their newest call on the list, and when it began (ms since 1970, on the PBX's clock). */
  id: string;
  began: number;
  /** How many of their calls were missed. */
  missed: number;
  /** When the user wants to be reminded (ms since 1970); null if there is no reminder. */
  remindAt: number | null;
}

/**
 * Keeps for each call of an account whether the user has seen it, and whether it waits for a call back (the column
 * `back`). Missed calls and calls with a reminder wait until the user and that person talk, whoever calls, or until the
 * user marks them as done. Whether calls wait is decided again when a source reports another call with that person, so
 * the result does not depend on the order of reports.
 */
export class CallBackTable {
  readonly #account: string;
  readonly #sql: Statements;
  /** Calls that began earlier count as seen (on the PBX's clock). */
  knownUntil: number;
  /** Increases with every change that may change the list. */
  version = 0;

  /** `account`: the key of the account's rows. */
  constructor(account: string, sql: Statements, knownUntil: number) {
    this.#account = account;
    this.#sql = sql;
    this.knownUntil = knownUntil;
  }

  markSeen(ids: readonly string[]): void {
    for (const id of ids) this.#set(id, 'seen = 1');
  }

  /**
   * Runs `change`, which writes or deletes the entry with this id. Then decides again which calls wait: the entry itself
   * and, if it is or was a contact, the other calls with that person.
   */
  changeEntry(id: string, change: () => void): void {
    const before = this.#row(id);
    change();
    const after = this.#row(id);
    const oldContact = before?.['contact'] === 1 ? before : null;
    const newContact = after?.['contact'] === 1 ? after : null;
    const isSameContact =
      oldContact !== null &&
      newContact !== null &&
      isSamePerson(personIn(oldContact), personIn(newContact)) &&
      oldContact['contact_at'] === newContact['contact_at'];
    if (newContact !== null && !isSameContact)
      this.#closeCallsBefore(personIn(newContact), Number(newContact['contact_at']));
    if (oldContact !== null && !isSameContact) this.#reopenCalls(personIn(oldContact));
    if (before?.['back'] === 1 || after?.['back'] === 1) this.version += 1;
    this.#updateBack(id, after);
  }

  /** Marks the missed calls that this contact has closed as done, because it will be deleted. */
  keepClosed(id: string): void {
    const row = this.#row(id);
    if (row?.['contact'] !== 1 || row['person'] === '') return;
    const closed = `SELECT id FROM ${CALLS_WITH_PERSON} AND outcome = 'missed' AND NOT back AND done = 0 AND began < ?`;
    const { key, number } = personIn(row);
    for (const other of this.#sql.all(closed, this.#account, key, number, Number(row['contact_at'])))
      this.#set(text(other['id']), 'done = 1');
  }

  /** Marks all waiting calls of the person of this call as done. `now`: ms since 1970. */
  finish(id: string, now: number): void {
    for (const waitingId of this.#waitingWith(id)) {
      this.#set(waitingId, 'done = ?, seen = 1', now);
      this.#updateBack(waitingId);
    }
  }

  /** Takes back what `finish` did for this call and the calls that were finished together with it. */
  undo(id: string): void {
    const finished = this.#sql.all(
      `SELECT other.id FROM entry AS one CROSS JOIN entry AS other INDEXED BY entry_person
       ON other.account = one.account AND other.person = one.person AND other.done = one.done WHERE one.account = ? AND one.id = ? AND one.done > 0`,
      this.#account,
      id,
    );
    for (const row of finished) {
      this.#set(text(row['id']), 'done = 0');
      this.#updateBack(text(row['id']));
    }
  }

  /** Sets the reminder for the person of this call; null deletes it. `at` and `now`: ms since 1970. */
  remind(id: string, at: number | null, now: number): void {
    const row = this.#row(id);
    if (row === undefined) return;
    // A reminder counts only if it was set after the last contact, even if the clock was put back since.
    const setAt = Math.max(now - Number(row['at']) + Number(row['began']), this.#lastContact(personIn(row)));
    for (const waitingId of this.#waitingWith(id)) {
      this.#set(waitingId, 'remind_at = 0, remind_set = ?', setAt);
      this.#updateBack(waitingId);
    }
    if (at !== null) this.#set(id, 'remind_at = ?, remind_set = ?, announced = 0, done = 0', at, setAt);
    this.#updateBack(id);
  }

  /** When the next reminder is due that was not announced yet (ms since 1970); null if there is none. */
  nextReminder(): number | null {
    const next = this.#sql.get(`SELECT min(remind_at) AS at FROM ${REMINDERS} AND NOT announced`, this.#account);
    return typeof next?.['at'] === 'number' ? next['at'] : null;
  }

  /** The calls whose reminder is due, by id. Marks them as announced, so that each is returned once. */
  takeDue(now: number): string[] {
    const due = this.#sql.all(
      `SELECT id FROM ${REMINDERS} AND remind_at <= ? AND NOT announced ORDER BY remind_at`,
      this.#account,
      now,
    );
    const ids = due.map((row) => text(row['id']));
    for (const id of ids) this.#set(id, 'announced = 1');
    return ids;
  }

  /** The calls whose reminder was announced and that still wait, by id. */
  announced(): string[] {
    return this.#sql.all(`SELECT id FROM ${REMINDERS} AND announced`, this.#account).map((row) => text(row['id']));
  }

  /** The call-back list: people whose reminder is due, then the others, the latest call first. */
  list(now: number): CallBack[] {
    const rows = this.#sql.all(
      `SELECT ${LIST_COLUMNS} FROM entry INDEXED BY entry_back_at WHERE account = ? AND back AND max(at, began) >= ?
       UNION SELECT ${LIST_COLUMNS} FROM ${REMINDERS}`,
      this.#account,
      now - LISTED_MS,
      this.#account,
    );
    const dueAt = ({ remindAt }: CallBack): number => (remindAt !== null && remindAt <= now ? remindAt : Infinity);
    return [...Map.groupBy(rows, (row) => text(row['person'])).values()]
      .flatMap(groupByPerson)
      .map(callBackOf)
      .sort((a, b) => dueAt(a) - dueAt(b) || b.began - a.began || (a.id < b.id ? 1 : -1))
      .slice(0, MAX_PEOPLE);
  }

  /** When the last contact with a person began (ms since 1970); 0 for a hidden number, which identifies nobody. */
  #lastContact({ key, number }: Person): number {
    if (key === '') return 0;
    const last = `SELECT contact_at FROM entry INDEXED BY entry_contact WHERE ${IS_WITH_PERSON} AND ${IS_CONTACT}
      ORDER BY contact_at DESC LIMIT 1`;
    return Number(this.#sql.get(last, this.#account, key, number)?.['contact_at'] ?? 0);
  }

  /** A contact was added: calls with that person before it no longer wait. */
  #closeCallsBefore({ key, number }: Person, at: number): void {
    if (key === '') return;
    // Names the index, because SQLite would otherwise read all calls with a person.
    const waiting = `SELECT id FROM entry INDEXED BY entry_back WHERE ${IS_WITH_PERSON} AND back AND began < ?`;
    for (const row of this.#sql.all(waiting, this.#account, key, number, at)) this.#updateBack(text(row['id']));
  }

  /** A contact was deleted or changed: calls with that person after the contact before it may wait again. */
  #reopenCalls(person: Person): void {
    if (person.key === '') return;
    const closed = `SELECT id FROM ${CALLS_WITH_PERSON} AND NOT back
      AND (outcome = 'missed' AND began >= ? OR remind_at > 0)`;
    const rows = this.#sql.all(closed, this.#account, person.key, person.number, this.#lastContact(person));
    for (const row of rows) this.#updateBack(text(row['id']));
  }

  #row(id: string): Row | undefined {
    return this.#sql.get(
      `SELECT person, json_extract(data, '$.number') AS number, at, began, contact_at, outcome, seen, done, remind_at, remind_set, back,
       ${IS_CONTACT} AS contact FROM entry WHERE account = ? AND id = ?`,
      this.#account,
      id,
    );
  }

  /** Decides whether a call waits for a call back, and saves it in the column `back`. */
  #updateBack(id: string, row = this.#row(id)): void {
    if (row === undefined) return;
    const isMissed = row['outcome'] === 'missed';
    const remindAt = Number(row['remind_at']);
    if (!isMissed && remindAt === 0 && row['back'] === 0) return;
    const lastContact = this.#lastContact(personIn(row));
    const began = Number(row['began']);
    const isClosed = began <= this.knownUntil || began < lastContact;
    if (isMissed && isClosed && row['seen'] === 0) this.markSeen([id]);
    const hasReminder = remindAt > 0 && Math.max(began, Number(row['remind_set'])) >= lastContact;
    const isWaiting = ((isMissed && !isClosed) || hasReminder) && row['done'] === 0;
    const back = Number(isWaiting);
    if (back === row['back']) return;
    this.version += 1;
    this.#sql.run('UPDATE entry SET back = ? WHERE account = ? AND id = ?', back, this.#account, id);
  }

  /** The waiting calls with the person of this call, by id. */
  #waitingWith(id: string): string[] {
    const row = this.#row(id);
    if (row === undefined) return [];
    const { key, number } = personIn(row);
    const waiting = `SELECT id FROM entry INDEXED BY entry_back WHERE ${IS_WITH_PERSON} AND back`;
    return this.#sql.all(waiting, this.#account, key, number).map((other) => text(other['id']));
  }

  /** Sets columns of an entry, and of its evidence, from which the entry may be made again. */
  #set(id: string, assignments: string, ...values: number[]): void {
    this.version += 1;
    // Names the index, because SQLite would otherwise read all evidence of the account.
    const evidence = `UPDATE evidence INDEXED BY evidence_entry SET ${assignments} WHERE account = ? AND entry = ?`;
    this.#sql.run(evidence, ...values, this.#account, id);
    this.#sql.run(`UPDATE entry SET ${assignments} WHERE account = ? AND id = ?`, ...values, this.#account, id);
  }
}

const LIST_COLUMNS = "id, began, person, json_extract(data, '$.number') AS number, outcome, remind_at";

/** Groups rows with the same value of the column `person`, which several people can share. */
function groupByPerson(rows: readonly Row[]): Row[][] {
  const people: [Row, ...Row[]][] = [];
  for (const row of rows) {
    const same = people.find(([first]) => isSamePerson(personIn(first), personIn(row)));
    if (same === undefined) people.push([row]);
    else same.push(row);
  }
  return people;
}

function callBackOf(rows: readonly Row[]): CallBack {
  const newest = rows.reduce((a, b) => (Number(b['began']) > Number(a['began']) ? b : a));
  const remindAt = Math.max(...rows.map((row) => Number(row['remind_at'])));
  return {
    id: text(newest['id']),
    began: Number(newest['began']),
    missed: rows.filter((row) => row['outcome'] === 'missed').length,
    remindAt: remindAt > 0 ? remindAt : null,
  };
}
