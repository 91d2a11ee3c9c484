import type { z } from 'zod';
import type { settingsShape } from './schema/settings.ts';

/**
 * The user's settings, stored in one JSON file. schema/settings.ts describes each of them. core/settings has the defaults
 * and the checks of dial rules.
 */
export type Settings = { [G in keyof typeof settingsShape]: z.output<(typeof settingsShape)[G]> };

/**
 * A change to some settings. Groups may be partial at any depth; values, including lists, are replaced as a whole. Include
 * only the values that change, because any other value would undo a change that was made meanwhile.
 */
export type SettingsPatch = { [G in keyof Settings]?: SomeOf<Settings[G]> };

type SomeOf<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: SomeOf<T[K]> } : T;
