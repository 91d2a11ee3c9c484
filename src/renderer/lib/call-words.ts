import type { Call, ListState } from '../../shared/call.ts';
import type { RecentCall } from '../../shared/dial.ts';
import { messages } from '../state/messages.svelte.ts';
import { textOf } from './sentence.ts';

/** True if this call rings or rang at my phone, also if a colleague calls. */
export function isForMe(call: Call): boolean {
  return call.mine && !call.placedHere && call.direction !== 'outgoing' && call.other.number === call.caller.number;
}

/** True while this call rings at my phone. */
export const isRingingForMe = (call: Call): boolean => call.state === 'ringing' && isForMe(call);

/** The outcome of a recent call: "Missed", "Busy", "3 min"; if it is not known, the direction. */
export function outcomeWords({ outcome, seconds, direction }: RecentCall): string {
  const { calls, live } = messages();
  if (outcome !== 'connected' && outcome !== 'unknown') return live.outcomes[outcome];
  const talked = outcome === 'unknown' && seconds === 0 ? null : seconds;
  return talked === null ? calls.direction[direction] : calls.length(talked);
}

/** The text above calls that may be out of date: "Out of date since 10:42. The PBX didn't answer. Retrying in 12 s." */
export function staleWords(list: Extract<ListState, { status: 'stale' }>, now: number): string {
  const { live, format } = messages();
  return [
    list.since === null ? live.notSeenYet : live.outOfDate(format.clockTime(list.since)),
    textOf(list.error).message,
    live.retrying(Math.ceil((list.retryAt - now) / 1000)),
  ].join(' ');
}
