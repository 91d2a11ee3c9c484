import { ENGLISH, loadWindowMessages } from '../../messages/window.ts';
import type { Language } from '../../shared/language.ts';

/** Loads one pack in a language; the function that it resolves to shows it. */
type Load = (language: Language) => Promise<() => void>;

let language: Language = 'en';
const packs: Load[] = [];
let loading: Promise<unknown> = Promise.resolve();

/**
 * A pack of messages in the current language. Its file is loaded with the code that uses it, so a view has one of its
 * own. Read the messages inside markup, `$derived` or `$effect`: there they follow the language.
 */
export function pack<T>(english: T, load: (language: Language) => Promise<T>): () => T {
  let current = $state.raw(english);
  const use: Load = async (next) => {
    const loaded = await load(next);
    return () => (current = loaded);
  };
  packs.push(use);
  if (language !== 'en') loading = Promise.all([loading, show([use], language)]);
  return () => current;
}

/** The messages of the window's first views. */
export const messages = pack(ENGLISH, loadWindowMessages);

/** Resolves when every pack that was opened so far has the current language. */
export const packsLoaded = (): Promise<unknown> => loading;

/** Switches the language. Resolves when the window shows it; a later call replaces one that still loads. */
export async function useLanguage(next: Language): Promise<void> {
  language = next;
  loading = show(packs, next);
  await loading;
  if (language === next) document.documentElement.lang = next;
}

/** All together, so that nobody sees two languages at once. */
async function show(wanted: readonly Load[], next: Language): Promise<void> {
  const loaded = await Promise.all(wanted.map((load) => load(next)));
  if (language === next) loaded.forEach((use) => use());
}
