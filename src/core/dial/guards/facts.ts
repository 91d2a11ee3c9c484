import type { Call } from '../../../shared/call.ts';
import type { DialPlan, DialSource, PlacedCall, RecentCall } from '../../../shared/dial.ts';

/** A number that was dialled from here. `at` in ms since 1970. */
export interface Placement {
  number: string;
  at: number;
}

/** All that guards judge by. */
export interface DialFacts {
  plan: DialPlan;
  source: DialSource;
  /** ms since 1970 */
  now: number;
  /** The user's own live calls; not those of colleagues. */
  ownCalls: readonly Call[];
  /** The call on the card, which may be over. */
  placed: PlacedCall | null;
  /** The last numbers dialled since the program started. */
  placements: readonly Placement[];
  recents: readonly RecentCall[];
  /** The own country, ISO 3166-1 alpha-2 in capitals; '' when it is not set. */
  country: string;
}

/** The number as the rest of the world knows it, where that is certain; else as it is dialled. */
export const numberOf = ({ e164, dial }: DialPlan): string => e164 ?? dial;
