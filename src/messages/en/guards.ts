import type { GuardId } from '../../shared/dial-guards.ts';

/** What Traydial always asks about, as the settings list it. */
export const guards: Record<GuardId, string> = {
  emergency: 'Emergency numbers',
  'feature-code': "Feature codes you didn't type",
  rewritten: 'Numbers that a dial rule replaces',
  'premium-rate': 'Premium-rate numbers',
  satellite: 'Satellite and special networks',
  unassigned: "Numbers that don't exist",
  'foreign-host': 'Other phone systems',
  distant: 'New countries',
  stranger: 'Calling back strangers',
  'on-the-phone': "Numbers you're already on",
  repeated: 'Repeated calls',
  'in-a-call': 'Links, commands and the clipboard during a call',
};
