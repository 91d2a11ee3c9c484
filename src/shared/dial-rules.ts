import type { z } from 'zod';
import type { draftRulesSchema } from './schema/dial.ts';

/** How numbers are read, and in which form the PBX gets them. A part of the settings that can be exported as JSON. */
export type DialRules = z.output<typeof draftRulesSchema>;
export type DialRule = DialRules['rules'][number];
export type RuleTarget = DialRule['target'];
export type RuleForm = DialRule['form'];

/** The default pattern for extensions: three to five digits. */
export const DEFAULT_EXTENSIONS = '[0-9]{3,5}';
