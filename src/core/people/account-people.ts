import { isDeepStrictEqual } from 'node:util';
import type { Call, CallEvent, Party } from '../../shared/call.ts';
import type { Favourite, PlacedCall, RecentCall } from '../../shared/dial.ts';
import type { HistoryCall } from '../../shared/history.ts';
import type { ImportedContacts, OwnContact, OwnContacts } from '../../shared/contacts.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { FoundNumber } from '../../shared/people.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log-port.ts';
import { matchesExtension } from '../numbers/extension-pattern.ts';
import type { NumberPlace } from '../numbers/national-number.ts';
import type { PbxDirectory } from '../pbx/directory.ts';
import { reportBug } from '../report-bug.ts';
import { isSqliteError } from '../store/database.ts';
import type { DirectoryWatch, DirectoryWatchOptions } from './directory-watch.ts';
import { Naming } from './naming.ts';
import type { People, PeopleNotice } from './people.ts';
import { isCompany, type Person } from './person.ts';
import { nameKey } from './names.ts';
import { OWN_SOURCE } from './sources.ts';
import type { Who } from './who.ts';

/** Where the people of each account are kept. */
export interface PeopleFiles {
  /** The database of an account; null where nothing can be kept. */
  path(account: string): string | null;
  /** Deletes it. */
  forget(account: string): void;
}

export interface AccountPeopleOptions {
  files: PeopleFiles;
  /** Where the user's phone is. Numbers are read as they are dialled there. */
  place: () => NumberPlace;
  /** The tenant's rule: how many last digits must be equal for two numbers to be the same; null for all digits. */
  matchLength: () => number | null;
  clock: Clock;
  log: Log;
  /** What the user should know about where people are kept; null when another account is opened. */
  onNotice?: (notice: PeopleNotice | null) => void;
  /** Called when names may have changed. */
  onChange: () => void;
}

/** Names are missing that long after a database could not be read. */
const READ_AGAIN_MS = 60_000;
/** The source of a file is this and its name. */
const FILE = 'file:';
/** The window comes first. */
const loadPeople = () => Promise.all([import('./people.ts'), import('./directory-watch.ts')]);

const NOBODY: Who = { matches: [], shown: { kind: 'nothing' } };

/** The people of the signed-in user. Gives names to calls and stays up to date with the PBX. */
export class AccountPeople {
  readonly #options: AccountPeopleOptions;
  readonly #naming: Naming;
  #account: string | null = null;
  #people: People | null = null;
  #watch: DirectoryWatch | null = null;
  #directory: PbxDirectory | null = null;
  /** null until it is loaded. */
  #newWatch: ((options: DirectoryWatchOptions) => DirectoryWatch) | null = null;
  /** Counts how often an account was opened. */
  #opened = 0;
  /** Resolves when the account that was opened last is ready. */
  ready: Promise<void> = Promise.resolve();
  /** The place for which the numbers were last read. */
  #place: NumberPlace | null = null;
  /** As of the last change of names. */
  #matchLength: number | null = null;
  /** Resolves when the databases of accounts that were open before are closed. */
  #closed: Promise<void> = Promise.resolve();
  /** Keys of the placed calls of this account that were counted. */
  readonly #countedCalls = new Set<string>();
  /** Reading failed; it is tried again from this time on, monotonic ms. */
  #readAgainAt = -Infinity;

