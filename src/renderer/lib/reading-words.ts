import type { DialReading, DialWarning } from '../../shared/dial.ts';
import { sentenceOf } from './sentence.ts';

const WARNINGS: Record<DialWarning, string> = {
  'then-press': 'More digits have to be pressed after the answer.',
  vanity: "Letters were read as a phone's keys.",
  'not-completed': 'Dialled as it stands: its country is not certain.',
  'not-valid': 'The numbering plan has no such number.',
  'area-added': 'Completed with your area code.',
  'premium-rate': 'May cost more than other calls.',
  'foreign-host': 'The address names another host.',
  'parameter-ignored': 'A part of the link was left out.',
};

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
  const { then, warnings } = reading.plan;
  const others = warnings.filter((warning) => then === null || warning !== 'then-press');
  return [
    ...(then === null ? [] : [`After the answer, press ${then}.`]),
    ...others.map((warning) => WARNINGS[warning]),
  ];
}
