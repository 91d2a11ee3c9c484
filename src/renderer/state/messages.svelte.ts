import { ENGLISH, loadWindowMessages } from '../../messages/window.ts';
import type { Language } from '../../shared/language.ts';

/** Loads a pack of messages in a language. Resolves to a function that makes the window use it. */
type LoadPack = (language: Language) => Promise<() => void>;

let language: Language = 'en';
const packs: LoadPack[] = [];
let loading: Promise<unknown> = Promise.resolve();

/**
 * A pack of messages in the current language. Each view has its own, which is loaded together with its code. The messages
 * change with the language only if they are read in markup, `$derived` or `$effect`.
 */
export function pack<T>(english: T, load: (language: Language) => Promise<T>): () => T {
  let current = $state.raw(english);
  const loadPack: LoadPack = async (next) => {
    const loaded = await load(next);
    return () => (current = loaded);
  };
  packs.push(loadPack);
  if (language !== 'en') loading = Promise.all([loading, show([loadPack], language)]);
  return () => current;
}

/** The messages of the window's first views. */
export const messages = pack(ENGLISH, loadWindowMessages);

/** Resolves when all packs so far are loaded in the current language. */
export const packsLoaded = (): Promise<unknown> => loading;

/** Changes the language. Resolves when the window shows it. A later call cancels one that is still loading. */
export async function useLanguage(next: Language): Promise<void> {
  language = next;
  loading = show(packs, next);
  await loading;
  if (language === next) document.documentElement.lang = next;
}

/** Waits until all are loaded, so that the window never shows two languages. */
async function show(loadPacks: readonly LoadPack[], next: Language): Promise<void> {
  const uses = await Promise.all(loadPacks.map((loadPack) => loadPack(next)));
  if (language === next) uses.forEach((use) => use());
}
