import type { Database } from '../store/database.ts';
import { searchForm } from './search-form.ts';

/** What the window shows for numbers. */
export interface ShownTexts {
  /** Changes whenever a name may have changed. */
  readonly namesVersion: number;
  /** Name and company; '' if nobody is known. */
  shownText(number: string): string;
}

/** The names of the open account. */
export type Shown = () => ShownTexts;

export const NO_NAMES: ShownTexts = { namesVersion: 0, shownText: () => '' };

/** About 5 MB. With more numbers the names are looked up again. */
const MAX_NUMBERS = 50_000;

/**
 * The names that the window shows for numbers, normalised for searching. Entries are stored with the names
 * that callers sent, and are shown with those of the directory, so a search compares both.
 */
export class ShownNames {
  #shown: Shown = () => NO_NAMES;
  #version = 0;
  #forms = new Map<string, string>();

  use(shown: Shown): void {
    this.#shown = shown;
    this.#forms = new Map();
  }

  /** Must be called before a search: names may have changed. */
  refresh(): void {
    const { namesVersion } = this.#shown();
    if (namesVersion !== this.#version) this.#forms = new Map();
    this.#version = namesVersion;
  }

  /** Whether the name shown for a number contains `word`, which is normalised by `searchForm`. */
  has(number: string, word: string): boolean {
    return this.#formOf(number).includes(word);
  }

  #formOf(number: string): string {
    const known = this.#forms.get(number);
    if (known !== undefined) return known;
    if (this.#forms.size >= MAX_NUMBERS) this.#forms = new Map();
    const form = searchForm(this.#shown().shownText(number));
    this.#forms.set(number, form);
    return form;
  }
}

/** Makes `shows(number, word)` available to the statements of a database. */
export function defineShows(database: Database, names: ShownNames): void {
  database.function('shows', (number, word) => Number(names.has(String(number), String(word))));
}
