import type { Call, CallDirection, CallState, LinkState } from '../../shared/call.ts';
import type { RecentCall } from '../../shared/dial.ts';
import { asClause } from './sentence.ts';
import { clockTime, lengthWords } from './time.ts';

const DIRECTIONS: Record<CallDirection, string> = {
  incoming: 'Incoming',
  outgoing: 'Outgoing',
  internal: 'Internal',
  unknown: 'Call',
};
const STATES: Record<CallState, string> = { ringing: 'Ringing', talking: 'Talking', unknown: 'In progress' };
const LINKS: Record<LinkState['status'], string> = {
  live: 'Connected',
  starting: 'Connecting',
  stale: 'Connection lost',
  // Signed in and able to dial; the list says itself that it may not be seen.
  forbidden: 'Connected',
  off: 'Not connected',
};

export const directionWord = (direction: CallDirection): string => DIRECTIONS[direction];
export const stateWord = (state: CallState): string => STATES[state];

/** True when this call rings or rang at my phone, colleagues included. */
export function isForMe(call: Call): boolean {
  return call.mine && !call.placedHere && call.direction !== 'outgoing' && call.other.number === call.caller.number;
}

/** What became of a call in the list of recents: "Missed", "No answer", "3 min", or its direction. */
export function outcomeWords(recent: RecentCall): string {
  if (recent.outcome === 'missed') return 'Missed';
  if (recent.outcome === 'declined') return 'Declined';
  if (recent.outcome === 'unanswered') return 'No answer';
  return recent.seconds === null ? DIRECTIONS[recent.direction] : lengthWords(recent.seconds);
}

/** The line above calls that may be out of date: "Last seen 10:42 · the PBX did not answer · trying again in 12 s". */
export function staleWords(link: Extract<LinkState, { status: 'stale' }>, now: number): string {
  const seconds = Math.ceil((link.retryAt - now) / 1000);
  return [
    link.since === null ? 'Not seen yet' : `Last seen ${clockTime(link.since)}`,
    asClause(link.error.message),
    seconds > 0 ? `trying again in ${seconds} s` : 'trying again now',
  ].join(' · ');
}

/** The connection in a word or two, for the foot of the window. */
export const linkWord = (link: LinkState): string => LINKS[link.status];
