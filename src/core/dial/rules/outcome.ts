import type { Destination } from '../../../shared/dial.ts';
import type { DialRule } from '../../../shared/dial-rules.ts';
import { classify } from '../../numbers/classify.ts';
import { parseGlobal } from '../../numbers/numbering-plan.ts';
import type { NumberPlace } from '../../numbers/national-number.ts';
import { withoutCallerIdCode } from '../feature-codes.ts';
import { isCostly, isPremium } from '../guards/destination.ts';
import type { RuleInput } from './apply-rules.ts';

/** Prefixes for an outside line have at most this many digits; more digits in front may be part of the number. */
const MAX_OUTSIDE_LINE_DIGITS = 3;
/** The digits for an outside line on most PBXs. Other digits in front may be part of the number. */
const USUAL_LINE = /^[09]?$/;
/** Fewer digits at the end say nothing about whom a number belongs to. */
const SUBSCRIBER_DIGITS = 3;

/** The result of applying a rule to a number. */
export interface Effect {
  /**
   * The number that the PBX gets; null if the rule only chose another form of the same number. A text that cannot be
   * read counts as a number that does not exist.
   */
  reaches: Destination | null;
  /** The rule put another number in place of the one that was meant, as far as can be known. */
  replaces: boolean;
}

/**
 * Describes the effect of the rule that wrote `sent`. The digits are read with and without the outside line, because
 * only the PBX knows whether it takes them for one.
 */
export function effectOf(number: RuleInput, sent: string, rule: DialRule, place: NumberPlace): Effect {
  const line = lineOf(rule);
  const behindLine = readSent(sent.slice(line.length), place);
  const whole = readSent(sent, place);
  const inReplacement = readSent(sent.slice(line.length).replace(/^[09]/, ''), place);
  const isSame = USUAL_LINE.test(line) && [behindLine, whole, inReplacement].some((one) => isMeant(one, number));
  const readings = [behindLine, whole].filter((one) => one !== null);
  const other = isSame ? undefined : readings.find((one) => isOther(one, number));
  // Without a country it is not known whether the number behind the outside line is the same.
  const grave = isSame && number.e164 !== null ? undefined : readings.find((one) => isGrave(one, place.country));
  const isRead = !isSame && (rule.form === 'replacement' || isLongInFront(rule));
  return {
    reaches: grave ?? other ?? (isRead ? behindLine : null),
    replaces:
      other !== undefined || (isRead && rule.form === 'replacement' && replaces(number, sent, rule, behindLine)),
  };
}

const isLongInFront = (rule: DialRule): boolean =>
  rule.outsidePrefix !== lineOf(rule) || rule.internationalPrefix.length > MAX_OUTSIDE_LINE_DIGITS;

const lineOf = ({ outsidePrefix }: DialRule): string =>
  /^[0-9]*$/.test(outsidePrefix) && outsidePrefix.length <= MAX_OUTSIDE_LINE_DIGITS ? outsidePrefix : '';

/** The own area code is left out: the digits are read as the PBX gets them. */
function readSent(sent: string, place: NumberPlace): Destination | null {
  const number = withoutCallerIdCode(sent);
  if (number === '') return null;
  const read = classify(number, { ...place, areaCode: '' });
  return read.ok ? read.value : { kind: 'public', dial: number, e164: null, warnings: ['not-valid'] };
}

const isGrave = (one: Destination, country: string): boolean =>
  one.kind === 'emergency' || isCostly(one, country) || isPremium(one, country);

const isMeant = (one: Destination | null, { e164, dial }: RuleInput): boolean =>
  one !== null && (e164 === null ? one.dial === dial : one.e164 === e164);

/**
 * A number that exists and is not the one that was meant; abroad also one with digits too many, which networks ignore.
 */
function isOther(one: Destination, { e164 }: RuleInput): boolean {
  const exists = one.e164 !== null && !one.warnings.includes('not-valid');
  return exists ? one.e164 !== e164 : e164 !== null && /^00[1-9]/.test(one.dial);
}

/**
 * Whether a replacement is another number. It is not when both end in the same digits: then only what is in front
 * changed (the national 0, an outside line, another site). And it is not when the rule removes digits that its pattern
 * spells out, as for the company's own numbers that become extensions.
 */
function replaces(number: RuleInput, written: string, rule: DialRule, reached: Destination | null): boolean {
  // Some trunks want a # behind the number.
  const sent = written.replace(/#$/, '');
  const rest = sent.replace(/^[09]/, '');
  const meant = subscriberOf(number);
  // An extension behind more digits may be anybody's public number.
  const endsAlike = sent.endsWith(meant) && (number.kind === 'public' || reached?.kind !== 'public' || rest === meant);
  return !endsAlike && ![sent, rest].some((kept) => removesOnlySpelt(number.dial, kept, rule));
}

/** The number without what only says where it is: the country code, the national 0. */
function subscriberOf({ kind, dial, e164 }: RuleInput): string {
  const national = parseGlobal(e164 ?? dial)?.nationalNumber;
  return kind === 'public' ? (national ?? dial.replace(/^0/, '')) : dial;
}

function removesOnlySpelt(dial: string, kept: string, { target, pattern }: DialRule): boolean {
  if (target !== 'pattern' || kept.length < SUBSCRIBER_DIGITS || !dial.endsWith(kept)) return false;
  // A digit with a quantifier behind it is not spelt out.
  const spelt = /^(?:(?:\\\+|[0-9])(?![?*+{]))*/.exec(pattern)?.[0].replace('\\', '');
  return spelt === dial.slice(0, dial.length - kept.length);
}
