import type { DialPlan, DialQuestion } from '../../shared/dial.ts';
import { messages } from '../state/messages.svelte.ts';

/** The digits to press after the answer, for people: ",,456#" becomes "456 #", and ",,1,,2" becomes "1, then 2". */
export function thenWords(digitsAfterAnswer: string): string {
  return digitsAfterAnswer
    .split(/,+/u)
    .filter((digits) => digits !== '')
    .map((digits) => digits.replace(/[*#]/gu, ' $& ').replace(/ +/gu, ' ').trim())
    .join(messages().dialling.thenJoin);
}

/** The number that is sent to the PBX, if it differs from the shown one; otherwise ''. */
export function sentInstead({ shown, dial }: DialPlan): string {
  return shown.replace(/[^0-9+*#]/gu, '') === dial ? '' : dial;
}

/** The text that was typed or clicked, if it is not shown already; otherwise ''. */
export function readFrom({ input, shown, dial }: DialPlan): string {
  return input === shown || input === dial ? '' : input;
}

/** The warnings about a number, without those that a guard repeats. */
export function warningWords({ kind, warnings }: DialPlan, guards: DialQuestion['guards'] = []): string[] {
  return warnings.flatMap((warning) =>
    warning === 'then-press' ||
    // Extensions and codes are always dialled as written.
    (warning === 'not-completed' && kind !== 'public') ||
    guards.some(({ id }) => id === warning)
      ? []
      : [messages().dialling.warnings[warning]],
  );
}

/** The warning about a number that is or may be a fax; none for other numbers. */
export function faxWords({ label }: DialPlan): string[] {
  const { isFax, mayBeFax } = messages().dialling;
  if (label === 'fax') return [isFax];
  return label === 'maybe-fax' ? [mayBeFax] : [];
}

/**
 * What is special about a number, in one line; '' for nothing. `named`: begins with the kind of number, such as "Mobile".
 * By default, only a fax is named.
 */
export function noteOf(plan: DialPlan, named = faxWords(plan).length > 0): string {
  const sent = sentInstead(plan);
  const { dialling } = messages();
  return [
    ...(named && plan.label !== undefined ? [dialling.labels[plan.label]] : []),
    ...(plan.rule === null ? [] : [dialling.noteRule(plan.rule)]),
    ...(sent === '' ? [] : [dialling.noteSent(sent)]),
    ...(plan.digitsAfterAnswer === null ? [] : [dialling.noteThen(thenWords(plan.digitsAfterAnswer))]),
    ...warningWords(plan).map((sentence) => sentence.replace(/\.$/u, '')),
  ].join(' · ');
}

/** The kind of a number, for a number without a name; '' for a public number. */
export const kindWords = ({ kind }: DialPlan): string => messages().dialling.kinds[kind];

/** The title of a question before a call. That of a countdown says what is about to happen. */
export function titleOf({ mode, provenance, plan }: DialQuestion): string {
  const { dialling } = messages();
  if (plan === null) return dialling.whichNumber;
  return mode === 'undo' ? dialling.callingSoon : dialling.titles[provenance];
}
