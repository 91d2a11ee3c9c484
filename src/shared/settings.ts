import type { z } from 'zod';
import type { settingsShape } from './schema/settings.ts';

/**
 * The user's choices, one JSON file. schema/settings.ts describes each; core/settings adds what the dial rules have to
 * fulfil, and the defaults.
 */
export type Settings = { [G in keyof typeof settingsShape]: z.output<(typeof settingsShape)[G]> };

/**
 * A change to some settings: leaves, including lists, are replaced as a whole; groups may be partial at any depth.
 * Include only what changes: any other value would undo a change that was made in the meantime.
 */
export type SettingsPatch = { [G in keyof Settings]?: SomeOf<Settings[G]> };

type SomeOf<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: SomeOf<T[K]> } : T;
