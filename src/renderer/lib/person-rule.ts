import { sameNumber } from '../../shared/same-number.ts';
import type { Settings } from '../../shared/settings.ts';

type PersonRules = Settings['notifications']['people'];

/**
 * Whether Traydial decides if its notifications have a sound. On Linux the desktop does: Electron passes `silent` to no
 * notification service there, and node-notifier has no second hint for it.
 */
export const decidesSound = (platform: string): boolean => platform !== 'linux';

/** An extension of at most this many digits is another person at another PBX. */
const MAX_EXTENSION = 6;

/**
 * The rule that was made for a number. For an extension, a rule against notifications that names somebody else does not
 * count, as in the notification center.
 */
export const ruleOf = (rules: PersonRules, number: string, name: string): PersonRules[number] | undefined =>
  rules.find(
    (rule) =>
      sameNumber(rule.number, number) &&
      (rule.notify === 'always' ||
        number.length > MAX_EXTENSION ||
        [rule.name, name].includes('') ||
        rule.name === name),
  );
