import { createContext } from 'svelte';
import type { StrayClicks } from './stray-clicks.ts';
import type { DialField } from './dial-field.svelte.ts';
import type { RulesDraft } from './rules-draft.svelte.ts';
import type { SettingsPlace } from './settings-place.svelte.ts';
import type { Store } from './store.svelte.ts';

/** What every view and component of the window can reach. */
export interface WindowContext {
  store: Store;
  dial: DialField;
  rules: RulesDraft;
  clicks: StrayClicks;
  settingsPlace: SettingsPlace;
}

export const [useWindow, provideWindow] = createContext<WindowContext>();
