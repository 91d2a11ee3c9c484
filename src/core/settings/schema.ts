import { z } from 'zod';
import { diallingShape, settingsShape } from '../../shared/schema/settings.ts';
import type { Settings } from '../../shared/settings.ts';
import { dialRulesShape } from './rule-schema.ts';
import { MIGRATIONS } from './migrations.ts';

/** The version of the settings file that this program writes. */
export const SETTINGS_VERSION = MIGRATIONS.length + 1;

/** The settings that may be saved. Unlike the shape in shared/, it only accepts dial rules that can be applied. */
export const settingsSchema = z.strictObject({
  ...settingsShape,
  dialling: z.strictObject({ ...diallingShape, ...dialRulesShape }),
}) satisfies z.ZodType<Settings>;
