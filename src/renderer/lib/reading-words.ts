import type { RulesMessages } from '../../messages/rules.ts';
import type { DialRules } from '../../shared/dial-rules.ts';
import type { DialReading } from '../../shared/dial.ts';
import type { SampleLine } from '../../shared/rule-bench.ts';
import { thenWords, warningWords } from './plan-words.ts';
import { sentenceOf } from './sentence.ts';

type BenchWords = RulesMessages['bench'];

/** The number that is sent to the PBX, or in a few words why there is none. */
export function dialledWords(reading: DialReading, words: BenchWords): string {
  if (reading.found === 'one') return reading.plan.dial;
  return reading.found === 'choose' ? words.choose(reading.candidates.length) : words.notDialled;
}

/** The rule that applied, with its trunk and caller ID; '' without a number. */
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

/** If the rules turn all samples but emergency numbers into the same number, that number; otherwise ''. */
export function allGoTo(sample: readonly SampleLine[], words: BenchWords): string {
  const sent = sample.filter(({ kind }) => kind !== 'emergency').map(({ reading }) => dialledWords(reading, words));
  const [first = '', ...others] = new Set(sent);
  return sent.length > 1 && others.length === 0 ? first : '';
}

/** What a draft changes beside the rules. `found`: the country that the program found, used while none is chosen. */
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

/** What else there is to say: why a number is refused, warnings, digits to press after the answer. */
export function remarkWords(reading: DialReading, words: BenchWords): string[] {
  if (reading.found === 'none') return [sentenceOf(reading.refusal)];
  if (reading.found === 'choose') return reading.candidates.map(({ shown, dial }) => `${shown}: ${dial}`);
  const { digitsAfterAnswer, provenance } = reading.plan;
  return [
    ...(provenance === 'rule' ? [words.rewritten] : []),
    ...(digitsAfterAnswer === null ? [] : [words.thenPress(thenWords(digitsAfterAnswer))]),
    ...warningWords(reading.plan),
  ];
}
