import type { Settings } from './settings.ts';

/** Guards that cannot be switched off. */
export type FixedGuard = 'emergency' | 'feature-code';

/** Guards that can be switched off in the settings. */
export type SwitchableGuard = keyof Settings['dialling']['guards'];

/** A guard is a check before a number is dialled. Its id names the reason to ask the user; the settings store it. */
export type GuardId = FixedGuard | SwitchableGuard;

/** All guards, the most serious first. A question lists its reasons in this order. */
export const GUARDS: readonly GuardId[] = [
  'emergency',
  'feature-code',
  /** A dial rule put another number in place of the one that was meant. */
  'rewritten',
  'premium-rate',
  /** The number is in a satellite network, or in another one whose calls are very expensive. */
  'satellite',
  /** The number is in no numbering plan. */
  'unassigned',
  'foreign-host',
  /** The number is in a foreign country that was not called before. */
  'distant',
  /** The number is known only from a caller, or a caller from outside sent the number of an extension (Party.external). */
  'stranger',
  /** The user already has a call with this number. */
  'on-the-phone',
  /** The user dialled the same number a few seconds ago. */
  'repeated',
  /** A link, a command or the clipboard wants to call during another call. */
  'in-a-call',
];

/** What a feature code usually does. */
export type CodeEffect =
  | 'forward-all'
  | 'forward-unanswered'
  | 'stop-forwarding'
  | 'say-forwarding'
  | 'do-not-disturb'
  | 'end-do-not-disturb'
  | 'listen-in'
  | 'park'
  | 'record'
  | 'call-back'
  | 'block-outgoing';

/** A reason to ask about a number, with its details. */
export interface Guard {
  id: GuardId;
  params: GuardParams;
}

/** Details that the reason mentions; each is present only if the reason uses it. */
export interface GuardParams {
  /** The number that the PBX would call, formatted for display; absent if it is the number already shown. */
  number?: string;
  /** Countries (ISO 3166-1 alpha-2) where this may be a premium-rate number, those with short calling codes first. */
  countries?: readonly string[];
  /** What the feature code usually does. */
  effect?: CodeEffect;
  /** The number that the feature code applies to, formatted for display. */
  to?: string;
  /** A caller from outside sent the number, which is an internal one here. The user cannot switch this reason off. */
  outside?: true;
}

const FIXED: ReadonlySet<GuardId> = new Set(['emergency', 'feature-code']);

export const isSwitchable = (id: GuardId): id is SwitchableGuard => !FIXED.has(id);
