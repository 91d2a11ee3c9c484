import { createContext, untrack } from 'svelte';

/** The search in the settings. */
export class SettingsSearch {
  readonly #text: () => string;
  /** How many controls match. */
  found = $state(0);

  constructor(text: () => string) {
    this.#text = text;
  }

  readonly #words = $derived.by(() =>
    folded(this.#text())
      .split(/\s+/u)
      .filter((word) => word !== ''),
  );

  get active(): boolean {
    return this.#words.length > 0;
  }

  /** True if each typed word is in one of the texts. */
  matches(texts: readonly string[]): boolean {
    const all = folded(texts.join('\n'));
    return this.#words.every((word) => all.includes(word));
  }
}

/** A group of controls in the settings. It is hidden if none of them matches the search. */
export class SearchedGroup {
  /** The title and other texts by which all controls of the group are found. */
  readonly texts: () => string;
  /** How many of its controls match. */
  found = $state(0);

  constructor(texts: () => string) {
    this.texts = texts;
  }
}

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLocaleLowerCase();

export const [useSearch, provideSearch] = createContext<SettingsSearch>();
export const [useSearchedGroup, provideSearchedGroup] = createContext<SearchedGroup>();

/**
 * Must be called while the component of a control is created. Returns a function that says whether the control is shown.
 * `texts`: the texts by which the control is found.
 */
export function searchedPart(texts: () => readonly string[]): () => boolean {
  const search = useSearch();
  const group = useSearchedGroup();
  const matches = $derived(search.matches([group.texts(), ...texts()]));
  $effect(() => {
    if (!matches) return undefined;
    const addToCounts = (by: number): void =>
      untrack(() => {
        search.found += by;
        group.found += by;
      });
    addToCounts(1);
    return () => addToCounts(-1);
  });
  return () => matches;
}
