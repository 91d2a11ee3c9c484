const MIN_DELAY_MS = 1_000;
const MAX_DELAY_MS = 60_000;

/**
 * Delay after the nth failure in a row (n from 1), in ms: a random time between one second and a limit that doubles
 * from two seconds to a minute ("full jitter"). All desks of an office lose the PBX at the same moment and must not all
 * reconnect at the same moment. `chance` is in [0, 1).
 */
export function reconnectDelayMs(failures: number, chance: number): number {
  const limit = Math.min(MAX_DELAY_MS, MIN_DELAY_MS * 2 ** Math.min(failures, 16));
  return Math.round(MIN_DELAY_MS + chance * (limit - MIN_DELAY_MS));
}
