import type { ErrorMessages } from '../../messages/error-messages.ts';
import { messagesLoaded } from './messages.svelte.ts';

let read = $state.raw<() => ErrorMessages | null>(() => null);
let loading: Promise<void> | null = null;

/** The texts of errors in the current language; null until they are loaded. */
export const errorTexts = (): ErrorMessages | null => read();

/** Loads the texts of errors, once. */
export function loadErrorTexts(): Promise<void> {
  loading ??= load();
  return loading;
}

async function load(): Promise<void> {
  const { errorMessages } = await import('./error-messages.ts');
  await messagesLoaded();
  read = errorMessages;
}
