import type { Database } from '../store/database.ts';
import { searchForm } from './search-form.ts';

/** Looks up the texts that the window shows for numbers. */
export interface ShownTexts {
  /** Changes whenever a name may have changed. */
  readonly namesVersion: number;
  /** The name and company that are shown for a number; '' if it is not known whose it is. */
  shownText(number: string): string;
}

/** Returns the texts of the account that is open now. */
export type GetShownTexts = () => ShownTexts;

export const NO_SHOWN_TEXTS: ShownTexts = { namesVersion: 0, shownText: () => '' };

/** How many names are cached: about 5 MB. */
const MAX_CACHED = 50_000;

/**
 * Searches the names that the window shows. The history stores the names that callers sent, but the window shows the
 * names of the directory instead, so a search has to compare both.
 */
export class ShownNames {
  #getShownTexts: GetShownTexts = () => NO_SHOWN_TEXTS;
  #version = 0;
  /** Number -> its shown name, as `searchForm` writes it. */
  #forms = new Map<string, string>();

  use(getShownTexts: GetShownTexts): void {
    this.#getShownTexts = getShownTexts;
    this.#forms = new Map();
  }

  /** Must be called before a search, because names may have changed. */
  refresh(): void {
    const { namesVersion } = this.#getShownTexts();
    if (namesVersion !== this.#version) this.#forms = new Map();
    this.#version = namesVersion;
  }

  /** True if the name shown for a number contains `word`, which `searchForm` must have written. */
  has(number: string, word: string): boolean {
    return this.#formOf(number).includes(word);
  }

  #formOf(number: string): string {
    const known = this.#forms.get(number);
    if (known !== undefined) return known;
    if (this.#forms.size >= MAX_CACHED) this.#forms = new Map();
    const form = searchForm(this.#getShownTexts().shownText(number));
    this.#forms.set(number, form);
    return form;
  }
}

/** Adds the SQL function `shows(number, word)` to a database: 1 if the name shown for the number contains the word. */
export function defineShowsFunction(database: Database, names: ShownNames): void {
  database.function('shows', (number, word) => Number(names.has(String(number), String(word))));
}
