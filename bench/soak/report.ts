import type { SoakRun } from './run-soak.ts';

/** The results of a run as a table. */
export function soakReport(run: SoakRun, wallMs: number): string {
  const { options, readings } = run;
  const rows: [string, string][] = [
    ['seed', String(options.seed)],
    ['time simulated', `${options.days} days of 10 h at work; the computer sleeps at night`],
    ['time it took', `${(wallMs / 1000).toFixed(0)} s`],
    ['sessions at the PBX', thousands(run.sessions)],
    ['rings for me / announced / placed here', [run.rings, run.announced, run.placed].map(thousands).join(' / ')],
    ['ring to announcement, push works, p50 / p99 / longest', delays(run.byPush)],
    ['the same by list, outages included', delays(run.byList)],
    ['announced twice, because push was late or doubled', String(run.announcedTwice)],
    ['requests / in the busiest minute awake', `${thousands(run.requests)} / ${run.busiestMinute}`],
    ['heap after each day, MB', readings.map(({ heap }) => (heap === null ? '?' : (heap / 1e6).toFixed(1))).join(', ')],
    ['timers / connections / listeners after each day', readings.map(gauges).join(', ')],
    ['my calls / entries / requests to dial without a call', histories(run.history)],
    ['history: faults', [...run.history.faults].map(([fault, count]) => `${count} ${fault}`).join(', ')],
    ['faults', [...run.faults].map(([name, times]) => `${name} ${times}`).join(', ')],
    ['guarantees violated', String(run.violations)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    ...(run.first.length > 0 ? ['', 'The first violations, in simulated time:', ...run.first] : []),
  ].join('\n');
}

function histories({ calls, unrecorded, entries, attempts }: SoakRun['history']): string {
  return `${thousands(calls)} and ${unrecorded} that the PBX lost / ${thousands(entries)} / ${attempts}`;
}

function gauges({ timers, sockets, listeners }: SoakRun['readings'][number]): string {
  return [timers, sockets, listeners].join(' / ');
}

function delays(sorted: readonly number[]): string {
  const at = (share: number): string => {
    const ms = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    return ms === undefined ? '-' : `${(ms / 1000).toFixed(1)} s`;
  };
  return [at(0.5), at(0.99), at(1)].join(' / ');
}

function thousands(value: number): string {
  return value.toLocaleString('en-US');
}
