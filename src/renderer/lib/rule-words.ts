import type { RulesMessages } from '../../messages/rules.ts';
import type { DialRule, RuleForm } from '../../shared/dial-rules.ts';

/** True if this form needs the digits that replace the +. */
export const usesInternationalPrefix = (form: RuleForm): boolean =>
  form === 'international-prefix' || form === 'national' || form === 'national-without-zero';

/** "All public numbers: 9 + national form, trunk Main" */
export function ruleSummary(rule: DialRule, words: RulesMessages): string {
  const who = rule.target === 'pattern' ? rule.pattern : words.targets[rule.target];
  const outside = rule.outsidePrefix === '' ? '' : `${rule.outsidePrefix} + `;
  return words.summary(who, `${outside}${written(rule, words)}`, rule.trunk, rule.callerId);
}

function written({ form, replacement, internationalPrefix }: DialRule, words: RulesMessages): string {
  if (form === 'replacement') return replacement;
  if (form === 'international-prefix' && internationalPrefix !== '') return words.prefixInstead(internationalPrefix);
  return words.written[form];
}
