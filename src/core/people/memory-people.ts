import type { Clock } from '../clock.ts';
import type { NumberPlace } from '../numbers/national-number.ts';
import { dialsOf } from './contact-list.ts';
import { nameKey } from './names.ts';
import { MemoryIndex, type NumberIndex } from './number-index.ts';
import type { PeopleKeeper } from './keeper.ts';
import type { Person, PersonChange } from './person.ts';
import { searchList, searchQueryOf, searchTextOf, type SearchText } from './search.ts';

interface Source {
  /** By id. */
  people: Map<string, Person>;
  /** For the next changes; '' if there is none. */
  token: string;
}

/** What finds people. It is made from all sources. */
interface Indexes {
  index: MemoryIndex;
  names: Set<string>;
  texts: { person: Person; searchText: SearchText; keys: string[] }[];
}

/** Stores people in memory, for the demo and for runtimes without SQLite. They are lost when the program ends. */
export class MemoryPeople implements PeopleKeeper {
  readonly #sources = new Map<string, Source>();
  /** By the key of the number. */
  readonly #calls = new Map<string, { calls: number; lastAt: number }>();
  #place: NumberPlace;
  readonly #clock: Pick<Clock, 'now'>;
  /** null after a change, until they are needed again. */
  #cachedIndexes: Indexes | null = null;

  constructor(place: NumberPlace, clock: Pick<Clock, 'now'>) {
    this.#place = place;
    this.#clock = clock;
  }

  get index(): NumberIndex {
    return this.#indexes.index;
  }

  isKnownName(key: string): boolean {
    return this.#indexes.names.has(key);
  }

  search(text: string, limit: number): Person[] {
    const list = this.#indexes.texts.map(({ person, searchText, keys }) => {
      const counts = keys.map((key) => this.#calls.get(key)).filter((count) => count !== undefined);
      const calls = counts.reduce((sum, count) => sum + count.calls, 0);
      const lastAt = Math.max(0, ...counts.map((count) => count.lastAt));
      return { person, text: searchText, standing: { favourite: person.favourite, calls, lastAt } };
    });
    return searchList(searchQueryOf(text), list, { limit, now: this.#clock.now() }).people;
  }

  people(source: string): Iterable<Person> {
    return this.#sources.get(source)?.people.values() ?? [];
  }

  hasSource(source: string): boolean {
    return this.#sources.has(source);
  }

  counts(): { source: string; people: number }[] {
    return [...this.#sources].map(([source, { people }]) => ({ source, people: people.size }));
  }

  tokenOf(source: string): string {
    return this.#sources.get(source)?.token ?? '';
  }

  replace(source: string, people: Iterable<Person>, token = ''): Promise<void> {
    return this.#change(() => {
      const all = new Map<string, Person>();
      for (const person of people) all.set(person.id, { ...person, source });
      this.#sources.set(source, { people: all, token });
    });
  }

  change(source: string, changes: readonly PersonChange[], token: string): Promise<void> {
    return this.#change(() => {
      const people = this.#sources.get(source)?.people ?? new Map<string, Person>();
      for (const change of changes) {
        if (change.change === 'set') people.set(change.person.id, { ...change.person, source });
        else people.delete(change.id);
      }
      this.#sources.set(source, { people, token });
    });
  }

  remove(source: string): Promise<void> {
    return this.#change(() => this.#sources.delete(source));
  }

  countCall(key: string, at: number): void {
    const { calls = 0, lastAt = 0 } = this.#calls.get(key) ?? {};
    this.#calls.set(key, { calls: calls + 1, lastAt: Math.max(lastAt, at) });
  }

  tidy(place: NumberPlace = this.#place): Promise<void> {
    return this.#change(() => (this.#place = place));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The promise is rejected if `change` throws. */
  async #change(change: () => unknown): Promise<void> {
    await Promise.resolve();
    change();
    this.#cachedIndexes = null;
  }

  get #indexes(): Indexes {
    this.#cachedIndexes ??= this.#makeIndexes();
    return this.#cachedIndexes;
  }

  #makeIndexes(): Indexes {
    const index = new MemoryIndex(this.#place);
    const names = new Set<string>();
    const texts: Indexes['texts'] = [];
    for (const { people } of this.#sources.values()) {
      for (const person of people.values()) {
        index.add(person);
        for (const name of [person.name, person.company]) names.add(nameKey(name));
        const keys = dialsOf(person, this.#place);
        texts.push({ person, searchText: searchTextOf(person, keys), keys });
      }
    }
    return { index, names, texts };
  }
}
