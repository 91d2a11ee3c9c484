import type { DialKind } from '../../../shared/dial.ts';
import type { DialRule, DialRules } from '../../../shared/dial-rules.ts';
import { parseGlobal } from '../numbering-plan.ts';
import { matchesExtension } from './extension-pattern.ts';

export interface RuleInput {
  kind: DialKind;
  /** What would be dialled without rules. */
  dial: string;
  e164: string | null;
}

export interface RuleOutcome {
  dial: string;
  rule: string | null;
  trunk: string;
  callerId: string;
}

/** Writes a number as the first enabled rule that fits it wants it. */
export function applyRules(number: RuleInput, rules: DialRules): RuleOutcome {
  const rule = rules.rules.find((each) => each.enabled && fits(number, each, rules.country));
  if (rule === undefined || number.kind === 'emergency' || number.kind === 'feature-code') {
    return { dial: number.dial, rule: null, trunk: '', callerId: '' };
  }
  return {
    dial: rule.outsidePrefix + write(number, rule, rules.country),
    rule: rule.name,
    trunk: rule.trunk,
    callerId: rule.callerId,
  };
}

function fits({ kind, dial, e164 }: RuleInput, rule: DialRule, country: string): boolean {
  switch (rule.target) {
    case 'national':
      return e164 !== null && parseGlobal(e164)?.country === country;
    case 'international':
      return e164 !== null && parseGlobal(e164)?.country !== country;
    case 'pattern':
      return matchesExtension(dial.replace('+', '\\+'), rule.pattern) || matchesExtension(dial, rule.pattern);
    default:
      return kind === rule.target;
  }
}

function write({ dial, e164 }: RuleInput, rule: DialRule, country: string): string {
  if (rule.form === 'replacement') return dial.replace(new RegExp(`^(?:${rule.pattern})$`), rule.replacement);
  if (e164 === null || rule.form === 'as-is') return dial;
  const parsed = parseGlobal(e164);
  const home = parsed?.country === country ? parsed : null;
  const national = home?.formatNational().replace(/[^0-9]/g, '');
  if (rule.form === 'without-plus') return e164.slice(1);
  if (rule.form === 'national' && national !== undefined) return national;
  if (rule.form === 'national-without-zero' && home !== null) return home.nationalNumber;
  return rule.internationalPrefix === '' ? e164 : rule.internationalPrefix + e164.slice(1);
}
