/**
 * What the PBX says of a colleague. `on-call`: on the phone, also while dialling. `offline`: no phone or app of theirs is
 * registered.
 */
export type Presence =
  'available' | 'ringing' | 'on-call' | 'do-not-disturb' | 'away' | 'lunch' | 'business-trip' | 'offline';

/** By extension number; no entry where nothing proves anything. */
export type Presences = Readonly<Record<string, Presence>>;
