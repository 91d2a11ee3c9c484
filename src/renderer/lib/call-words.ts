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

export const directionWord = (direction: CallDirection): string => DIRECTIONS[direction];
export const stateWord = (state: CallState): string => STATES[state];

/** True when this call rings or rang at my phone, colleagues included. */
export function isForMe(call: Call): boolean {
  return call.mine && !call.placedHere && call.direction !== 'outgoing' && call.other.number === call.caller.number;
}

/** What became of a call in the list of recents: "Outgoing, 3 min", "Missed". */
export function outcomeWords(recent: RecentCall): string {
  if (recent.outcome === 'missed') return 'Missed';
  const direction = DIRECTIONS[recent.direction];
  if (recent.outcome === 'unanswered') return `${direction}, no answer`;
  if (recent.seconds === null) return direction;
  return `${direction}, ${lengthWords(recent.seconds)}`;
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
export function linkWord(link: LinkState): string {
  switch (link.status) {
    case 'live':
      return 'Connected';
    case 'starting':
      return 'Connecting';
    case 'stale':
      return 'Connection lost';
    case 'forbidden':
      return 'Connected, no call list';
    case 'off':
      return 'Not connected';
  }
}
