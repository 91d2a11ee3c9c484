import { ENGLISH, loadWindowMessages } from '../../messages/window.ts';
import type { Language } from '../../shared/language.ts';

/** Loads a bundle of messages in a language. Resolves to a function that makes the window use it. */
type LoadBundle = (language: Language) => Promise<() => void>;

let language: Language = 'en';
const bundles: LoadBundle[] = [];
let loading: Promise<unknown> = Promise.resolve();

/**
 * Returns the messages of one bundle in the current language. Views that are loaded on demand have a bundle of their own,
 * which is loaded together with their code, so that the window opens sooner. Read the messages in markup, `$derived` or
 * `$effect`; elsewhere they do not change with the language.
 */
export function messageBundle<T>(english: T, load: (language: Language) => Promise<T>): () => T {
  let current = $state.raw(english);
  const loadBundle: LoadBundle = async (next) => {
    const loaded = await load(next);
    return () => (current = loaded);
  };
  bundles.push(loadBundle);
  if (language !== 'en') loading = Promise.all([loading, show([loadBundle], language)]);
  return () => current;
}

/** The messages of the window's first views. */
export const messages = messageBundle(ENGLISH, loadWindowMessages);

/** Resolves when all bundles that the window uses so far are loaded in the current language. */
export const messagesLoaded = (): Promise<unknown> => loading;

/** Changes the language. Resolves when the window shows it. A later call replaces one that is still loading. */
export async function useLanguage(next: Language): Promise<void> {
  language = next;
  loading = show(bundles, next);
  await loading;
  if (language === next) document.documentElement.lang = next;
}

/** Waits until all bundles are loaded, so that the window never shows two languages. */
async function show(loadBundles: readonly LoadBundle[], next: Language): Promise<void> {
  const uses = await Promise.all(loadBundles.map((loadBundle) => loadBundle(next)));
  if (language === next) uses.forEach((use) => use());
}
