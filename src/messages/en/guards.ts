import type { GuardId } from '../../shared/dial-guards.ts';

/** What Traydial always asks about, as the settings list it, and why. */
export const guards: Record<GuardId, { name: string; hint: string }> = {
  emergency: { name: 'Emergency numbers', hint: 'Your phone would ring first. The handset is faster.' },
  'feature-code': {
    name: "Feature codes you didn't type",
    hint: 'They switch something on the PBX, such as forwarding all your calls.',
  },
  rewritten: {
    name: 'Numbers that a dial rule replaces',
    hint: 'You would reach another number than the one you see.',
  },
  'premium-rate': { name: 'Premium-rate numbers', hint: 'Calls can be very expensive.' },
  satellite: { name: 'Satellite and special networks', hint: 'Calls can be very expensive.' },
  unassigned: { name: "Numbers that don't exist", hint: 'They may be mistyped or forged.' },
  'foreign-host': { name: 'Other phone systems', hint: 'Your own PBX would call the number of an address elsewhere.' },
  distant: { name: 'New countries', hint: "Countries that you haven't called from here before." },
  stranger: { name: 'Calling back strangers', hint: 'Callers can forge their number to make you call back.' },
  'on-the-phone': { name: "Numbers you're already on", hint: 'A second call to the same number is seldom meant.' },
  repeated: { name: 'Repeated calls', hint: 'The same number again within a few seconds.' },
  'in-a-call': {
    name: 'Links during a call',
    hint: 'Also commands and the clipboard. A second call could disturb the first.',
  },
};
