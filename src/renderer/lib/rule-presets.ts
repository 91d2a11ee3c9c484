import type { RulesMessages } from '../../messages/rules.ts';
import type { DialRule } from '../../shared/dial-rules.ts';

/** A rule that is not in a list yet. */
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

/** The countries in which 011 replaces + and an outside line usually needs a 9. */
const NORTH_AMERICA: ReadonlySet<string> = new Set(['US', 'CA']);

/** The rules that are offered as a start (see docs/dialling.md). The first one is empty. `country`: '' if not known. */
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

/** Makes a rule of a preset, with an id that no other rule has. */
export function fromPreset(preset: NewRule, name: string, rules: readonly DialRule[]): DialRule {
  const taken = new Set(rules.map(({ id }) => id));
  let number = rules.length + 1;
  while (taken.has(`rule-${number}`)) number += 1;
  return { ...preset, name, id: `rule-${number}` };
}
