import type { DialRule } from '../../shared/dial-rules.ts';

/** A rule without a place in any list yet. */
type NewRule = Omit<DialRule, 'id'>;

const EMPTY: NewRule = {
  name: 'New rule',
  enabled: true,
  target: 'public',
  pattern: '',
  form: 'as-is',
  replacement: '',
  internationalPrefix: '',
  outsidePrefix: '',
  trunk: '',
  callerId: '',
};

/** Rules to begin with; docs/dialling.md shows what they do. The first one is empty. */
export const PRESETS: readonly NewRule[] = [
  EMPTY,
  { ...EMPTY, name: 'Outside line 0', form: 'national', internationalPrefix: '00', outsidePrefix: '0' },
  { ...EMPTY, name: '00 instead of +', form: 'international-prefix', internationalPrefix: '00' },
  { ...EMPTY, name: 'National with 0', target: 'national', form: 'national' },
  { ...EMPTY, name: 'Keep +' },
];

/** A rule of a preset with an id that no other of the list has. */
export function fromPreset(preset: NewRule, rules: readonly DialRule[]): DialRule {
  const taken = new Set(rules.map(({ id }) => id));
  let number = rules.length + 1;
  while (taken.has(`rule-${number}`)) number += 1;
  return { ...preset, id: `rule-${number}` };
}
