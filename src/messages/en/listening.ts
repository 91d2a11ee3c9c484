import { formatFor } from '../format.ts';

const { plural } = formatFor('en');

/** How Traydial notices calls, and what could be done to make it better. */
export const listening = {
  push: 'Instant call alerts are on.',
  polling: (seconds: number) => `Checking for calls every ${plural(seconds, { one: 'second', other: '# seconds' })}.`,
  ownOnly: 'Showing your own calls only.',
  history: 'You see that your phone is ringing and which calls you missed, but not who is calling.',
  starting: 'Finding out how to notice calls.',
  none: "Traydial can't notice calls.",
  signInAgain: 'Sign in again to turn on instant alerts. To keep them after a restart, turn on “Keep the password”.',
  missing: "This PBX doesn't offer instant alerts.",
  connecting: 'Connecting for instant alerts…',
};
