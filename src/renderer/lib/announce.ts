import type { State } from '../../shared/state.ts';
import { isForMe } from './call-words.ts';
import { stepWords } from './ladder.ts';
import { personOf, spoken } from './person.ts';
import { titleOf } from './plan-words.ts';

/** What a screen reader should say about the change from one state to the next, in order. */
export function announcements(before: State, after: State): string[] {
  return [...ofRequest(before, after), ...ofPlaced(before, after), ...ofCalls(before, after), ...ofLink(before, after)];
}

/** Also whoever goes on typing, and so does not get the focus on it, is told. */
function ofRequest(before: State, after: State): string[] {
  const { request } = after.dial;
  if (request === null || before.dial.request?.id === request.id) return [];
  if (request.plan === null) return [titleOf(request)];
  const who = spoken(personOf({ name: request.name, number: request.plan.shown }));
  if (request.mode === 'undo') return [`Calling ${who} in a moment. Escape undoes it.`];
  return [`${titleOf(request)} ${who}. ${request.guards.map(({ sentence }) => sentence).join(' ')}`.trim()];
}

function ofPlaced(before: State, after: State): string[] {
  const [old, placed] = [before.dial.placed, after.dial.placed];
  if (placed === null || (old?.key === placed.key && old.step === placed.step)) return [];
  const who = spoken(personOf({ name: placed.name, number: placed.plan.shown }));
  return [old?.key === placed.key ? stepWords(placed) : `Calling ${who}. ${stepWords(placed)}`];
}

function ofCalls(before: State, after: State): string[] {
  const known = new Set(before.calls.calls.filter((call) => call.mine).map((call) => call.id));
  return after.calls.calls
    .filter((call) => isForMe(call) && call.state === 'ringing' && !known.has(call.id))
    .map((call) => `Incoming call from ${spoken(personOf(call.other, after.settings.dialling.country))}`);
}

function ofLink(before: State, after: State): string[] {
  const [old, link] = [before.calls.link.status, after.calls.link];
  if (link.status === 'stale' && old !== 'stale') return [`The list of calls is out of date. ${link.error.message}`];
  if (link.status === 'live' && old === 'stale') return ['Connected again.'];
  return [];
}
