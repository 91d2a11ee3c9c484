import type { DialPlan, DialQuestion } from '../../shared/dial.ts';
import { messages } from '../state/messages.svelte.ts';

/** The digits for after the answer, as one reads them out: ",,456#" is "456 #", ",,1,,2" is "1, then 2". */
export function thenWords(then: string): string {
  return then
    .split(/,+/u)
    .filter((digits) => digits !== '')
    .map((digits) => digits.replace(/[*#]/gu, ' $& ').replace(/ +/gu, ' ').trim())
    .join(messages().dialling.thenJoin);
}

/** What the PBX gets, if that differs from what is shown; otherwise ''. */
export function sentInstead({ shown, dial }: DialPlan): string {
  return shown.replace(/[^0-9+*#]/gu, '') === dial ? '' : dial;
}

/** What was typed or clicked, if that is not shown already; otherwise ''. */
export function readFrom({ input, shown, dial }: DialPlan): string {
  return input === shown || input === dial ? '' : input;
}

/** Warnings about a number, without those that a guard already contains. */
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

/** A warning before a call to a number that may be a fax. */
export function faxWords({ label }: DialPlan): string[] {
  const { isFax, mayBeFax } = messages().dialling;
  if (label === 'fax') return [isFax];
  return label === 'maybe-fax' ? [mayBeFax] : [];
}

/**
 * The same facts in one quiet line, '' when there is nothing to say. Among several numbers each is `named`; of a single
 * one only what may be a fax is.
 */
export function noteOf(plan: DialPlan, named = faxWords(plan).length > 0): string {
  const sent = sentInstead(plan);
  const { dialling } = messages();
  return [
    ...(named && plan.label !== undefined ? [dialling.labels[plan.label]] : []),
    ...(plan.rule === null ? [] : [dialling.noteRule(plan.rule)]),
    ...(sent === '' ? [] : [dialling.noteSent(sent)]),
    ...(plan.then === null ? [] : [dialling.noteThen(thenWords(plan.then))]),
    ...warningWords(plan).map((sentence) => sentence.replace(/\.$/u, '')),
  ].join(' · ');
}

/** The kind of number, shown when there is no name; '' for a public number. */
export const kindWords = ({ kind }: DialPlan): string => messages().dialling.kinds[kind];

/** What a question asks. A countdown does not ask; it says what is about to happen. */
export function titleOf({ mode, provenance, plan }: DialQuestion): string {
  const { dialling } = messages();
  if (plan === null) return dialling.whichNumber;
  return mode === 'undo' ? dialling.callingSoon : dialling.titles[provenance];
}
