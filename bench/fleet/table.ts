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

/** How many of the columns say which run it is. */
const KEY_COLUMNS = 4;

const BEGIN = '<!-- bench:fleet -->';
const END = '<!-- /bench:fleet -->';

/** The results as Markdown: a table, and the goals that were missed. */
export function results(runs: readonly FleetRun[]): string {
  return markdown(runs.map(row), runs.flatMap(missed));
}

/** Returns the document with the results of this run instead of those that its last measurement had. */
export function withRun(document: string, run: FleetRun): string {
  const from = document.indexOf(BEGIN) + BEGIN.length;
  const to = document.indexOf(END);
  const lines = document.slice(from, to).split('\n');
  const rows = lines.filter((line) => line.startsWith('|')).slice(2);
  const cells = rows.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const fresh = row(run);
  const at = cells.findIndex((known) => keyOf(known) === keyOf(fresh));
  const goals = lines.filter((line) => line.startsWith('- ') && !line.startsWith(`- ${title(run)}: `));
  const all = markdown(cells.toSpliced(at === -1 ? cells.length : at, 1, fresh), [...goals, ...missed(run)]);
  return `${document.slice(0, from)}\n\n${all}\n\n${document.slice(to)}`;
}

const keyOf = (cells: readonly string[]): string => cells.slice(0, KEY_COLUMNS).join('|');

function row(run: FleetRun): string[] {
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
}

const missed = (run: FleetRun): string[] => missedGoals(run).map((goal) => `- ${title(run)}: ${goal}.`);

/** With columns of even width, as the formatter writes them. */
function markdown(rows: readonly string[][], goals: readonly string[]): string {
  const width = (at: number): number => Math.max(...[COLUMNS, ...rows].map((cells) => cells[at]?.length ?? 0));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(width(at))).join(' | ')} |`;
  const table = [line(COLUMNS), line(COLUMNS.map((_, at) => '-'.repeat(width(at)))), ...rows.map(line)].join('\n');
  const summary = goals.length === 0 ? 'Every run met every goal.' : `Goals that were missed:\n\n${goals.join('\n')}`;
  return `${table}\n\n${summary}`;
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
