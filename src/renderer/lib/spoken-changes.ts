import type { State } from '../../shared/state.ts';
import { messages } from '../state/messages.svelte.ts';
import { isRingingForMe } from './call-words.ts';
import { stepWords } from './call-steps.ts';
import { personOf, spoken } from './person.ts';
import { titleOf } from './plan-words.ts';
import { textOf } from './sentence.ts';

/** What a screen reader should say about the change from one state to the next, in order. */
export function spokenChanges(before: State, after: State): string[] {
  return [
    ...questionChanges(before, after),
    ...placedChanges(before, after),
    ...ringingChanges(before, after),
    ...listChanges(before, after),
  ];
}

/** The question before a call does not take the focus from a user who is typing, so it is announced. */
function questionChanges(before: State, after: State): string[] {
  const { question } = after.dial;
  if (question === null || before.dial.question?.id === question.id) return [];
  if (question.plan === null) return [titleOf(question)];
  const { dialling } = messages();
  const who = spoken(personOf({ name: question.name, number: question.plan.shown }));
  if (question.mode === 'undo') return [dialling.callingSoonSpoken(who)];
  return [`${titleOf(question)} ${who}. ${question.guards.map(dialling.guardReason).join(' ')}`.trim()];
}

function placedChanges(before: State, after: State): string[] {
  const { placed } = after.dial;
  if (placed === null) return [];
  const words = stepWords(placed);
  const old = before.dial.placed;
  // The words can change within a step: "should be ringing" becomes "is ringing".
  if (old?.key === placed.key) return stepWords(old) === words ? [] : [words];
  const who = spoken(personOf({ name: placed.name, number: placed.plan.shown }));
  return [`${messages().placed.calling(who)} ${words}`];
}

function ringingChanges(before: State, after: State): string[] {
  const rangBefore = new Set(before.calls.calls.filter(isRingingForMe).map((call) => call.id));
  return after.calls.calls
    .filter((call) => isRingingForMe(call) && !rangBefore.has(call.id))
    .map((call) => messages().live.incomingFrom(spoken(personOf(call.other, after.numbers))));
}

function listChanges(before: State, after: State): string[] {
  const { list } = after.calls;
  const wasStale = before.calls.list.status === 'stale';
  const { live } = messages();
  if (list.status === 'stale' && !wasStale) return [live.staleSpoken(textOf(list.error).message)];
  if (list.status === 'live' && wasStale) return [live.connectedAgain];
  return [];
}
