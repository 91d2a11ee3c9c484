import { createContext, untrack } from 'svelte';

/** What is searched for among all settings, and how many parts of the pages match. */
export class SettingsSearch {
  readonly #text: () => string;
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

  /** Whether each word that was typed is in one of the texts. */
  matches(texts: readonly string[]): boolean {
    const all = folded(texts.join('\n'));
    return this.#words.every((word) => all.includes(word));
  }
}

/** The parts of one group of settings: without a match in it the group is not shown. */
export class SearchedGroup {
  /** What all parts of the group are found by. */
  readonly texts: () => string;
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

/** For a part of a group while it is set up: returns whether the part is shown. `texts`: what it can be found by. */
export function searchedPart(texts: () => readonly string[]): () => boolean {
  const search = useSearch();
  const group = useSearchedGroup();
  const matches = $derived(search.matches([group.texts(), ...texts()]));
  $effect(() => {
    if (!matches) return undefined;
    const count = (by: number): void => untrack(() => [search, group].forEach((counted) => (counted.found += by)));
    count(1);
    return () => count(-1);
  });
  return () => matches;
}
