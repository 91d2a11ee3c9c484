import type { DialRule } from '../../../shared/dial-rules.ts';
import { nationalForm } from './national-form.ts';

/** The facts about a number that are needed to write it in a rule's form. */
export interface NumberToWrite {
  /** The number as it would be dialled without rules. */
  dial: string;
  /** The number with + and country code; null if it has none, or if its country is not certain. */
  global: string | null;
  /** Whether the number is dialled as a national one in `country`; null if that is not certain. */
  national: boolean | null;
  country: string;
  /** The match of the rule's pattern: the whole number, then its groups. */
  groups: readonly string[];
}

/** Writes a number in a rule's form, without its outside prefix. A number without a country code stays as it is. */
export function writeNumber(
  number: NumberToWrite,
  rule: Pick<DialRule, 'form' | 'replacement' | 'internationalPrefix'>,
): string {
  const { form, replacement, internationalPrefix } = rule;
  if (form === 'replacement') return fillIn(replacement, number.groups);
  const { global } = number;
  if (form === 'as-is' || global === null) return number.dial;
  const digits = global.slice(1);
  if (form === 'without-plus') return digits;
  const national =
    form === 'international-prefix' || number.national !== true ? null : nationalForm(global, number.country);
  if (national !== null) return form === 'national' ? national.full : national.withoutPrefix;
  return internationalPrefix === '' ? global : internationalPrefix + digits;
}

/** Replaces $0 by the whole number and $1 to $9 by its groups. A group that does not exist is ''. */
const fillIn = (replacement: string, groups: readonly string[]): string =>
  replacement.replace(/\$([0-9])/g, (_reference, group: string) => groups[Number(group)] ?? '');
