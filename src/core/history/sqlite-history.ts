import type { RecentCall } from '../../shared/dial.ts';
import { MAX_NOTE, type HistoryCall, type HistoryFilter, type HistoryPage } from '../../shared/history.ts';
import { plainText } from '../../shared/plain-text.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log-port.ts';
import { inTransaction, nextTransaction, nextTurn, type Database } from '../store/database.ts';
import { Statements, text } from '../store/statements.ts';
import { csvLine, CSV_HEAD } from './csv.ts';
import { UNSEEN_MISSED, type CallBack } from './call-back-table.ts';
import { AccountRow } from './account-row.ts';
import { EntrySearch } from './entry-search.ts';
import { EntryTable } from './entry-table.ts';
import { withPastTimes, type Evidence } from './evidence.ts';
import type { CallBacks, History, NamedCalls } from './history.ts';
import { ReasonTable } from './reason-table.ts';
import { CALL_GONE, SafeDatabase } from './safe-database.ts';
import type { ShownNames } from './shown-names.ts';
import type { Sweep } from './sweep.ts';
import { Unwritten } from './unwritten.ts';

const DAY_MS = 86_400_000;
/** How long deleted evidence is kept after its deletion, so that a record that arrives late does not restore the entry. */
const KEEP_DELETED_MS = 30 * DAY_MS;
/** Evidence is added in slices. Each is one transaction of at most this time, in ms, and this many reports. */
const SLICE_MS = 2;
const MAX_IN_SLICE = 200;
/** While a lot of evidence is added, `onChange` is called at most once in this time. */
const CHANGE_INTERVAL_MS = 500;
/** The call-back list is read again at least this often, because people leave it after some time. */
const MAX_LIST_AGE_MS = 3_600_000;

/** Calls that wait for a call back and have a reminder are not deleted, however old they are. */
const HAS_REMINDER = 'back AND remind_at > 0';
const ENTRY_HAS_REMINDER = `EXISTS (SELECT 1 FROM entry WHERE entry.account = evidence.account
  AND entry.id = evidence.entry AND ${HAS_REMINDER})`;

/**
 * Evidence of calls that were deleted before a time, and that arrived later. Names the indexes and the order of the
 * tables, because SQLite would otherwise read all evidence of the account.
 */
const IS_HIDDEN = `(account, id) IN (SELECT later.account, later.id
  FROM evidence AS gone INDEXED BY evidence_deleted CROSS JOIN evidence AS later INDEXED BY evidence_entry
  ON later.account = gone.account AND later.entry = gone.entry
  WHERE gone.account = ? AND gone.deleted AND gone.deleted < ? AND NOT later.deleted)`;

export interface SqliteHistoryOptions {
  database: Database;
  clock: Clock;
  log: Log;
  /** Entries are deleted when they are older than this many days. */
  keepDays: () => number;
  /** The calls that an earlier version stored, or that were stored elsewhere while this database could not be used. */
  storedElsewhere: (account: string) => readonly Evidence[];
  /** Returns the number of a new generation (see `rowKey`). */
  newGeneration: () => number;
  /** Called when a new generation has begun, so that the rows of the old one can be deleted. */
  onNewGeneration: () => void;
  sweep: Sweep['start'];
  /** The names that the SQL function `shows` searches. */
  names: ShownNames;
}

/** Stands for the account in the demo. */
export const NOBODY = '';
/**
 * The value of the column `account` in the rows of an account. Deleting the whole history begins a new generation. The
 * key is short, because every index contains it. Files of earlier versions, without generations, have the account itself.
 */
export const rowKey = (account: string, generation: number): string =>
  generation === 0 ? account : generation.toString(36);

/** What the window shows of the history all the time. */
interface Overview {
  recents: RecentCall[];
  missed: number;
  people: CallBack[];
}

