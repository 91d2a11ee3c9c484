import { missedGoals, percent } from './goals.ts';
import type { FleetRun, FleetFault } from './run-fleet.ts';

const STORY: Record<FleetFault, string> = {
  none: 'a normal hour',
  restart: 'PBX restarts',
  outage: 'no network, 10 min',
};

const COLUMNS = [
  'desks',
  'push',
  'what happens',
  '429 says when',
  'requests/min',
  'busiest min',
  'refused',
  'refused, settled',
  'ring to notification p50 / p95 / p99, s',
  'missed',
  'recovered 95 % / all, s',
  'starved',
];

/** The results as a Markdown table. */
export function markdownTable(runs: readonly FleetRun[]): string {
  const rows = runs.map((run) => {
    const { desks, push, fault, retryAfter } = run.options;
    const { p50, p95, p99 } = run.delay;
    const { recovery } = run;
    return [
      thousands(desks),
      push ? 'yes' : 'no',
      STORY[fault],
      retryAfter ? 'yes' : 'no',
      thousands(run.meanPerMinute),
      thousands(run.peakPerMinute),
      percent(run.refused),
      percent(run.refusedSettled),
      [p50, p95, p99].map(seconds).join(' / '),
      percent(run.missed),
      recovery === null ? '' : `${seconds(recovery.most)} / ${seconds(recovery.all)}`,
      thousands(run.starved),
    ];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(COLUMNS), line(COLUMNS.map(() => '---')), ...rows.map(line)].join('\n');
}

/** One line for each goal that a run missed; '' when there is none. */
export function missedTable(runs: readonly FleetRun[]): string {
  return runs.flatMap((run) => missedGoals(run).map((goal) => `- ${title(run)}: ${goal}.`)).join('\n');
}

export function title({ options: { desks, push, fault, retryAfter } }: FleetRun): string {
  const refusal = retryAfter ? '' : ', 429 without Retry-After';
  return `${thousands(desks)} desks ${push ? 'with' : 'without'} push, ${STORY[fault]}${refusal}`;
}

function seconds(ms: number): string {
  if (!Number.isFinite(ms)) return 'never';
  return (ms / 1000).toFixed(ms < 10_000 ? 1 : 0);
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
