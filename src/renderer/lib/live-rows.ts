import type { Call } from '../../shared/call.ts';
import { isRingingForMe } from './call-words.ts';

/** Sorts calls: those that ring for me, then my other calls, then those of colleagues, each from old to new. */
export function liveRows(calls: readonly Call[]): Call[] {
  return calls.toSorted((a, b) => rank(a) - rank(b) || a.startedAt - b.startedAt || compareText(a.id, b.id));
}

function rank(call: Call): number {
  if (!call.mine) return 2;
  return isRingingForMe(call) ? 0 : 1;
}

/** How many ringing calls the banner shows. */
const MAX_RINGING = 3;

/** The calls that ring for me, the oldest first: those that the banner shows, and how many more there are. */
export function ringingForMe(calls: readonly Call[]): { shown: Call[]; more: number } {
  const ringing = liveRows(calls.filter(isRingingForMe));
  return { shown: ringing.slice(0, MAX_RINGING), more: Math.max(0, ringing.length - MAX_RINGING) };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
