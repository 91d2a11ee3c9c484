import type { DialReading } from '../../shared/dial.ts';
import { thenWords, warningWords } from './plan-words.ts';
import { sentenceOf } from './sentence.ts';

/** What the PBX gets, in few words. */
export function dialledWords(reading: DialReading): string {
  if (reading.found === 'one') return reading.plan.dial;
  return reading.found === 'choose' ? `${reading.candidates.length} numbers to choose from` : 'Not dialled';
}

/** Which rule wrote it. */
export function ruleWords(reading: DialReading): string {
  if (reading.found !== 'one') return '';
  const { rule, trunk, callerId } = reading.plan;
  const parts = [
    rule ?? 'No rule',
    trunk === '' ? '' : `trunk ${trunk}`,
    callerId === '' ? '' : `shown as ${callerId}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** What else is to be known of it: the reason of a refusal, warnings, digits for afterwards. */
export function remarkWords(reading: DialReading): string[] {
  if (reading.found === 'none') return [sentenceOf(reading.refusal)];
  if (reading.found === 'choose') return reading.candidates.map(({ shown, dial }) => `${shown}: ${dial}`);
  const { then } = reading.plan;
  return [...(then === null ? [] : [`After the answer, press ${thenWords(then)}.`]), ...warningWords(reading.plan)];
}
