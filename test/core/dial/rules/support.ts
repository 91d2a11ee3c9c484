import { applyRules, type RuleInput } from '../../../../src/core/dial/rules/apply-rules.ts';
import { DEFAULT_EXTENSIONS, type DialRule, type DialRules } from '../../../../src/shared/dial-rules.ts';

/** A rule that puts 0 before public numbers without their +, with the changes of a test. */
export function rule(changes: Partial<DialRule> = {}): DialRule {
  return {
    id: 'rule-1',
    name: 'Outside line',
    enabled: true,
    target: 'public',
    pattern: '',
    form: 'without-plus',
    replacement: '',
    internationalPrefix: '',
    outsidePrefix: '0',
    trunk: '',
    callerId: '',
    ...changes,
  };
}

/** Rules for a desk in Berlin. A rule without an id gets one by its position. */
export function dialRules(rules: Partial<DialRule>[] = [], changes: Partial<DialRules> = {}): DialRules {
  return {
    country: 'DE',
    areaCode: '30',
    extensions: DEFAULT_EXTENSIONS,
    rules: rules.map((each, index) => rule({ id: `rule-${index + 1}`, ...each })),
    ...changes,
  };
}

/** The number in the plan after the rules. */
export function written(number: RuleInput, rules: DialRules) {
  const { dial, rule } = applyRules(number, rules);
  return { dial, rule: rule?.name ?? null, trunk: rule?.trunk ?? '', callerId: rule?.callerId ?? '' };
}
