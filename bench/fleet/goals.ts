import type { FleetRun } from './run-fleet.ts';

/** Once the desks have found their rate, a smaller share of their requests than this is refused. */
const MAX_REFUSED_SHARE = 0.001;
/** The busiest minute has at most this many times the limit of requests: no thundering herd. */
const MAX_PEAK_FACTOR = 1.25;

/** The goals that the run missed; [] when it met all. */
export function missedGoals(run: FleetRun): string[] {
  const { limit } = run.options;
  return [
    ...(run.starved > 0 ? [`${run.starved} desks without a good answer for more than two minutes`] : []),
    ...(run.refusedSettled >= MAX_REFUSED_SHARE ? [`${percent(run.refusedSettled)} refused after it had settled`] : []),
    ...(run.peakPerMinute > limit * MAX_PEAK_FACTOR
      ? [`${run.peakPerMinute} requests in one minute at a limit of ${limit}`]
      : []),
  ];
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.001 && share > 0 ? 3 : 2)} %`;
}
