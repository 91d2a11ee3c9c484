import type { DialRules } from '../../shared/dial-rules.ts';
import type { Settings } from '../../shared/settings.ts';

/** The part of the settings that says how numbers are read and written. */
export function dialRulesOf({ dialling: { country, areaCode, extensions, rules } }: Settings): DialRules {
  return { country, areaCode, extensions, rules };
}
