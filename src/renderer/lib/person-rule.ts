import { sameNumber } from '../../shared/same-number.ts';
import type { Settings } from '../../shared/settings.ts';

type PersonRules = Settings['notifications']['people'];

/** The rule that was made for a number. */
export const ruleOf = (rules: PersonRules, number: string): PersonRules[number] | undefined =>
  rules.find((rule) => sameNumber(rule.number, number));
