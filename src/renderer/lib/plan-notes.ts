import type { DialPlan, DialWarning } from '../../shared/dial.ts';

/** What to tell of a number before it is dialled. Digits for after the answer have a sentence of their own. */
const NOTES: Record<DialWarning, string | null> = {
  'then-press': null,
  vanity: 'The letters were read as the digits on the keys.',
  'not-completed': 'Dialled as it stands: its country is not certain.',
  'not-valid': 'No number like this is known.',
  'area-added': 'Your area code was added.',
  'premium-rate': 'Calls to this number cost extra.',
  'foreign-host': 'The address names another server; your own PBX is asked.',
  'parameter-ignored': null,
};

/** Sentences about a plan, in the order in which they matter. */
export function planNotes({ then, kind, warnings }: Pick<DialPlan, 'then' | 'kind' | 'warnings'>): string[] {
  // Extensions and codes are always dialled as they stand.
  const certain = kind === 'public' ? warnings : warnings.filter((warning) => warning !== 'not-completed');
  const notes = certain.map((warning) => NOTES[warning]).filter((note) => note !== null);
  return then === null ? notes : [thenPress(then), ...notes];
}

/** "Then press 456 #": groups that are easy to read out, a pause as "wait". */
export const thenPress = (then: string): string =>
  `Then press ${then.replace(/,+/g, ' wait ').replace(/(?<=[0-9])(?=[*#])|(?<=[*#])(?=[0-9])/g, ' ')}.`;
