import type { FleetRun } from './run-fleet.ts';

/** Once the desks have found their rate, fewer requests than this are refused. */
const REFUSED = 0.001;
/** In no minute do more requests arrive than this, as a multiple of the limit: no thundering herd. */
const HERD = 1.25;

/** The goals that the run missed; [] when it met all. */
export function missedGoals(run: FleetRun): string[] {
  const { limit } = run.options;
  return [
    ...(run.starved > 0 ? [`${run.starved} desks without a good answer for more than two minutes`] : []),
    ...(run.refusedSettled >= REFUSED ? [`${percent(run.refusedSettled)} refused after it had settled`] : []),
    ...(run.peakPerMinute > limit * HERD ? [`${run.peakPerMinute} requests in one minute at a limit of ${limit}`] : []),
  ];
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.001 && share > 0 ? 3 : 2)} %`;
}
