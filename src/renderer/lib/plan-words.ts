import type { DialPlan, DialRequest, DialSource, DialWarning, NumberLabel } from '../../shared/dial.ts';

/** `then-press` is told with the digits themselves. */
const WARNINGS: Record<Exclude<DialWarning, 'then-press'>, string> = {
  vanity: "Its letters were read as a phone's keys.",
  'not-completed': 'Dialled as it stands: its country is not certain.',
  'not-valid': 'The numbering plan knows no such number.',
  'unclear-end': 'Check its end: digits behind it may belong to it.',
  'unread-number': 'The text holds another number that could not be read.',
  'area-added': 'Completed with your area code.',
  'premium-rate': 'A premium-rate number.',
  'foreign-host': 'The address belongs to another telephone system.',
  'parameter-ignored': 'A part of the link was left out.',
};

/** The digits for after the answer, as one reads them out: ",,456#" is "456 #", ",,1,,2" is "1, then 2". */
export function thenWords(then: string): string {
  return then
    .split(/,+/u)
    .filter((digits) => digits !== '')
    .map((digits) => digits.replace(/[*#]/gu, ' $& ').replace(/ +/gu, ' ').trim())
    .join(', then ');
}

/** What the PBX gets, where that is not what is shown; else ''. */
export function sentInstead({ shown, dial }: DialPlan): string {
  return shown.replace(/[^0-9+*#]/gu, '') === dial ? '' : dial;
}

/** What was typed or clicked, where that does not show already; else ''. */
export function readFrom({ input, shown, dial }: DialPlan): string {
  return input === shown || input === dial ? '' : input;
}

/** What else is to be known of a number. What a guard says already is not said again. */
export function warningWords({ kind, warnings }: DialPlan, guards: DialRequest['guards'] = []): string[] {
  return warnings.flatMap((warning) =>
    warning === 'then-press' ||
    // Extensions and codes are always dialled as they stand.
    (warning === 'not-completed' && kind !== 'public') ||
    guards.some(({ id }) => id === warning)
      ? []
      : [WARNINGS[warning]],
  );
}

const LABELS: Record<NumberLabel, string> = { phone: 'Phone', mobile: 'Mobile', fax: 'Fax' };

/** What the text calls the number; '' where it says nothing. */
export const labelWords = ({ label }: DialPlan): string => (label === undefined ? '' : LABELS[label]);

/**
 * The same facts in one quiet line, '' when there is nothing to say. Among several numbers each is `named`; of a single
 * one only a fax is.
 */
export function noteOf(plan: DialPlan, named = plan.label === 'fax'): string {
  const sent = sentInstead(plan);
  return [
    ...(named && plan.label !== undefined ? [labelWords(plan)] : []),
    ...(plan.rule === null ? [] : [`Rule: ${plan.rule}`]),
    ...(sent === '' ? [] : [`the PBX gets ${sent}`]),
    ...(plan.then === null ? [] : [`then press ${thenWords(plan.then)}`]),
    ...warningWords(plan).map((sentence) => sentence.replace(/\.$/u, '')),
  ].join(' · ');
}

/** What kind of number it is, for want of a name. */
export function kindWords({ kind }: DialPlan): string {
  switch (kind) {
    case 'feature-code':
      return 'A feature code of your PBX';
    case 'extension':
      return 'An extension of your PBX';
    case 'emergency':
      return 'An emergency number';
    case 'short-code':
      return 'A short code of the network';
    case 'public':
      return 'Not among your recent calls';
  }
}

const TITLES: Record<DialSource, string> = {
  link: 'A link wants to call',
  clipboard: 'Call the number you copied?',
  command: 'A command wants to call',
  redial: 'Call again?',
  menu: 'Call this number?',
  typed: 'Call this number?',
};

/** What a question asks. A countdown does not ask; it says what is about to happen. */
export function titleOf({ mode, source, plan }: DialRequest): string {
  if (plan === null) return 'Which number do you want to call?';
  return mode === 'undo' ? 'Calling in a moment' : TITLES[source];
}
