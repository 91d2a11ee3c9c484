import type { RulesMessages } from '../../messages/rules.ts';
import type { DialRules } from '../../shared/dial-rules.ts';
import type { DialReading } from '../../shared/dial.ts';
import type { SampleLine } from '../../shared/rule-bench.ts';
import { thenWords, warningWords } from './plan-words.ts';
import { sentenceOf } from './sentence.ts';

type BenchWords = RulesMessages['bench'];

/** What the PBX gets, in a few words. */
export function dialledWords(reading: DialReading, words: BenchWords): string {
  if (reading.found === 'one') return reading.plan.dial;
  return reading.found === 'choose' ? words.choose(reading.candidates.length) : words.notDialled;
}

/** Which rule wrote it. */
export function ruleWords(reading: DialReading, words: BenchWords): string {
  if (reading.found !== 'one') return '';
  const { rule, trunk, callerId } = reading.plan;
  const parts = [
    rule ?? words.noRule,
    trunk === '' ? '' : words.trunk(trunk),
    callerId === '' ? '' : words.callerId(callerId),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** The one number that all but emergency numbers lead to; '' if there is none. */
export function allGoTo(sample: readonly SampleLine[], words: BenchWords): string {
  const sent = sample.filter(({ kind }) => kind !== 'emergency').map(({ reading }) => dialledWords(reading, words));
  const [first = '', ...others] = new Set(sent);
  return sent.length > 1 && others.length === 0 ? first : '';
}

/** What a draft changes for all numbers, apart from its rules. `found`: the country that counts while none is chosen. */
export function placeChanges(
  saved: DialRules,
  draft: DialRules,
  found: string,
  { sample: words, countries }: Pick<RulesMessages, 'sample' | 'countries'>,
): Record<'what' | 'from' | 'to', string>[] {
  const country = ({ country: chosen }: DialRules): string => {
    if (chosen !== '') return countries.name(chosen);
    return found === '' ? words.unset : words.found(countries.name(found));
  };
  const orNone = (text: string): string => (text === '' ? words.none : text);
  return [
    { what: words.places.country, from: country(saved), to: country(draft) },
    { what: words.places.areaCode, from: orNone(saved.areaCode), to: orNone(draft.areaCode) },
    { what: words.places.extensions, from: orNone(saved.extensions), to: orNone(draft.extensions) },
  ].filter(({ from, to }) => from !== to);
}

/** The rest: the reason of a refusal, warnings, digits to press after the answer. */
export function remarkWords(reading: DialReading, words: BenchWords): string[] {
  if (reading.found === 'none') return [sentenceOf(reading.refusal)];
  if (reading.found === 'choose') return reading.candidates.map(({ shown, dial }) => `${shown}: ${dial}`);
  const { then, provenance } = reading.plan;
  return [
    ...(provenance === 'rule' ? [words.rewritten] : []),
    ...(then === null ? [] : [words.thenPress(thenWords(then))]),
    ...warningWords(reading.plan),
  ];
}
