import type { FleetOptions, FleetFault } from './run-fleet.ts';

const FAULTS: readonly FleetFault[] = ['none', 'restart', 'outage'];

/** Every office with every fault. `quick`: small offices behind a lower limit, with the same load in relation to it. */
export function fleetMatrix(quick: boolean, seed: number): FleetOptions[] {
  const sizes = quick ? [10, 50, 200] : [10, 100, 1_000, 5_000];
  const limit = quick ? 1_000 : 5_000;
  return sizes.flatMap((desks) =>
    FAULTS.flatMap((fault) =>
      [true, false].flatMap((push) =>
        // Without refusals Retry-After makes no difference.
        (desks * 20 > limit ? [true, false] : [true]).map((retryAfter) => {
          return { desks, push, fault, limit, retryAfter, seed };
        }),
      ),
    ),
  );
}
