/** What decides how often the session list is worth a look. */
export interface PollSituation {
  /** The interval that the user or a policy has set, in ms. */
  base: number;
  /** A call of mine is in the list. */
  ownCallLive: boolean;
  windowVisible: boolean;
  /** Nobody is at this computer: the screen is locked, or no key was touched for some minutes. */
  idle: boolean;
}

/** The default: a ring of 10 s is seen twice, and 400 desks behind one address stay within 5,000 requests a minute. */
export const NORMAL_MS = 5_000;
/** While I talk, an answer or a transfer should show soon; 15 a minute is what a budget of 20 lets through for ever. */
export const OWN_CALL_MS = 4_000;
/** Nobody reads a notification at an empty desk; what rings still has to be seen once, so that it can be missed. */
export const AWAY_MS = 15_000;
/**
 * How long to wait between two looks at the session list, in ms; chance is left to the poller. A hidden window alone
 * does not slow it down: hidden is how this program lives, and callers are announced all the same.
 */
export function pollInterval({ base, ownCallLive, windowVisible, idle }: PollSituation): number {
  const normal = base > 0 ? base : NORMAL_MS;
  if (ownCallLive) return Math.min(normal, OWN_CALL_MS);
  if (idle && !windowVisible) return Math.max(normal, AWAY_MS);
  return normal;
}
