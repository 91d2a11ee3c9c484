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
  { value: 'international-prefix', label: 'Digits instead of the +' },
  { value: 'national', label: 'National, with prefix (0, 1)' },
  { value: 'national-without-zero', label: 'National, without prefix' },
  { value: 'replacement', label: 'By a replacement' },
];

/** Whether the digits that stand for a + have a say in this form. */
export const usesInternationalPrefix = (form: RuleForm): boolean =>
  form === 'international-prefix' || form === 'national' || form === 'national-without-zero';

/** "All public numbers: 9 + national form, trunk Main" */
export function ruleSummary(rule: DialRule): string {
  const who = rule.target === 'pattern' ? rule.pattern : TARGETS.find(({ value }) => value === rule.target)?.label;
  const outside = rule.outsidePrefix === '' ? '' : `${rule.outsidePrefix} + `;
  const trunk = rule.trunk === '' ? '' : `, trunk ${rule.trunk}`;
  const callerId = rule.callerId === '' ? '' : `, shown as ${rule.callerId}`;
  return `${who ?? ''}: ${outside}${written(rule)}${trunk}${callerId}`;
}

function written({ form, replacement, internationalPrefix }: DialRule): string {
  if (form === 'replacement') return replacement;
  if (form === 'international-prefix' && internationalPrefix !== '') return `${internationalPrefix} instead of the +`;
  return {
    'as-is': 'as it is',
    'without-plus': 'without the +',
    'international-prefix': 'digits instead of the +',
    national: 'national form',
    'national-without-zero': 'national form without its prefix',
  }[form];
}

/** "2 rules, 1 of them off" */
export function countRules({ rules }: DialRules): string {
  const off = rules.filter(({ enabled }) => !enabled).length;
  const all = rules.length === 0 ? 'No rules' : rules.length === 1 ? '1 rule' : `${rules.length} rules`;
  return off === 0 ? all : `${all}, ${off} of them off`;
}
