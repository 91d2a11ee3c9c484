/** What decides how often the session list is polled. */
export interface PollSituation {
  /** The interval that the user or a policy has set, in ms. */
  base: number;
  /** A call of mine is in the list. */
  ownCallLive: boolean;
  windowVisible: boolean;
  /** Nobody is at this computer: the screen is locked, or no key was touched for some minutes. */
  idle: boolean;
}

/**
 * The default: polling sees a ring of 10 s twice, and 400 desks behind one address stay within 5,000 requests a minute.
 */
export const NORMAL_MS = 5_000;
/**
 * While a call of mine is live, an answer or a transfer should show soon. A budget of 20 a minute allows 15 polls a
 * minute permanently.
 */
export const OWN_CALL_MS = 4_000;
/** While nobody is at the desk, a ring need only be noticed once, so that it can be listed as missed. */
export const AWAY_MS = 15_000;
/**
 * Interval between two polls of the session list, in ms, without jitter (the poller adds it). A hidden window alone
 * does not slow polling down: the window is usually hidden, and callers must still be announced.
 */
export function pollInterval({ base, ownCallLive, windowVisible, idle }: PollSituation): number {
  const normal = base > 0 ? base : NORMAL_MS;
  if (ownCallLive) return Math.min(normal, OWN_CALL_MS);
  if (idle && !windowVisible) return Math.max(normal, AWAY_MS);
  return normal;
}
