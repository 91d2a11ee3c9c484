import type { NumberPlace } from '../numbers/national-number.ts';
import type { NumberIndex } from './number-index.ts';
import type { Person, PersonChange } from './person.ts';

/** Stores people, by the source they come from: in a database, or in memory if there is none. */
export interface PeopleKeeper {
  index: NumberIndex;
  /** `key`: as `nameKey` makes it. */
  isKnownName(key: string): boolean;
  search(text: string, limit: number): Person[];
  people(source: string): Iterable<Person>;
  /** Whether people of this source were written before, even if there are none now. */
  hasSource(source: string): boolean;
  /** The number of people of each source. Counts all people: only for what the user opens. */
  counts(): { source: string; people: number }[];
  /** The token for the next changes of a source; '' if there is none. */
  tokenOf(source: string): string;
  /** Replaces all people of a source. */
  replace(source: string, people: Iterable<Person>, token?: string): Promise<void>;
  change(source: string, changes: readonly PersonChange[], token: string): Promise<void>;
  /** Deletes a source and its people. */
  remove(source: string): Promise<void>;
  /** Counts a call with a number, for the order of search results. `at`: ms since 1970. */
  countCall(key: string, at: number): void;
  /** Reads all numbers again if `place` has changed. */
  tidy(place?: NumberPlace): Promise<void>;
  close(): Promise<void>;
}
