import type { Settings } from './settings.ts';

/** Guards that cannot be switched off. */
export type FixedGuard = 'emergency' | 'feature-code';

/** Guards that can be switched off in the settings. */
export type SwitchableGuard = keyof Settings['dialling']['guards'];

/** Reasons to ask the user about a number before it is dialled. */
export type GuardId = FixedGuard | SwitchableGuard;

/** All guards, the most serious first: a question lists its reasons in this order. */
export const GUARDS: readonly GuardId[] = [
  'emergency',
  'feature-code',
  'rewritten',
  'premium-rate',
  'satellite',
  'unassigned',
  'foreign-host',
  'distant',
  'stranger',
  'on-the-phone',
  'repeated',
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

/** A guard that fired for a number, with details. */
export interface Guard {
  id: GuardId;
  params: GuardParams;
}

/** Details that the reason mentions; each is present only if the reason uses it. */
export interface GuardParams {
  /** The number that the PBX would call, formatted for display; absent if it is the number already shown. */
  number?: string;
  /** Countries (ISO 3166-1 alpha-2) where this may be a premium-rate number, the largest first. */
  countries?: readonly string[];
  /** What the feature code usually does. */
  effect?: CodeEffect;
  /** The number that the feature code applies to, formatted for display. */
  to?: string;
}

const FIXED: ReadonlySet<GuardId> = new Set(['emergency', 'feature-code']);

export const isSwitchable = (id: GuardId): id is SwitchableGuard => !FIXED.has(id);
