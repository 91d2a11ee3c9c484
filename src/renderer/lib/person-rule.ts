import { sameNumber } from '../../shared/same-number.ts';
import type { Settings } from '../../shared/settings.ts';

type PersonRules = Settings['notifications']['people'];

/**
 * Whether Traydial decides if its notifications have a sound. On Linux the desktop does: Electron passes `silent` to no
 * notification service there, and node-notifier has no second hint for it.
 */
export const decidesSound = (platform: string): boolean => platform !== 'linux';

/** The rule that was made for a number. */
export const ruleOf = (rules: PersonRules, number: string): PersonRules[number] | undefined =>
  rules.find((rule) => sameNumber(rule.number, number));
