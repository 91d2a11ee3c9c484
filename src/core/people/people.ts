import type { Party } from '../../shared/call.ts';
import type { OwnContacts } from '../../shared/contacts.ts';
import type { FoundNumber } from '../../shared/people.ts';
import { plainText } from '../../shared/plain-text.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log-port.ts';
import type { NumberPlace } from '../numbers/national-number.ts';
import { callerOf } from './caller.ts';
import { MemoryPeople } from './memory-people.ts';
import type { PeopleKeeper } from './keeper.ts';
import { isSameName } from './names.ts';
import { filterContacts } from './own-contacts.ts';
import type { Person, PersonChange } from './person.ts';
import { EXTENSIONS, OWN_SOURCE, trustOf } from './sources.ts';
import { PeopleStore } from './store/people-store.ts';
import { whoIs, type Who } from './who.ts';
import { readKeys } from './number-keys.ts';

/** A problem with the storage of people that the user should know about. */
export type PeopleNotice =
  /** The file was damaged. It was moved to the path `aside`, and people are read again. */
  | { notice: 'damaged'; aside: string }
  /** People are only in memory, until the program ends. `no-sqlite`: this runtime has no SQLite. */
  | { notice: 'not-kept'; why: 'no-sqlite' | 'newer' | 'unusable' };

export interface PeopleOptions {
  /** The database of one account; null keeps nothing (the demo). */
  path: string | null;
  place: () => NumberPlace;
  /** The number of last digits that the tenant compares; null if numbers are compared in full. */
  matchLength: () => number | null;
  clock: Clock;
  log: Log;
  onNotice: (notice: PeopleNotice) => void;
  /** People were added, changed or removed. */
  onChange: () => void;
}

/** How many numbers a search returns, and so at most how many people. */
const MAX_FOUND = 20;

const plain = (name: string, company: string, department: string) => ({
  name: plainText(name),
  company: company === name ? '' : plainText(company),
  department: plainText(department),
});

/** The people of one account: who has a number, and who is found by words. */
export class People {
  readonly #options: PeopleOptions;
  readonly #keeper: PeopleKeeper;

  constructor(options: PeopleOptions) {
    this.#options = options;
    this.#keeper = openKeeper(options);
  }

  /** Finds out who a party of a call is. The party has the name that the caller or the network sent. */
  who({ number, name, external }: Party): Who {
    const place = this.#options.place();
    return whoIs(callerOf(number, name, place), {
      index: this.#keeper.index,
      place,
      matchLength: this.#options.matchLength(),
      isKnownName: (key) => this.#keeper.isKnownName(key),
      trust: trustOf,
      external: external === true,
    });
  }

  search(text: string, limit = 20): Person[] {
    return this.#keeper.search(text, limit);
  }

  /** Finds people by words or digits, and returns their numbers that can be called, at most MAX_FOUND. */
  find(text: string): FoundNumber[] {
    const people = this.search(text, MAX_FOUND);
    const place = this.#options.place();
    const found: FoundNumber[] = [];
    for (const { name, company, department, numbers } of people) {
      for (const { kind, written } of numbers) {
        if (kind === 'fax' || kind === 'sip') continue;
        for (const { dial, digitsAfterAnswer } of readKeys(written, place)) {
          const number = digitsAfterAnswer === null ? dial : `${dial} ext. ${digitsAfterAnswer}`;
          const entry = { ...plain(name, company, department), number, kind };
          // Two people with the same number are two entries. One person in two sources is one entry.
          if (!found.some((known) => known.number === number && isSameName(known.name, entry.name))) found.push(entry);
        }
      }
    }
    return found.slice(0, MAX_FOUND);
  }

  /** Extensions in the PBX's directory, at most `limit`. */
  colleagues(limit: number): string[] {
    const found: string[] = [];
    for (const { numbers } of this.#keeper.people(EXTENSIONS)) {
      for (const { kind, written } of numbers) if (kind === 'extension') found.push(written);
      if (found.length >= limit) break;
    }
    return found;
  }

  /** Whether this is an extension in the PBX's directory. */
  isColleague(number: string): boolean {
    return this.#keeper.index
      .exact(number)
      .some(({ person, kind }) => person.source === EXTENSIONS && kind === 'extension');
  }

  /** The people of a source. */
  of(source: string): Person[] {
    return [...this.#keeper.people(source)];
  }

  hasSource(source: string): boolean {
    return this.#keeper.hasSource(source);
  }

  counts(): { source: string; people: number }[] {
    return this.#keeper.counts();
  }

  /** The contacts that the user entered and that a text finds; '' finds all. */
  ownContacts(text: string): OwnContacts {
    return filterContacts(this.#keeper.people(OWN_SOURCE), text);
  }

  /** All contacts that the user entered, as vCard. */
  async *ownCards(): AsyncGenerator<string> {
    const { vCards } = await import('./export-vcard.ts');
    // Reads all people first, because the store must not be read while something is written to it.
    yield* vCards([...this.#keeper.people(OWN_SOURCE)]);
  }

  tokenOf(source: string): string {
    return this.#keeper.tokenOf(source);
  }

  /** Replaces the people of a source; see PeopleStore. */
  async replace(source: string, people: Iterable<Person>, token = ''): Promise<void> {
    await this.#keeper.replace(source, people, token);
    this.#options.onChange();
  }

  async change(source: string, changes: readonly PersonChange[], token: string): Promise<void> {
    await this.#keeper.change(source, changes, token);
    if (changes.length > 0) this.#options.onChange();
  }

  async remove(source: string): Promise<void> {
    await this.#keeper.remove(source);
    this.#options.onChange();
  }

  /** Counts a call with a number, in either direction. `at` in ms since 1970. */
  countCall(number: string, at: number): void {
    const [key] = readKeys(number, this.#options.place());
    if (key !== undefined) this.#keeper.countCall(key.key, at);
  }

  /** Must be called after opening, and whenever the country or the extensions change. */
  async placeChanged(): Promise<void> {
    await this.#keeper.tidy(this.#options.place());
    this.#options.onChange();
  }

  close(): Promise<void> {
    return this.#keeper.close();
  }
}

function openKeeper({ path, place, clock, log, onNotice }: PeopleOptions): PeopleKeeper {
  if (path === null) return new MemoryPeople(place(), clock);
  const opened = PeopleStore.open({ path, place: place(), clock, log });
  if (opened.opened === 'not') {
    onNotice({ notice: 'not-kept', why: opened.why });
    return new MemoryPeople(place(), clock);
  }
  if (opened.aside !== null) onNotice({ notice: 'damaged', aside: opened.aside });
  return opened.store;
}
