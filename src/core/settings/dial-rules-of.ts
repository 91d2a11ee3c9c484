import type { DialRules } from '../../shared/dial-rules.ts';
import type { Settings } from '../../shared/settings.ts';

/** How numbers are understood and written, as the settings say. */
export function dialRulesOf({ dialling: { country, areaCode, extensions, rules } }: Settings): DialRules {
  return { country, areaCode, extensions, rules };
}
