import type { NumberPlace } from '../numbers/national-number.ts';
import type { NumberIndex } from './number-index.ts';
import type { Person, PersonChange } from './person.ts';

/** Stores people: in a database, or in memory if there is none. */
export interface PeopleKeeper {
  index: NumberIndex;
  isKnownName(key: string): boolean;
  search(text: string, limit: number): Person[];
  people(source: string): Iterable<Person>;
  counts(): { source: string; people: number }[];
  tokenOf(source: string): string;
  replace(source: string, people: Iterable<Person>, token?: string): Promise<void>;
  change(source: string, changes: readonly PersonChange[], token: string): Promise<void>;
  remove(source: string): Promise<void>;
  countCall(key: string, at: number): void;
  tidy(place?: NumberPlace): Promise<void>;
  close(): Promise<void>;
}
