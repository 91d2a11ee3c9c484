import type { Call } from '../../../shared/call.ts';
import type { DialPlan, PlacedCall, RecentCall } from '../../../shared/dial.ts';
import type { Origin } from '../../../shared/provenance.ts';

/** A number that was dialled from here. `at` in ms since 1970. */
export interface DialledNumber {
  number: string;
  at: number;
}

/** A number that is about to be dialled, and what is known at that moment. Guards check it. */
export interface DialSituation {
  /** The number to be dialled. */
  plan: DialPlan;
  /** Who chose the number. */
  provenance: Origin;
  /** The number looks like an extension, but a caller from outside may have it; see Party in shared/call.ts. */
  external?: boolean;
  /** ms since 1970 */
  now: number;
  /** The user's own live calls, without those of colleagues. */
  ownCalls: readonly Call[];
  /** The call on the dial card, which may have ended. */
  placed: PlacedCall | null;
  /** The last numbers dialled since the program started or another account was opened. */
  dialledNumbers: readonly DialledNumber[];
  /** The newest calls of the history. */
  recents: readonly RecentCall[];
  /** The user's country, ISO 3166-1 alpha-2 in capitals; '' if it is not set. */
  country: string;
}

/** The number before dial rules, in E.164 if that is certain. */
export const numberOf = ({ e164, number }: Pick<DialPlan, 'e164' | 'number'>): string => e164 ?? number;
