import { DEFAULT_EXTENSIONS, type DialRules } from '../../shared/dial-rules.ts';
import type { Settings } from '../../shared/settings.ts';

/** How numbers are understood and written, as the settings say. */
export function dialRulesOf({ dialling: { country } }: Settings): DialRules {
  return { country, areaCode: '', extensions: DEFAULT_EXTENSIONS, rules: [] };
}
