import { DEFAULT_EXTENSIONS, type DialRules } from '../../src/shared/dial-rules.ts';

/** The rules before the user sets any: nothing is completed or rewritten. */
export const DEFAULT_DIAL_RULES: DialRules = { country: '', areaCode: '', extensions: DEFAULT_EXTENSIONS, rules: [] };
