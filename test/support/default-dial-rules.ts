import { DEFAULT_EXTENSIONS, type DialRules } from '../../src/shared/dial-rules.ts';

/** What holds until somebody sets something: nothing is completed, nothing rewritten. */
export const DEFAULT_DIAL_RULES: DialRules = { country: '', areaCode: '', extensions: DEFAULT_EXTENSIONS, rules: [] };
