import type { DialRule, DialRules, RuleForm, RuleTarget } from '../../shared/dial-rules.ts';

export const TARGETS: readonly { value: RuleTarget; label: string }[] = [
  { value: 'public', label: 'All public numbers' },
  { value: 'national', label: 'Numbers of my country' },
  { value: 'international', label: 'Numbers of other countries' },
  { value: 'extension', label: 'Extensions' },
  { value: 'short-code', label: 'Short codes' },
  { value: 'pattern', label: 'Numbers by pattern' },
];

export const FORMS: readonly { value: RuleForm; label: string }[] = [
  { value: 'as-is', label: 'As it is' },
  { value: 'without-plus', label: 'Without the +' },
  { value: 'international-prefix', label: 'With digits instead of the +' },
  { value: 'national', label: 'As inside the country, with 0' },
  { value: 'national-without-zero', label: 'As inside the country, without 0' },
  { value: 'replacement', label: 'By a replacement' },
];

const labelOf = <T>(choices: readonly { value: T; label: string }[], value: T): string =>
  choices.find((choice) => choice.value === value)?.label ?? '';

/** Whether the digits that stand for a + have a say in this form. */
export const usesInternationalPrefix = (form: RuleForm): boolean =>
  form === 'international-prefix' || form === 'national' || form === 'national-without-zero';

/** "All public numbers: with 00 instead of the +, after 9" */
export function ruleSummary(rule: DialRule): string {
  const form = rule.form === 'replacement' ? `as ${rule.replacement}` : lowerFirst(labelOf(FORMS, rule.form));
  const prefix = rule.internationalPrefix;
  const written = rule.form === 'international-prefix' && prefix !== '' ? `with ${prefix} instead of the +` : form;
  const who = rule.target === 'pattern' ? rule.pattern : labelOf(TARGETS, rule.target);
  const parts = [
    `${who}: ${written}`,
    rule.outsidePrefix === '' ? '' : `${rule.outsidePrefix} in front`,
    rule.trunk === '' ? '' : `trunk ${rule.trunk}`,
    rule.callerId === '' ? '' : `shown as ${rule.callerId}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** "2 rules, 1 of them off" */
export function countRules({ rules }: DialRules): string {
  const off = rules.filter(({ enabled }) => !enabled).length;
  const all = rules.length === 0 ? 'No rules' : rules.length === 1 ? '1 rule' : `${rules.length} rules`;
  return off === 0 ? all : `${all}, ${off} of them off`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
