import type { FleetOptions, Trouble } from './run-fleet.ts';

const TROUBLES: readonly Trouble[] = ['none', 'restart', 'outage'];

/** Every office in every weather. `quick`: small offices behind a smaller limit, which meets them just as hard. */
export function fleetMatrix(quick: boolean, seed: number): FleetOptions[] {
  const sizes = quick ? [10, 50, 200] : [10, 100, 1_000, 5_000];
  const limit = quick ? 1_000 : 5_000;
  return sizes.flatMap((desks) =>
    TROUBLES.flatMap((trouble) =>
      [true, false].flatMap((push) =>
        // Desks that are never refused do not meet the difference.
        (desks * 20 > limit ? [true, false] : [true]).map((retryAfter) => {
          return { desks, push, trouble, limit, retryAfter, seed };
        }),
      ),
    ),
  );
}