/** The history of one account in the database. */
export class SqliteHistory implements History {
  readonly #account: string;
  readonly #options: SqliteHistoryOptions;
  readonly #sql: Statements;
  readonly #safe: SafeDatabase;
  readonly #onChange: () => void;
  /** See `rowKey`. */
  #key = '';
  #table: EntryTable;
  #search: EntrySearch;
  /** Caches; null if they must be read again. `version`: that of the call-back table when the list was read. */
  #recents: RecentCall[] | null = null;
  #callBackList: { list: CallBack[]; version: number; readAt: number } | null = null;
  /** What was read last. It is shown while the file cannot be read. */
  readonly #lastRead: Overview = { recents: [], missed: 0, people: [] };
  /** When old entries were last deleted (ms since 1970). */
  #tidiedAt = 0;
  /** When this history was opened (monotonic), until the PBX's clock is known. */
  #openedAt: number | null = null;
  readonly records: AccountRow;
  readonly #unwritten: Unwritten;
  readonly callBacks: CallBacks;
  readonly reasons: ReasonTable;

  constructor(account: string, onChange: () => void, options: SqliteHistoryOptions) {
    this.#account = account;
    this.#options = options;
    this.#sql = new Statements(options.database);
    this.#safe = new SafeDatabase(options.database, options.log);
    this.#onChange = onChange;
    this.records = new AccountRow(account, this.#sql, this.#safe);
    this.#unwritten = new Unwritten(options.clock, () => this.#write([]));
    [this.#table, this.#search] = this.#openGeneration(0, 0);
    inTransaction(options.database, () => this.#openAccount());
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
    if (this.#recents === null) {
      this.#recents = this.#safe.read(this.#lastRead.recents, () => this.#search.newest());
      this.#lastRead.recents = this.#recents;
    }
    return this.#recents;
  }

  get missed(): number {
    this.#lastRead.missed = this.#safe.read(this.#lastRead.missed, () => {
      const row = this.#sql.get(`SELECT count(*) AS count FROM ${UNSEEN_MISSED}`, this.#key);
      return Number(row?.['count'] ?? 0);
    });
    return this.#lastRead.missed;
  }

  unseenMissed(since: number): HistoryCall[] {
    return this.#safe.read([], () => this.#search.unseenMissed(since));
  }

  add(evidence: readonly Evidence[]): void {
    if (evidence.length === 0) return;
    this.#write(evidence);
    // Not earlier, because `#tidy` takes the time of the newest call into account.
    if (this.#options.clock.now() - this.#tidiedAt >= DAY_MS) this.#tidy();
  }

  /** What cannot be written is kept in memory. */
  #write(evidence: readonly Evidence[]): void {
    if (!this.#options.database.isOpen) return;
    const reports = [...this.#unwritten.reports, ...evidence];
    const learned = this.#learnClock(reports);
    const answer = learned.ok ? this.#change(() => reports.forEach((report) => this.#add(report))) : learned;
    if (answer.ok) this.#unwritten.forget();
    else this.#unwritten.keep(reports);
  }

  async addAll(evidence: readonly Evidence[], isStopped: () => boolean): Promise<boolean> {
    let next: number | null = 0;
    while (next !== null && next < evidence.length) {
      const before = this.#overview;
      next = await this.#addSlices(evidence, next, isStopped);
      if (!this.#options.database.isOpen) return false;
      this.#reportChange(before);
    }
    return next !== null;
  }

  page(filter: HistoryFilter, before: string | null): Promise<HistoryPage> {
    this.#options.names.refresh();
    const { text: searched, only } = filter;
    if (only !== 'call-back') return this.#search.page({ text: searched, only }, before);
    // Not from the cache, because the order depends on which reminders are due now.
    const list = this.#table.callBacks.list(this.#options.clock.now());
    return Promise.resolve({ entries: this.#search.callBacks(list, searched), next: null });
  }

  remove(id: string): Result<readonly string[]> {
    let ids: string[] = [];
    const answer = this.#change(() => {
      const known = this.#sql.get('SELECT entry FROM evidence WHERE account = ? AND id = ?', this.#key, id);
      if (known === undefined) return;
      this.reasons.remove(text(known['entry']));
      ids = this.#table.remove(text(known['entry']), this.#options.clock.now());
      this.#callBackList = null;
    });
    return answer.ok ? { ...answer, value: ids } : answer;
  }

  clear(): Result<null> {
    const before = this.#overview;
    let [generation, knownUntil] = [0, 0];
    const answer = this.#safe.write(() => {
      generation = this.#options.newGeneration();
      knownUntil = this.records.column('seen_until');
      this.records.clear(this.#key, this.#options.clock.now(), generation);
    });
    if (!answer.ok) return answer;
    this.#unwritten.forget();
    // Only after the commit: if it fails, the file still has the old generation.
    [this.#table, this.#search] = this.#openGeneration(generation, knownUntil);
    this.#reportChange(before);
    this.#options.onNewGeneration();
    return answer;
  }

  markSeen(ids: readonly string[] | null): Result<null> {
    return this.#change(() =>
      this.#table.callBacks.markSeen(ids?.flatMap((id) => this.#table.entryId(id) ?? []) ?? this.#unseenMissedIds()),
    );
  }

  note(id: string, note: string): Result<null> {
    return this.#changeEntry(id, (entry) => this.#table.note(entry, plainText(note, MAX_NOTE)));
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

  #unseenMissedIds(): string[] {
    return this.#sql.all(`SELECT id FROM ${UNSEEN_MISSED}`, this.#key).map((row) => text(row['id']));
  }

  /** Opens the current generation of the account, and adds the calls that were stored elsewhere. */
  #openAccount(): void {
    const { clock, storedElsewhere, newGeneration } = this.#options;
    const generation = this.records.open(clock.now(), newGeneration);
    [this.#table, this.#search] = this.#openGeneration(generation, this.records.column('seen_until'));
    if (this.#account === NOBODY) return;
    this.#repairTimes();
    for (const report of storedElsewhere(this.#account)) this.#add(report);
    this.#openedAt = clock.elapsed();
  }

  /**
   * The first report of this run says how the PBX's clock differs, so that the time of opening can be corrected. Has a
   * transaction of its own: only what is certainly stored may change the fields here.
   */
  #learnClock([report]: readonly Evidence[]): Result<null> {
    if (this.#openedAt === null || report === undefined) return ok(null);
    const { clock } = this.#options;
    const openedAt = clock.now() - report.offset - (clock.elapsed() - this.#openedAt);
    let knownUntil = 0;
    const answer = this.#safe.write(() => (knownUntil = this.records.correctSeenUntil(openedAt, report.offset)));
    if (!answer.ok) return answer;
    this.#table.callBacks.knownUntil = knownUntil;
    this.#openedAt = null;
    return answer;
  }

  /** Corrects impossible times that an earlier version stored. Only if the time of the last sync confirms the clock's. */
  #repairTimes(): void {
    const syncedAt = this.records.column('synced_at');
    if (syncedAt === 0) return;
    const now = Math.max(this.#options.clock.now(), syncedAt);
    this.records.repair(now);
    this.#table.repair(now);
  }

  #openGeneration(generation: number, knownUntil: number): [EntryTable, EntrySearch] {
    this.#key = rowKey(this.#account, generation);
    this.#callBackList = null;
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
    // If this computer's clock is far in the future, not everything may be deleted.
    const now = Math.min(clock.now(), this.#safe.read(0, () => this.#latestKnownTime()) + DAY_MS);
    const oldest = now - keepDays() * DAY_MS;
    const oldestDeleted = now - KEEP_DELETED_MS;
    const isOldEvidence = `account = ? AND started_at < ? AND NOT ${ENTRY_HAS_REMINDER}`;
    sweep(
      () => [
        { table: 'entry', where: `account = ? AND began < ? AND NOT (${HAS_REMINDER})`, values: [key, oldest] },
        { table: 'evidence', where: isOldEvidence, values: [key, oldest] },
        { table: 'reason', where: 'account = ? AND at < ?', values: [key, oldest] },
        // First what the deleted evidence hides, or it would be listed if the program ended in between.
        { table: 'evidence', where: IS_HIDDEN, values: [key, oldestDeleted] },
        { table: 'evidence', where: 'account = ? AND deleted AND deleted < ?', values: [key, oldestDeleted] },
      ],
      () =>
        this.#change(() => {
          this.#callBackList = null;
        }),
    );
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
      finish: (id) => this.#changeEntry(id, (entry) => this.#table.callBacks.finish(entry, clock.now())),
      undo: (id) => this.#changeEntry(id, (entry) => this.#table.callBacks.undo(entry)),
      remind: (id, at) => this.#changeEntry(id, (entry) => this.#table.callBacks.remind(entry, at, clock.now())),
      takeDue: () => {
        let due: string[] = [];
        const answer = this.#change(() => (due = this.#table.callBacks.takeDue(clock.now())));
        // If they could not be marked as announced, they would be announced again and again.
        return answer.ok ? this.#safe.read([], () => this.#search.callsOf(due)) : [];
      },
    };
  }

  /** The people on the call-back list. Cached, because making it reads all calls that wait. */
  get #people(): CallBack[] {
    const { callBacks } = this.#table;
    const now = this.#options.clock.now();
    const cached = this.#callBackList;
    if (cached?.version === callBacks.version && Math.abs(now - cached.readAt) < MAX_LIST_AGE_MS) return cached.list;
    const list = this.#safe.read(null, () => callBacks.list(now));
    if (list === null) return this.#lastRead.people;
    this.#lastRead.people = list;
    this.#callBackList = { list, version: callBacks.version, readAt: now };
    return list;
  }

  /** Adds evidence, unless its call is too old or ended before the history was cleared. */
  #add(evidence: Evidence): void {
    const { clock, keepDays } = this.#options;
    const now = clock.now() - evidence.offset;
    const { clearedUntil, syncedAt } = this.records.bounds;
    const report = withPastTimes(evidence, Math.max(now, syncedAt));
    const isListed = report.endedAt > clearedUntil;
    if (isListed && report.startedAt >= now - keepDays() * DAY_MS) this.#table.add(report);
  }

  /** Adds slices of evidence for CHANGE_INTERVAL_MS. Returns the index of the rest, or null if it must stop. */
  async #addSlices(evidence: readonly Evidence[], from: number, isStopped: () => boolean): Promise<number | null> {
    const { clock } = this.#options;
    const started = clock.elapsed();
    let next = from;
    while (next < evidence.length && clock.elapsed() - started < CHANGE_INTERVAL_MS) {
      if (isStopped()) return null;
      const count = this.#addSlice(evidence, next);
      if (count === 0) return null;
      next += count;
      await nextTransaction(this.#options.database);
    }
    return next;
  }

  /** Adds one slice of evidence. Returns how many reports were added; 0 if they cannot be written. */
  #addSlice(evidence: readonly Evidence[], from: number): number {
    const { clock } = this.#options;
    const started = clock.elapsed();
    const slice = evidence.slice(from, from + MAX_IN_SLICE);
    if (!this.#learnClock(slice).ok) return 0;
    let count = 0;
    const answer = this.#safe.write(() => {
      for (const report of slice) {
        this.#add(report);
        count += 1;
        if (clock.elapsed() - started >= SLICE_MS) return;
      }
    });
    return answer.ok ? count : 0;
  }

