import type { Found } from './run-shell.ts';
import type { ShellCosts } from './measure.ts';

interface Row {
  key: keyof ShellCosts;
  what: string;
  /** The goal: a multiple of the bare program's figure, or an absolute limit. */
  goal: { times: number } | { most: number } | null;
}

const ROWS: readonly Row[] = [
  { key: 'windowMs', what: 'window on the screen, ms', goal: { times: 1.3 } },
  { key: 'pageMs', what: 'first picture, ms', goal: { times: 1.4 } },
  { key: 'requestMs', what: 'first request, ms', goal: null },
  { key: 'linkMs', what: 'second start with a link, ms', goal: { times: 1.3 } },
  { key: 'pssMb', what: 'memory with the window hidden, MB', goal: { most: 205 } },
  { key: 'mainPssMb', what: '… of that the main process, MB', goal: { most: 75 } },
  { key: 'neverShownPssMb', what: 'memory when started hidden, MB', goal: null },
  { key: 'hiddenCpuSecondsPerMinute', what: 'processor, hidden, s per minute', goal: { most: 0.1 } },
  { key: 'wakeupsPerMinute', what: 'wake-ups of main, hidden, per minute', goal: { most: 60 } },
  { key: 'busyCpuSecondsPerMinute', what: 'processor, ten calls shown, s per minute', goal: null },
];

/** Markdown: the figures of both programs, their ratio, and whether each goal is met. */
export function costsTable(found: Found): string {
  const rows = ROWS.map(({ key, what, goal }) => {
    const [ours, bare] = [found[key], found.bare[key]];
    const most = goal === null ? null : 'times' in goal ? goal.times * bare : goal.most;
    const wanted = goal === null ? '' : 'times' in goal ? `≤ ${goal.times} × bare` : `≤ ${goal.most}`;
    const verdict = most === null ? '' : ours <= most ? 'met' : 'missed';
    return `| ${what} | ${ours} | ${bare} | ${(ours / bare).toFixed(2)} | ${wanted} | ${verdict} |`;
  });
  return ['| | Traydial | bare | ratio | goal | |', '|---|---|---|---|---|---|', ...rows].join('\n');
}
