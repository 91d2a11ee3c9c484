import type { RecentCall } from '../../shared/dial.ts';
import { MAX_NOTE, type HistoryCall, type HistoryFilter, type HistoryPage } from '../../shared/history.ts';
import { plainText } from '../../shared/plain-text.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log-port.ts';
import { inTransaction, nextTransaction, nextTurn, type Database } from '../store/database.ts';
import { Statements, text } from '../store/statements.ts';
import { csvLine, CSV_HEAD } from './csv.ts';
import { OPEN_ENTRIES, type CallBack } from './call-back-table.ts';
import { EntrySearch } from './entry-search.ts';
import { EntryTable } from './entry-table.ts';
import type { Evidence } from './evidence.ts';
import type { CallBacks, History, NamedCalls, SyncPlace } from './history.ts';
import { ReasonTable } from './reason-table.ts';
import { SafeDatabase } from './safe-database.ts';
import type { ShownNames } from './shown-names.ts';
import type { Sweep } from './sweep.ts';

const DAY_MS = 86_400_000;
/** Deleted evidence is kept this long, so that late records do not restore the entry. */
const TOMBSTONE_MS = 30 * DAY_MS;
/** Maximum duration of one slice of evidence, which is one transaction. */
const SLICE_MS = 2;
const MAX_IN_SLICE = 200;
/** While a lot of evidence is added, listeners are called at most once in this time. */
const NOTICE_MS = 500;
/** The call-back list is made again at least this often, because calls leave it with time. */
const LISTED_FOR_MS = 3_600_000;
/** Evidence among which the newest end is: no call lasts for longer than as many others. */
const NEWEST = 1_000;

/** Calls that wait with a reminder are kept until the user has called back. */
const REMINDED = 'back AND remind_at > 0';
const OF_REMINDED = `EXISTS (SELECT 1 FROM entry WHERE entry.account = evidence.account AND entry.id = evidence.entry
  AND ${REMINDED})`;

export interface SqliteHistoryOptions {
  database: Database;
  clock: Clock;
  log: Log;
  /** Entries are deleted when they are older than this many days. */
  keepDays: () => number;
  /** The calls that were stored elsewhere while this database could not be used, or by an earlier version. */
  storedElsewhere: (account: string) => readonly Evidence[];
  newGeneration: () => number;
  onGeneration: () => void;
  sweep: Sweep['start'];
  /** The database has them as `shows`. */
  names: ShownNames;
}

/** The key of the demo, which no account can have. */
export const NOBODY = '';
/**
 * The key of an account's rows. It is short, because every index contains it. In files that were made before there were
 * generations it is the account's own key.
 */
export const rowKey = (account: string, generation: number): string =>
  generation === 0 ? account : generation.toString(36);

interface Shown {
  recents: RecentCall[];
  missed: number;
  people: CallBack[];
}

const NOTHING: Shown = { recents: [], missed: 0, people: [] };

export class SqliteHistory implements History {
  readonly #account: string;
  readonly #options: SqliteHistoryOptions;
  readonly #sql: Statements;
  readonly #safe: SafeDatabase;
  readonly #onChange: () => void;
  /** The key of its rows. */
  #key = '';
  #table: EntryTable;
  #search: EntrySearch;
  #recents: RecentCall[] | null = null;
  #waiting: { list: CallBack[]; version: number; at: number } | null = null;
  /** What was read last. It is shown while the file cannot be read, because that must not stop a call. */
  readonly #last = { ...NOTHING };
  #tidiedAt = 0;
  /** The position up to which the PBX's records were read. */
  readonly records: { place: SyncPlace | null };
  readonly callBacks: CallBacks;
  readonly reasons: ReasonTable;

  constructor(account: string, onChange: () => void, options: SqliteHistoryOptions) {
    this.#account = account;
    this.#options = options;
    this.#sql = new Statements(options.database);
    this.#safe = new SafeDatabase(options.database, options.log);
    this.#onChange = onChange;
    [this.#table, this.#search] = this.#use(0, 0);
    inTransaction(options.database, () => this.#begin());
    this.records = this.#records();
    this.callBacks = this.#callBacks();
    this.reasons = new ReasonTable({
      account: () => this.#key,
      sql: this.#sql,
      read: (work) => this.#safe.read(null, work),
      write: (work) => void this.#safe.write(work),
    });
    this.#tidy();
  }

  get recents(): RecentCall[] {
    this.#recents ??= this.#last.recents = this.#safe.read(this.#last.recents, () => this.#search.newest());
    return this.#recents;
  }

  get missed(): number {
    this.#last.missed = this.#safe.read(this.#last.missed, () => {
      const row = this.#sql.get(`SELECT count(*) AS count FROM ${OPEN_ENTRIES}`, this.#key);
      return Number(row?.['count'] ?? 0);
    });
    return this.#last.missed;
  }

  openMissed(): HistoryCall[] {
    return this.#safe.read([], () => this.#search.openMissed());
  }

