import type { Destination } from '../../../shared/dial.ts';
import type { DialRule } from '../../../shared/dial-rules.ts';
import { classify } from '../../numbers/classify.ts';
import { parseGlobal } from '../../numbers/numbering-plan.ts';
import type { NumberPlace } from '../../numbers/national-number.ts';
import { withoutCallerIdPrefix } from '../feature-codes.ts';
import { isCostly, isPremium } from '../guards/destination.ts';
import type { RuleInput } from './apply-rules.ts';

/** Prefixes for an outside line have at most this many digits; more digits in front may be part of the number. */
const MAX_OUTSIDE_LINE_DIGITS = 3;
/** The digits for an outside line on most PBXs. Other digits in front may be part of the number. */
const USUAL_LINE = /^[09]?$/;
/** Two numbers that share fewer digits at their ends may belong to different subscribers. */
const SUBSCRIBER_DIGITS = 3;

/** The effect of a dial rule on a number. */
export interface RuleEffect {
  /**
   * The number that the PBX gets; null if the rule only chose another form of the same number. Digits that cannot be
   * read count as a number that does not exist.
   */
  afterRules: Destination | null;
  /** True if the rule put another number in place of the one that was meant, as far as the digits show. */
  replaces: boolean;
}

/**
 * Finds the effect of the rule that wrote `sent`. Only the PBX knows whether the first digits of `sent` choose an outside
 * line, so this reads `sent` with and without them.
 */
export function effectOf(number: RuleInput, sent: string, rule: DialRule, place: NumberPlace): RuleEffect {
  const line = outsideLineOf(rule);
  const withLine = readSent(sent, place);
  const withoutLine = readSent(sent.slice(line.length), place);
  // A replacement may contain an outside line of its own.
  const withoutBothLines = readSent(sent.slice(line.length).replace(/^[09]/, ''), place);
  const isSame =
    USUAL_LINE.test(line) && [withoutLine, withLine, withoutBothLines].some((read) => isMeant(read, number));
  const readings = [withoutLine, withLine].filter((read) => read !== null);
  const otherNumber = isSame ? undefined : readings.find((read) => isOtherNumber(read, number));
  // Equal digits prove that the number is the same only if its country is certain.
  const isProven = isSame && number.e164 !== null;
  const seriousNumber = isProven ? undefined : readings.find((read) => isSerious(read, place.country));
  const isReplacement = rule.form === 'replacement';
  const mayBeOther = !isSame && (isReplacement || hasLongPrefix(rule));
  return {
    afterRules: seriousNumber ?? otherNumber ?? (mayBeOther ? withoutLine : null),
    replaces:
      otherNumber !== undefined || (mayBeOther && isReplacement && replacesNumber(number, sent, rule, withoutLine)),
  };
}

/** True if the rule puts so many digits in front that they may be part of a number. */
const hasLongPrefix = (rule: DialRule): boolean =>
  rule.outsidePrefix !== outsideLineOf(rule) || rule.internationalPrefix.length > MAX_OUTSIDE_LINE_DIGITS;

const outsideLineOf = ({ outsidePrefix }: DialRule): string =>
  /^[0-9]*$/.test(outsidePrefix) && outsidePrefix.length <= MAX_OUTSIDE_LINE_DIGITS ? outsidePrefix : '';

/** Reads digits as the PBX gets them. The PBX does not add the user's area code, so this does not either. */
function readSent(sent: string, place: NumberPlace): Destination | null {
  const number = withoutCallerIdPrefix(sent);
  if (number === '') return null;
  const read = classify(number, { ...place, areaCode: '' });
  return read.ok ? read.value : { kind: 'public', dial: number, e164: null, warnings: ['not-valid'] };
}

const isSerious = (read: Destination, country: string): boolean =>
  read.kind === 'emergency' || isCostly(read, country) || isPremium(read, country);

const isMeant = (read: Destination | null, { e164, dial }: RuleInput): boolean =>
  read !== null && (e164 === null ? read.dial === dial : read.e164 === e164);

/**
 * True for a number that exists and is not the one that was meant. A number that begins with 00 counts even if it does
 * not exist: it may have too many digits, and networks ignore those.
 */
function isOtherNumber(read: Destination, { e164 }: RuleInput): boolean {
  const exists = read.e164 !== null && !read.warnings.includes('not-valid');
  return exists ? read.e164 !== e164 : e164 !== null && /^00[1-9]/.test(read.dial);
}

/**
 * Whether a replacement is another number. `written` is the replacement, and `read` is how the PBX reads it. The number
 * is the same in two cases:
 * - Both end in the same digits. Then only the digits in front have changed (the national 0, an outside line, another
 *   site).
 * - The rule only removes digits that its pattern names one by one, as when the company's own numbers become extensions.
 */
function replacesNumber(number: RuleInput, written: string, rule: DialRule, read: Destination | null): boolean {
  // Some trunks need a # at the end of the number.
  const sent = written.replace(/#$/, '');
  const withoutLine = sent.replace(/^[09]/, '');
  const subscriber = subscriberOf(number);
  // Digits that end in an extension may be the public number of somebody else.
  const endsAlike =
    sent.endsWith(subscriber) && (number.kind === 'public' || read?.kind !== 'public' || withoutLine === subscriber);
  return !endsAlike && ![sent, withoutLine].some((kept) => removesOnlyNamedDigits(number.dial, kept, rule));
}

/** The number without its country code or national 0. */
function subscriberOf({ kind, dial, e164 }: RuleInput): string {
  const national = parseGlobal(e164 ?? dial)?.nationalNumber;
  return kind === 'public' ? (national ?? dial.replace(/^0/, '')) : dial;
}

/** True if `kept` is the end of `dial` and the pattern begins with exactly the digits before it. */
function removesOnlyNamedDigits(dial: string, kept: string, { target, pattern }: DialRule): boolean {
  if (target !== 'pattern' || kept.length < SUBSCRIBER_DIGITS || !dial.endsWith(kept)) return false;
  // A digit with a quantifier may occur any number of times, so it does not count.
  const named = /^(?:(?:\\\+|[0-9])(?![?*+{]))*/.exec(pattern)?.[0].replace('\\', '');
  return named === dial.slice(0, dial.length - kept.length);
}
