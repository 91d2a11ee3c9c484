import type { z } from 'zod';
import type { draftRulesSchema } from './schema/dial.ts';

/** How numbers are understood and written. Part of the settings; imported and exported as JSON. */
export type DialRules = z.output<typeof draftRulesSchema>;
export type DialRule = DialRules['rules'][number];
export type RuleTarget = DialRule['target'];
export type RuleForm = DialRule['form'];

export const DEFAULT_EXTENSIONS = '[0-9]{3,5}';
