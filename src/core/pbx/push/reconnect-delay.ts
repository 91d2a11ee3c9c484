const SHORTEST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait after the nth failure in a row (n from 1), in ms: anything between one second and a limit that
 * doubles from two seconds to a minute. All of it is chance ("full jitter"), because every desk of an office loses the
 * PBX in the same moment and must not come back in the same moment. `chance` is in [0, 1).
 */
export function reconnectDelayMs(failures: number, chance: number): number {
  const limit = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(failures, 16));
  return Math.round(SHORTEST_MS + chance * (limit - SHORTEST_MS));
}
