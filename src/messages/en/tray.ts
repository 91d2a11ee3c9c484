import type { CallState } from '../../shared/call.ts';
import { formatFor } from '../format.ts';

const { plural, number } = formatFor('en');

/** Follows the name of the other side; `placed`: a call from here that the PBX sets up. */
const callStates: Record<CallState | 'placed', string> = {
  ringing: 'ringing',
  talking: 'talking',
  unknown: 'in a call',
  placed: 'calling',
};

const status = {
  signingIn: 'Signing in…',
  notSignedIn: 'Not signed in',
  signedOut: 'Signed out – click for details',
  distrusted: 'PBX certificate not trusted – click for details',
  stale: 'PBX not responding, retrying',
  ready: 'Ready',
  readyInDemo: 'Ready (demo PBX)',
  readyUnlisted: 'Ready (call list unavailable)',
  isCalling: (who: string): string => `${who} is calling`,
  ringing: (count: number): string => `${number(count)} calls are ringing`,
  moreRinging: (count: number): string => `More than ${number(count)} calls are ringing`,
  calling: (who: string): string => `Calling ${who}`,
  pickUp: (who: string): string => `Pick up your phone to call ${who}`,
  otherRings: (who: string): string => `Ringing ${who}`,
  talkingTo: (who: string): string => `Talking to ${who}`,
  inCallWith: (who: string): string => `In a call with ${who}`,
  calls: (count: number): string => plural(count, { one: '# call', other: '# calls' }),
};

export const tray = {
  status,
  callStates,
  tooltip: (text: string, { missed, paused }: { missed: number; paused: boolean }): string => {
    const calls = missed === 0 ? '' : ` · ${plural(missed, { one: '# missed call', other: '# missed calls' })}`;
    return `Traydial: ${text}${calls}${paused ? ' (notifications paused)' : ''}`;
  },
  missed: (count: number): string => (count === 0 ? 'No missed calls' : `Missed (${number(count)})`),
  call: 'Call…',
  signIn: 'Sign in…',
  callCopied: 'Call copied number',
  redial: 'Redial',
  favourites: 'Favourites',
  noFavourites: 'No favourites yet',
  recent: 'Recent',
  noRecent: 'No recent calls',
  allCalls: 'All calls…',
  myCalls: 'My calls',
  noCalls: 'Not on a call',
  show: 'Show',
  hangUp: 'Hang up',
  decline: 'Decline',
  moreCalls: (count: number): string => `${number(count)} more…`,
  pause: 'Pause notifications',
  pausedUntil: (time: string): string => `Notifications paused until ${time}`,
  forHalfHour: 'For 30 minutes',
  untilTomorrow: 'Until tomorrow',
  resume: 'Resume notifications',
  ignoreLinks: 'Ignore links for 10 minutes',
  linksIgnored: (until: string): string => `Links ignored until ${until}`,
  settings: 'Settings…',
  quit: 'Quit Traydial',
};