  /** Changes the entry that has this id, or had it before another source reported the call. Error: call-gone. */
  #changeEntry(id: string, work: (entry: string) => void): Result<null> {
    const known = this.#safe.read<string | null>(id, () => this.#table.entryId(id));
    return known === null ? CALL_GONE : this.#change(() => work(known));
  }

  #change(work: () => void): Result<null> {
    const before = this.#overview;
    const answer = this.#safe.write(work);
    this.#reportChange(before);
    return answer;
  }

  get #overview(): Overview {
    return { recents: this.recents, missed: this.missed, people: this.#people };
  }

  /** Calls `onChange` if the overview is not the same as before. */
  #reportChange({ recents, missed, people }: Overview): void {
    this.#recents = null;
    const sameRecents = JSON.stringify(recents) === JSON.stringify(this.recents);
    // Keeps the array, so that the window does not show it again.
    if (sameRecents) this.#recents = recents;
    const samePeople = people === this.#people || JSON.stringify(people) === JSON.stringify(this.#people);
    if (!sameRecents || missed !== this.missed || !samePeople) this.#onChange();
  }

  /** The latest time in the database, which is certainly past (ms since 1970, on the PBX's clock); 0 if there is none. */
  #latestKnownTime(): number {
    const newest = this.#sql.get('SELECT max(started_at) AS at FROM evidence WHERE account = ?', this.#key);
    return Math.max(Number(newest?.['at'] ?? 0), this.records.column('synced_at'));
  }
}