  add(evidence: readonly Evidence[]): void {
    if (evidence.length === 0) return;
    this.#change(() => {
      for (const one of evidence) this.#add(one);
    });
    // Afterwards, because the newest call shows how late it is.
    if (this.#options.clock.now() - this.#tidiedAt >= DAY_MS) this.#tidy();
  }

  async addAll(evidence: readonly Evidence[], isStopped: () => boolean): Promise<boolean> {
    let next: number | null = 0;
    while (next !== null && next < evidence.length) {
      const before = this.#shown;
      next = await this.#addSome(evidence, next, isStopped);
      if (!this.#options.database.isOpen) return false;
      this.#notice(before);
    }
    return next !== null;
  }

  page(filter: HistoryFilter, before: string | null): Promise<HistoryPage> {
    this.#options.names.refresh();
    const { text: wanted, only } = filter;
    if (only !== 'call-back') return this.#search.page({ text: wanted, only }, before);
    // Which reminders are due depends on the time.
    const waiting = this.#table.callBacks.list(this.#options.clock.now());
    return Promise.resolve({ entries: this.#search.callBacks(waiting, wanted), next: null });
  }

  remove(id: string): Result<null> {
    return this.#change(() => {
      const known = this.#sql.get('SELECT entry FROM evidence WHERE account = ? AND id = ?', this.#key, id);
      if (known === undefined) return;
      this.reasons.remove(text(known['entry']));
      this.#table.remove(text(known['entry']));
      this.#waiting = null;
    });
  }

  clear(): Result<null> {
    const before = this.#shown;
    let [generation, knownUntil] = [0, 0];
    const answer = this.#safe.write(() => {
      generation = this.#options.newGeneration();
      knownUntil = this.#placeOf('seen_until');
      const newest = this.#sql.get(
        `SELECT max(ended_at) AS at FROM
         (SELECT ended_at FROM evidence WHERE account = ? ORDER BY started_at DESC LIMIT ${NEWEST})`,
        this.#key,
      );
      this.#sql.run(
        'UPDATE place SET cleared_until = max(cleared_until, ?), generation = ? WHERE account = ?',
        Number(newest?.['at'] ?? 0),
        generation,
        this.#account,
      );
    });
    if (!answer.ok) return answer;
    // Only now: after a failed commit the file still has the generation before.
    [this.#table, this.#search] = this.#use(generation, knownUntil);
    this.#notice(before);
    this.#options.onGeneration();
    return answer;
  }

  markSeen(ids: readonly string[] | null): Result<null> {
    return this.#change(() => {
      const all = (): string[] =>
        this.#sql.all(`SELECT id FROM ${OPEN_ENTRIES}`, this.#key).map((row) => text(row['id']));
      this.#table.callBacks.see(ids ?? all());
    });
  }

  note(id: string, note: string): Result<null> {
    return this.#change(() => this.#table.note(id, plainText(note, MAX_NOTE)));
  }

  async *csv(named: NamedCalls): AsyncIterable<string> {
    yield CSV_HEAD;
    let next: string | null = null;
    do {
      const page: HistoryPage = await this.page({ text: '', only: null }, next);
      yield named(page.entries).map(csvLine).join('');
      next = page.next;
      await nextTurn();
    } while (next !== null);
  }

  /** Opens the account's rows, and adds the calls that were stored elsewhere. */
  #begin(): void {
    const { clock, storedElsewhere, newGeneration } = this.#options;
    const known = this.#sql.get('SELECT generation FROM place WHERE account = ?', this.#account);
    const generation = known === undefined ? newGeneration() : Number(known['generation']);
    if (known === undefined) {
      const insert = 'INSERT INTO place (account, seen_until, cleared_until, generation) VALUES (?, ?, 0, ?)';
      this.#sql.run(insert, this.#account, clock.now(), generation);
    }
    [this.#table, this.#search] = this.#use(generation, this.#placeOf('seen_until'));
    if (this.#account === NOBODY) return;
    for (const one of storedElsewhere(this.#account)) this.#add(one);
  }

  #use(generation: number, knownUntil: number): [EntryTable, EntrySearch] {
    this.#key = rowKey(this.#account, generation);
    this.#waiting = null;
    return [
      new EntryTable(this.#key, this.#sql, knownUntil),
      new EntrySearch(this.#key, this.#sql, this.#options.clock),
    ];
  }

  /** Deletes entries and evidence that are too old. */
  #tidy(): void {
    const { clock, keepDays, sweep } = this.#options;
    this.#tidiedAt = clock.now();
    const key = this.#key;
    // A clock that is far in the future must not delete everything.
    const now = Math.min(clock.now(), this.#safe.read(0, () => this.#lastSign()) + DAY_MS);
    const oldest = now - keepDays() * DAY_MS;
    const tombstones = now - TOMBSTONE_MS;
    sweep(
      () => [
        { table: 'entry', where: `account = ? AND at < ? AND NOT (${REMINDED})`, values: [key, oldest] },
        { table: 'evidence', where: `account = ? AND started_at < ? AND NOT ${OF_REMINDED}`, values: [key, oldest] },
        { table: 'reason', where: 'account = ? AND at < ?', values: [key, oldest] },
        { table: 'evidence', where: 'account = ? AND deleted AND ended_at < ?', values: [key, tombstones] },
      ],
      () =>
        this.#change(() => {
          this.#waiting = null;
        }),
    );
  }

  #records(): { place: SyncPlace | null } {
    const read = (): SyncPlace | null =>
      this.#safe.read(null, () => {
        const row = this.#sql.get('SELECT token, synced_at FROM place WHERE account = ?', this.#account);
        return typeof row?.['token'] === 'string' ? { token: row['token'], at: Number(row['synced_at']) } : null;
      });
    const write = (place: SyncPlace | null): void => {
      const update = 'UPDATE place SET token = ?, synced_at = ? WHERE account = ?';
      this.#safe.write(() => this.#sql.run(update, place?.token ?? null, place?.at ?? null, this.#account));
    };
    return {
      get place() {
        return read();
      },
      set place(place) {
        write(place);
      },
    };
  }

  #callBacks(): CallBacks {
    const { clock } = this.#options;
    const people = (): number => this.#people.length;
    const next = (): number | null => this.#safe.read(null, () => this.#table.callBacks.nextReminder());
    const announced = (): string[] => this.#safe.read([], () => this.#table.callBacks.announced());
    return {
      get people() {
        return people();
      },
      get nextReminder() {
        return next();
      },
      get announced() {
        return announced();
      },
      finish: (id) => this.#change(() => this.#table.callBacks.finish(id, clock.now())),
      undo: (id) => this.#change(() => this.#table.callBacks.undo(id)),
      remind: (id, at) => this.#change(() => this.#table.callBacks.remind(id, at, clock.now())),
      takeDue: () => {
        let due: string[] = [];
        const answer = this.#change(() => (due = this.#table.callBacks.takeDue(clock.now())));
        // What cannot be marked as announced would be announced again and again.
        return answer.ok ? this.#safe.read([], () => this.#search.callsOf(due)) : [];
      },
    };
  }

  /** The same array while nothing about it changed: making it reads all calls that wait. */
  get #people(): CallBack[] {
    const { callBacks } = this.#table;
    const now = this.#options.clock.now();
    const known = this.#waiting;
    if (known?.version === callBacks.version && Math.abs(now - known.at) < LISTED_FOR_MS) return known.list;
    const list = this.#safe.read(null, () => callBacks.list(now));
    if (list === null) return this.#last.people;
    this.#last.people = list;
    this.#waiting = { list, version: callBacks.version, at: now };
    return list;
  }

  #add(evidence: Evidence): void {
    const { clock, keepDays } = this.#options;
    const oldest = clock.now() - evidence.offset - keepDays() * DAY_MS;
    if (evidence.endedAt > this.#placeOf('cleared_until') && evidence.startedAt >= oldest) this.#table.add(evidence);
  }

  /** Adds evidence from index `from` on, for NOTICE_MS. Returns the next index, or null if it must stop. */
  async #addSome(evidence: readonly Evidence[], from: number, isStopped: () => boolean): Promise<number | null> {
    const { clock } = this.#options;
    const started = clock.elapsed();
    let next = from;
    while (next < evidence.length && clock.elapsed() - started < NOTICE_MS) {
      if (isStopped()) return null;
      const slice = this.#addSlice(evidence, next);
      if (slice === 0) return null;
      next += slice;
      await nextTransaction(this.#options.database);
    }
    return next;
  }

  /** Adds evidence for SLICE_MS. Returns how many were added; 0 if they cannot be written. */
  #addSlice(evidence: readonly Evidence[], from: number): number {
    const { clock } = this.#options;
    const started = clock.elapsed();
    let count = 0;
    const answer = this.#safe.write(() => {
      for (const one of evidence.slice(from, from + MAX_IN_SLICE)) {
        this.#add(one);
        count += 1;
        if (clock.elapsed() - started >= SLICE_MS) return;
      }
    });
    return answer.ok ? count : 0;
  }

  #change(work: () => void): Result<null> {
    const before = this.#shown;
    const answer = this.#safe.write(work);
    this.#notice(before);
    return answer;
  }

  get #shown(): Shown {
    return { recents: this.recents, missed: this.missed, people: this.#people };
  }

  /** Calls the listener if the first page, the number of missed calls or the call-back list changed. */
  #notice({ recents, missed, people }: Shown): void {
    this.#recents = null;
    const same = JSON.stringify(recents) === JSON.stringify(this.recents);
    if (same) this.#recents = recents;
    const [was, is] = [people, this.#people];
    const isSame = was === is || JSON.stringify(was) === JSON.stringify(is);
    if (!same || missed !== this.missed || !isSame) this.#onChange();
  }

  /** The last time that is certainly past, on the PBX's clock in ms since 1970; 0 if there is none. */
  #lastSign(): number {
    const newest = this.#sql.get('SELECT max(started_at) AS at FROM evidence WHERE account = ?', this.#key);
    return Math.max(Number(newest?.['at'] ?? 0), this.#placeOf('synced_at'));
  }

  #placeOf(column: 'seen_until' | 'cleared_until' | 'synced_at'): number {
    return Number(this.#sql.get(`SELECT ${column} FROM place WHERE account = ?`, this.#account)?.[column] ?? 0);
  }
}
