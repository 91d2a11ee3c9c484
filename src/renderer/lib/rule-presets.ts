import type { RulesMessages } from '../../messages/rules.ts';
import type { DialRule } from '../../shared/dial-rules.ts';

/** A rule without a name and a place in any list yet. */
type NewRule = Omit<DialRule, 'id' | 'name'>;

export interface Preset {
  id: keyof RulesMessages['presets'];
  rule: NewRule;
}

const EMPTY: NewRule = {
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

/** Where + is 011 and an outside line is usually 9. */
const NORTH_AMERICA: ReadonlySet<string> = new Set(['US', 'CA']);

/** Rules to begin with; docs/dialling.md shows what they do. The first one is empty. `country`: '' is not known. */
export function presetsFor(country: string): readonly Preset[] {
  const [outsidePrefix, internationalPrefix] = NORTH_AMERICA.has(country) ? ['9', '011'] : ['0', '00'];
  return [
    { id: 'empty', rule: EMPTY },
    { id: 'outside', rule: { ...EMPTY, form: 'national', internationalPrefix, outsidePrefix } },
    { id: 'zeros', rule: { ...EMPTY, form: 'international-prefix', internationalPrefix } },
    { id: 'national', rule: { ...EMPTY, target: 'national', form: 'national' } },
    { id: 'plus', rule: EMPTY },
  ];
}

export function presetName({ id, rule }: Preset, words: RulesMessages): string {
  if (id === 'outside') return words.presets.outside(rule.outsidePrefix);
  if (id === 'zeros') return words.presets.zeros(rule.internationalPrefix);
  return words.presets[id];
}

/** A rule of a preset with an id that no other of the list has. */
export function fromPreset(preset: NewRule, name: string, rules: readonly DialRule[]): DialRule {
  const taken = new Set(rules.map(({ id }) => id));
  let number = rules.length + 1;
  while (taken.has(`rule-${number}`)) number += 1;
  return { ...preset, name, id: `rule-${number}` };
}
