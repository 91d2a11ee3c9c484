/** Guards that cannot be switched off. */
export type FixedGuard = 'emergency' | 'feature-code';

export type SwitchableGuard =
  'premium-rate' | 'satellite' | 'foreign-host' | 'distant' | 'on-the-phone' | 'repeated' | 'in-a-call';

/** What makes a question of a number that would be dialled at once, or after a time to undo it. */
export type GuardId = FixedGuard | SwitchableGuard;

export interface GuardWords {
  id: GuardId;
  /** For the settings. */
  label: string;
  /** The reason, true of the number it is said of and as an explanation in the settings. */
  sentence: string;
}

/** All guards, the gravest first: a question gives their reasons in this order. */
export const GUARDS: readonly GuardWords[] = [
  {
    id: 'emergency',
    label: 'Emergency numbers',
    sentence: 'In an emergency use your handset: from here, your own phone has to ring first.',
  },
  {
    id: 'feature-code',
    label: 'Feature codes from a link, a command or the clipboard',
    sentence: 'A feature code switches something on the PBX, such as forwarding all your calls.',
  },
  {
    id: 'premium-rate',
    label: 'Premium-rate numbers',
    sentence: 'Calls to premium-rate numbers can be very expensive.',
  },
  {
    id: 'satellite',
    label: 'Satellite and special networks',
    sentence: 'Calls to satellite and special networks can be very expensive.',
  },
  {
    id: 'foreign-host',
    label: 'Addresses of another system',
    sentence: 'The address belongs to another telephone system; your own PBX would dial the number.',
  },
  {
    id: 'distant',
    label: 'Countries that are new',
    sentence: 'No number of that country has been called from here before.',
  },
  {
    id: 'on-the-phone',
    label: 'Whom you are talking to',
    sentence: 'You are on the phone with that number already, or calling it.',
  },
  { id: 'repeated', label: 'The same number again', sentence: 'That number was called a few seconds ago.' },
  {
    id: 'in-a-call',
    label: 'Links, commands and the clipboard during a call',
    sentence: 'You are in a call, and this number comes from a link, a command or the clipboard.',
  },
];

const FIXED: ReadonlySet<GuardId> = new Set(['emergency', 'feature-code']);

export const isSwitchable = (id: GuardId): id is SwitchableGuard => !FIXED.has(id);
