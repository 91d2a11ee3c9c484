import type { DialRule, DialRules } from '../../../shared/dial-rules.ts';
import type { DialKind } from '../../../shared/dial.ts';
import { compilePattern } from '../../numbers/compile-pattern.ts';
import { isNational } from './national-form.ts';
import { writeNumber } from './write-number.ts';

/** A number as it would be dialled without rules. */
export interface RuleInput {
  kind: DialKind;
  /** 0-9 * # and a leading +. */
  dial: string;
  /** E.164 with its +, for a public number whose country is certain. */
  e164: string | null;
}

export interface RuleOutcome {
  dial: string;
  /** The rule that wrote `dial`; null when none did. */
  rule: DialRule | null;
}

const DIALABLE = /^(?=.{1,32}$)\+?[0-9*#]+$/;

/**
 * Rewrites a number by the first enabled rule that matches it. Feature codes and emergency numbers stay as they are, and
 * so does a number if the rule's result cannot be dialled. Pure, never throws, whatever the rules contain.
 */
export function applyRules(number: RuleInput, rules: DialRules): RuleOutcome {
  const unchanged: RuleOutcome = { dial: number.dial, rule: null };
  if (number.kind === 'feature-code' || number.kind === 'emergency') return unchanged;
  const global = globalOf(number);
  const national = global === null ? null : isNational(global, rules.country);
  for (const rule of rules.rules) {
    const groups = rule.enabled ? matchRule(rule, number, national) : null;
    if (groups === null) continue;
    const written = writeNumber({ dial: number.dial, global, national, country: rules.country, groups }, rule);
    const dial = rule.outsidePrefix + written;
    return DIALABLE.test(dial) ? { dial, rule } : unchanged;
  }
  return unchanged;
}

/** The number with + and country code; null if it has none. */
function globalOf({ kind, dial, e164 }: RuleInput): string | null {
  if (kind !== 'public') return null;
  return e164 ?? (dial.startsWith('+') ? dial : null);
}

/**
 * The groups that a replacement can refer to, the whole number first; null if the rule does not match. `national`:
 * whether the number is dialled as a national one, or null if that is not certain.
 */
function matchRule(rule: DialRule, { kind, dial }: RuleInput, national: boolean | null): string[] | null {
  if (rule.target === 'pattern') {
    const compiled = compilePattern(rule.pattern);
    return 'pattern' in compiled ? compiled.pattern.match(dial) : null;
  }
  const fits =
    rule.target === 'national'
      ? national === true
      : rule.target === 'international'
        ? national === false
        : rule.target === kind;
  return fits ? [dial] : null;
}