  constructor(options: AccountPeopleOptions) {
    this.#options = options;
    this.#naming = new Naming(
      (party) => this.#safely((people) => people.who(party), NOBODY),
      (digits) => matchesExtension(digits, options.place().extensions),
    );
  }

  /** Opens another account. Nothing is kept for the demo (null) and before the first sign-in (''). */
  open(account: string | null): void {
    this.#account = account;
    this.#countedCalls.clear();
    this.ready = this.#use(account === null || account === '' ? null : this.#options.files.path(account));
  }

  /** Starts reading the directories of the PBX. */
  connected(directory: PbxDirectory): void {
    this.#directory = directory;
    this.#watchDirectory();
  }

  disconnected(): void {
    this.#watch?.stop();
    this.#watch = null;
    this.#directory = null;
  }

  /** Must be called when the country, the area code or the extensions may have changed. */
  placeChanged(): void {
    if (this.#place === null) return;
    const place = this.#options.place();
    if (isDeepStrictEqual(place, this.#place)) return;
    this.#place = place;
    void this.#tidy();
  }

  /** Must be called when the tenant's rule may have changed. */
  ruleChanged(): void {
    if (this.#options.matchLength() === this.#matchLength) return;
    this.#changed();
  }

  /** Must be called when an account was removed from this computer. */
  async forget(account: string): Promise<void> {
    const { files } = this.#options;
    // Windows cannot delete an open file.
    if (account === this.#account) await this.#use(null, () => files.forget(account));
    else files.forget(account);
  }

  async close(): Promise<void> {
    this.disconnected();
    this.#opened += 1;
    await this.ready;
    await this.#people?.close();
  }

  /** The calls with names. */
  calls(calls: readonly Call[]): Call[] {
    return calls.map((call) => this.#naming.call(call));
  }

  /** The events with names. */
  happened(events: readonly CallEvent[]): CallEvent[] {
    for (const { type, call } of events)
      if (type === 'ended' && call.mine && !call.placedHere) this.#count(call.other.number);
    return events.map((event) => this.#naming.event(event));
  }

  /** A call that was placed here has ended. It may be reported again when more becomes known about its end. */
  placed({ key, plan }: PlacedCall): void {
    if (this.#countedCalls.has(key)) return;
    this.#countedCalls.add(key);
    this.#count(plan.e164 ?? plan.number);
  }

  recents<T extends RecentCall & Pick<HistoryCall, 'passedBy' | 'passedTo'>>(recents: readonly T[]): T[] {
    return recents.map((recent) => this.#naming.passedOn(this.#naming.entry<T>(recent)));
  }

  /** Finds people by words or digits, the best match first, with one entry for each number that can be called. */
  find(text: string): FoundNumber[] {
    return this.#safely((people) => people.find(text), []);
  }

  /** The imported files. */
  importedFiles(): ImportedContacts[] {
    return this.#safely((people) => people.counts(), [])
      .filter(({ source }) => source.startsWith(FILE))
      .map(({ source, people }) => ({ file: source.slice(FILE.length), people }));
  }

  /** Replaces the people of a file, all or none of them. Error: storage-failed. */
  importFile(file: string, people: readonly Person[]): Promise<Result<null>> {
    return this.#keep((all) => all.replace(`${FILE}${file}`, people));
  }

  /** Deletes the people of a file. Error: storage-failed. */
  removeFile(file: string): Promise<Result<null>> {
    return this.#keep((all) => all.remove(`${FILE}${file}`));
  }

  /** The contacts that the user entered and that a text finds; '' finds all. */
  ownContacts(text: string): OwnContacts {
    return this.#safely((people) => people.ownContacts(text), { contacts: [], more: 0 });
  }

  /** All contacts that the user entered, as vCard, in parts. */
  async *ownCards(): AsyncGenerator<string> {
    if (this.#people !== null) yield* this.#people.ownCards();
  }

  /** Adds or changes a contact. Errors: command-invalid, number-empty, signed-out, storage-failed. */
  async saveContact(contact: OwnContact): Promise<Result<null>> {
    const { personOfContact } = await import('./own-contacts.ts');
    const person = personOfContact(contact);
    if (!person.ok) return person;
    return this.#keep((all) => all.change(OWN_SOURCE, [{ change: 'set', person: person.value }], ''));
  }

  /** Deletes a contact that the user entered. Errors: signed-out, storage-failed. */
  deleteContact(id: string): Promise<Result<null>> {
    return this.#keep((all) => all.change(OWN_SOURCE, [{ change: 'deleted', id }], ''));
  }

  /** Extensions in the PBX's directory, at most `limit`. */
  colleagues(limit: number): string[] {
    return this.#safely((people) => people.colleagues(limit), []);
  }

  /** Whether this is an extension in the PBX's directory. */
  isColleague(number: string): boolean {
    return this.#safely((people) => people.isColleague(number), false);
  }

  /** Whether one person, and nobody else, has both numbers. */
  isSamePerson(a: string, b: string): boolean {
    return this.#safely((people) => {
      const [one, other] = [a, b].map((number) => people.who({ number, name: '' }).matches.map(({ person }) => person));
      const [first] = one ?? [];
      if (first === undefined || isCompany(first)) return false;
      return [...(one ?? []), ...(other ?? [])].every((person) => isSamePersonAs(first, person)) && other?.length !== 0;
    }, false);
  }

  nameOf(number: string): string {
    return this.#naming.nameOf(number);
  }

  /** Whether somebody has the number. */
  isKnown(number: string): boolean {
    return this.#safely((people) => people.who({ number, name: '' }).matches.length > 0, false);
  }

  /** Changes whenever a name may have changed. */
  get namesVersion(): number {
    return this.#naming.version;
  }

  /** The name and company that are shown for a number; '' if nobody is known. */
  shownText(number: string): string {
    return this.#naming.shownText(number);
  }

  /** The favourites with names. A favourite keeps its own name if its number is not known. */
  favourites(favourites: readonly Favourite[]): Favourite[] {
    return favourites.map((favourite) => {
      const named = this.#naming.entry<Favourite & Party>(favourite);
      return named.name === '' && named.several === undefined ? { ...named, name: favourite.name } : named;
    });
  }

  /** Counts a call, because people who are called often are found first. */
  #count(number: string): void {
    const { clock, log } = this.#options;
    try {
      this.#people?.countCall(number, clock.now());
    } catch (error) {
      log.warn(`A call could not be counted for the search: ${String(error)}`);
    }
  }

  /** Replaces the open database. `onClosed` is called when the one before is closed, and before the new one is opened. */
  async #use(path: string | null, onClosed?: () => void): Promise<void> {
    const before = this.#people;
    const isStart = this.#opened === 0;
    const turn = (this.#opened += 1);
    const { place, matchLength, clock, log } = this.#options;
    this.disconnected();
    this.#people = null;
    this.#place = place();
    this.#readAgainAt = -Infinity;
    this.#options.onNotice?.(null);
    if (!isStart) this.#changed();
    // One after another: the same database may be closed, deleted and opened again.
    const closed = this.#closed.then(() => before?.close()).then(onClosed);
    this.#closed = closed.catch(() => undefined);
    await closed;
    const [{ People }, { DirectoryWatch }] = await loadPeople();
    // Another account has been opened in the meantime.
    if (turn !== this.#opened) return;
    this.#people = new People({
      path,
      place,
      matchLength,
      clock,
      log,
      onNotice: (notice) => {
        log.warn(`People: ${JSON.stringify(notice)}`);
        this.#options.onNotice?.(notice);
      },
      onChange: () => this.#changed(),
    });
    this.#newWatch = (options) => new DirectoryWatch(options);
    this.#watchDirectory();
    await this.#tidy();
  }

  #watchDirectory(): void {
    if (this.#directory === null || this.#people === null) return;
    const { clock, log } = this.#options;
    this.#watch?.stop();
    this.#watch = this.#newWatch?.({ directory: this.#directory, people: this.#people, clock, log }) ?? null;
    this.#watch?.start();
  }

  async #keep(write: (people: People) => Promise<void>): Promise<Result<null>> {
    if (this.#people === null) return err(appError('signed-out'));
    try {
      await write(this.#people);
      return ok(null);
    } catch (error) {
      return err(appError('storage-failed', { detail: String(error) }));
    }
  }

  async #tidy(): Promise<void> {
    const people = this.#people;
    try {
      await people?.placeChanged();
    } catch (error) {
      if (people === this.#people) this.#options.log.warn(`People could not be read anew: ${String(error)}`);
    }
  }

  #changed(): void {
    this.#matchLength = this.#options.matchLength();
    this.#naming.invalidate();
    this.#options.onChange();
  }

  /** Reads people. A database that cannot be read must not stop a call; it is read again after a while. */
  #safely<T>(read: (people: People) => T, otherwise: T): T {
    const { clock, log } = this.#options;
    if (this.#people === null || clock.elapsed() < this.#readAgainAt) return otherwise;
    try {
      return read(this.#people);
    } catch (error) {
      this.#readAgainAt = clock.elapsed() + READ_AGAIN_MS;
      if (isSqliteError(error)) log.warn(`People cannot be read: ${String(error)}`);
      else reportBug(error);
      return otherwise;
    }
  }
}

/** One entry, or entries of two sources with one name. */
const isSamePersonAs = (a: Person, b: Person): boolean =>
  (a.source === b.source && a.id === b.id) || (a.source !== b.source && nameKey(a.name) === nameKey(b.name));

/** The operations that the window can request. */
export type PeopleCommands = Pick<
  AccountPeople,
  | 'favourites'
  | 'recents'
  | 'find'
  | 'isSamePerson'
  | 'isKnown'
  | 'importedFiles'
  | 'importFile'
  | 'removeFile'
  | 'ownContacts'
  | 'ownCards'
  | 'saveContact'
  | 'deleteContact'
>;
