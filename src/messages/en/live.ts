import type { Presence } from '../../shared/presence.ts';
import type { RecentCall } from '../../shared/dial.ts';
import { formatFor } from '../format.ts';

const { plural, number } = formatFor('en');

/** What became of a call on which nobody talked. */
const outcomes: Record<Exclude<RecentCall['outcome'], 'connected' | 'unknown'>, string> = {
  missed: 'Missed',
  declined: 'Declined',
  unanswered: 'No answer',
  busy: 'Busy',
  'not-picked-up': "You didn't pick up",
  cancelled: 'Cancelled',
  failed: 'Failed',
  refused: 'Refused',
};

/** The calls of the window: ringing, live and recent. */
export const live = {
  title: 'Live calls',
  ringingCalls: 'Ringing calls',
  presence: {
    available: 'available',
    ringing: 'phone is ringing',
    'on-call': 'on the phone',
    'do-not-disturb': 'do not disturb',
    away: 'away',
    lunch: 'at lunch',
    'business-trip': 'on a business trip',
    offline: 'no phone connected',
  } satisfies Record<Presence, string>,
  colleaguesCalls: 'Colleagues’ calls',
  moreRinging: (count: number): string => `and ${count} more ringing`,
  calledNumber: (called: string): string => `called ${called}`,
  throughQueue: (queue: string): string => `through ${queue}`,
  transferredBy: (who: string): string => `transferred by ${who}`,
  wasRinging: 'Was ringing',
  answerAtPhone: 'Answer on your phone.',
  mayBeOver: 'May be over by now.',
  decline: 'Decline',
  declining: 'Declining…',
  declineOf: (who: string): string => `Decline ${who}`,
  copyNumber: 'Copy number',
  copyNumberOf: (who: string): string => `Copy the number of ${who}`,
  copied: 'Copied',
  incomingFrom: (who: string): string => `Incoming call from ${who}`,
  none: 'No live calls.',
  colleagues: (count: number): string =>
    plural(count, { one: '# colleague on a call', other: '# colleagues on calls' }),
  more: (count: number): string => `and ${number(count)} more`,
  noneFound: "No colleague's call matches.",
  find: "Find a colleague's call",
  findAmong: (count: number): string => `Find by name or number among ${number(count)} calls`,
  to: 'to',
  pair: (from: string, to: string): string => `${from} to ${to}`,
  hangUp: 'Hang up',
  hangUpOf: (who: string): string => `Hang up ${who}`,
  starting: 'Looking for calls',
  paused: 'Live calls are paused.',
  tryNow: 'Try now',
  checkAgain: 'Check again',
  notSeenYet: 'No calls received yet.',
  outOfDate: (since: string): string => `Out of date since ${since}.`,
  retrying: (seconds: number): string => (seconds > 0 ? `Retrying in ${seconds}\u00a0s.` : 'Retrying now.'),
  staleSpoken: (why: string): string => `The list of calls is out of date. ${why}`,
  connectedAgain: 'Connected again.',
  recent: 'Recent calls',
  noRecents: 'No recent calls yet. Calls you make and receive show up here.',
  allCalls: 'All calls',
  /** Of a missed call. */
  fresh: 'New:',
  outcomes,
  favourites: 'Favourites',
  addFavourite: 'Add to favourites',
  removeFavourite: 'Remove from favourites',
  asFavourite: (who: string): string => `${who} as favourite`,
  removeFavouriteOf: (who: string): string => `Remove ${who} from favourites`,
  remove: 'Remove',
  removeRecentOf: (who: string): string => `Remove ${who} from recent calls`,
  people: (count: number): string => plural(count, { one: '# person', other: '# people' }),
  claimed: 'Name sent by the caller',
  unknownNumber: 'Unknown caller',
};
