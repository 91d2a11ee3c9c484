import type { FleetOptions, FleetFault } from './run-fleet.ts';

export const FAULTS: readonly FleetFault[] = ['none', 'restart', 'outage'];

/** About as many requests as a desk without push sends per minute while it polls the list. */
const REQUESTS_PER_DESK = 20;

/**
 * All combinations of office size, fault, push and Retry-After. `quick`: smaller offices and a lower request limit per
 * address, with similar load relative to that limit.
 */
export function fleetMatrix(quick: boolean, seed: number): FleetOptions[] {
  const sizes = quick ? [10, 50, 200] : [10, 100, 1_000, 5_000];
  const limit = quick ? 1_000 : 5_000;
  return sizes.flatMap((desks) =>
    FAULTS.flatMap((fault) =>
      [true, false].flatMap((push) =>
        // Without refusals Retry-After makes no difference.
        (desks * REQUESTS_PER_DESK > limit ? [true, false] : [true]).map((retryAfter) => {
          return { desks, push, fault, limit, retryAfter, seed };
        }),
      ),
    ),
  );
}
