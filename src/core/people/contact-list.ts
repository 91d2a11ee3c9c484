import type { NumberPlace } from '../numbers/national-number.ts';
import { readCaller } from './caller.ts';
import { groupByName, nameKey } from './names.ts';
import { MemoryIndex } from './number-index.ts';
import { readKeys } from './number-keys.ts';
import type { Person } from './person.ts';
import { NO_STANDING, searchList, searchQueryOf, searchTextOf, type SearchText } from './search.ts';
import { whoIs, type Match, type Who } from './who.ts';

/** The numbers of a person as they would be dialled. */
export const dialsOf = (person: Person, place: NumberPlace): string[] =>
  person.numbers.flatMap(({ written, kind }) =>
    kind === 'sip' ? [] : readKeys(written, place).map(({ dial }) => dial),
  );

/** The people of a file in memory. Finds them by number or by words. */
export class ContactList {
  readonly #place: NumberPlace;
  readonly #index: MemoryIndex;
  readonly #names = new Set<string>();
  readonly #list: { person: Person; text: SearchText; standing: typeof NO_STANDING }[] = [];

  constructor(place: NumberPlace) {
    this.#place = place;
    this.#index = new MemoryIndex(place);
  }

  add(person: Person): void {
    this.#index.add(person);
    for (const name of [person.name, person.company]) this.#names.add(nameKey(name));
    this.#list.push({ person, text: searchTextOf(person, dialsOf(person, this.#place)), standing: NO_STANDING });
  }

  get size(): number {
    return this.#list.length;
  }

  /** Finds whom a line of text names. It is a number, perhaps after a name, a SIP or tel address, or words to search for. */
  find(line: string, { matchLength, limit }: { matchLength: number | null; limit: number }): Who {
    const caller = readCaller(line, this.#place);
    if (caller.kind === 'search') return this.#search(caller.text, limit);
    const isKnownName = (key: string): boolean => this.#names.has(key);
    const who = whoIs(caller, { index: this.#index, place: this.#place, matchLength, isKnownName });
    const isPart = caller.kind === 'number' && !caller.number.certain && who.shown.kind === 'number';
    // A part of a number finds people, but none of them is who has that number.
    return isPart && /^[0-9 ()./-]+$/.test(line) ? { ...who, matches: this.#search(line, limit).matches } : who;
  }

  #search(text: string, limit: number): Who {
    const { people, count } = searchList(searchQueryOf(text), this.#list, { limit, now: 0 });
    const matches = people.map((person): Match => ({ person, number: this.#firstNumber(person) }));
    const [first] = matches;
    if (first === undefined) return { matches, shown: { kind: 'nothing' } };
    const names = groupByName(people, ({ name }) => name).length;
    if (count > people.length || names > 1)
      return { matches, shown: { kind: 'several', count: count > people.length ? count : names } };
    const { name, company } = first.person;
    return { matches, shown: { kind: 'person', name, company } };
  }

  /** The first number of a person, as it would be dialled. Fax numbers and SIP addresses come last. */
  #firstNumber({ numbers }: Person): string {
    const voice = numbers.filter(({ kind }) => kind !== 'fax' && kind !== 'sip');
    for (const { written } of [...voice, ...numbers]) {
      const [key] = readKeys(written, this.#place);
      if (key !== undefined) return key.dial;
    }
    return '';
  }
}
