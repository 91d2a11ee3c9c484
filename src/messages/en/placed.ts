import type { EndReason, PlacedStep } from '../../shared/dial.ts';

/** `number`: the number that is called. */
const now: Record<PlacedStep, (number: string) => string> = {
  requested: () => 'Contacting the PBX…',
  'phone-ringing': () => 'Your phone is ringing – pick up',
  'other-ringing': (number) => `Ringing ${number}…`,
  connected: () => 'Connected',
  ended: () => 'Ended',
};

const past: Record<PlacedStep, (number: string) => string> = {
  requested: () => 'Request sent',
  'phone-ringing': () => 'Your phone rang',
  'other-ringing': (number) => `${number} rang`,
  connected: () => 'Connected',
  ended: () => 'Ended',
};

/** How it ended, if nobody is known to have talked. */
const ends: Record<EndReason, string> = {
  refused: "The PBX didn't place the call.",
  'unanswered-request': "The PBX didn't answer.",
  'hung-up-here': 'You cancelled the call.',
  'hung-up': 'The call has ended.',
  'phone-unanswered': "You didn't pick up.",
  'other-unanswered': 'No answer, or busy.',
  busy: 'The PBX reported busy.',
  declined: 'The call was declined.',
  failed: 'The call failed.',
  lost: "Traydial couldn't follow the call to its end.",
  unknown: "Call ended – the PBX didn't say how.",
};

/** A call placed from the window. */
export const placed = {
  now,
  past,
  shouldRing: 'Your phone should be ringing – pick up',
  accepted: 'The PBX accepted the call',
  pickUp: (number: string): string => `Pick up, and Traydial calls ${number}.`,
  calling: (who: string): string => `Calling ${who}.`,
  progress: 'Progress',
  callTo: 'Call to',
  cancel: 'Cancel',
  cancelling: 'Cancelling…',
  hangUp: 'Hang up',
  hangingUp: 'Hanging up…',
  callAgain: 'Call again',
  dismiss: 'Dismiss',
  steps: 'Steps of the call',
  stale: 'The PBX stopped reporting. This is the last known step.',
  lasted: (duration: string): string => duration,
  at: (time: string): string => `at ${time}`,
  thenPress: 'Then press',
  copy: 'Copy',
  copyDigits: 'Copy the digits to press',
  copied: 'Copied',
  ends,
  youHungUp: (after: string): string => `You hung up after ${after}.`,
  theyHungUp: (after: string): string => `They hung up after ${after}.`,
  hungUpOnPhone: (after: string): string => `You hung up your phone after ${after}.`,
  transferred: (after: string): string => `Transferred after ${after}.`,
  endedAfter: (after: string): string => `Ended after ${after}.`,
  atLeast: (duration: string): string => `at least ${duration}`,
  noAnswer: 'No answer.',
  theyWereBusy: 'Busy.',
  theyDeclined: 'Declined.',
  nobodyThere: 'The PBX found nobody at this number.',
  failedWith: (status: number): string => `The call failed; the PBX reported ${status}.`,
  pbxNoAnswer: 'The PBX reported no answer.',
  notConnected: 'The call ended before it was connected.',
};
