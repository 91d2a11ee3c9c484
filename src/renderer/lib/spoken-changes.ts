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
    ...ofQuestion(before, after),
    ...ofPlaced(before, after),
    ...ofCalls(before, after),
    ...ofList(before, after),
  ];
}

/** The question does not take the focus from a user who is typing, so it has to be spoken. */
function ofQuestion(before: State, after: State): string[] {
  const { question } = after.dial;
  if (question === null || before.dial.question?.id === question.id) return [];
  if (question.plan === null) return [titleOf(question)];
  const { dialling } = messages();
  const who = spoken(personOf({ name: question.name, number: question.plan.shown }));
  if (question.mode === 'undo') return [dialling.callingSoonSpoken(who)];
  return [`${titleOf(question)} ${who}. ${question.guards.map(dialling.guardReason).join(' ')}`.trim()];
}

function ofPlaced(before: State, after: State): string[] {
  const [old, placed] = [before.dial.placed, after.dial.placed];
  if (placed === null || (old?.key === placed.key && old.step === placed.step)) return [];
  const who = spoken(personOf({ name: placed.name, number: placed.plan.shown }));
  const words = stepWords(placed);
  return [old?.key === placed.key ? words : `${messages().placed.calling(who)} ${words}`];
}

function ofCalls(before: State, after: State): string[] {
  const known = new Set(before.calls.calls.filter((call) => call.mine).map((call) => call.id));
  return after.calls.calls
    .filter((call) => isRingingForMe(call) && !known.has(call.id))
    .map((call) => messages().live.incomingFrom(spoken(personOf(call.other, after.numbers))));
}

function ofList(before: State, after: State): string[] {
  const [old, list] = [before.calls.list.status, after.calls.list];
  const { live } = messages();
  if (list.status === 'stale' && old !== 'stale') return [live.staleSpoken(textOf(list.error).message)];
  if (list.status === 'live' && old === 'stale') return [live.connectedAgain];
  return [];
}
