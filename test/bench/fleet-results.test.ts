import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withPanel } from '../../bench/fleet/chart.ts';
import { fleetMatrix } from '../../bench/fleet/matrix.ts';
import type { FleetOptions, FleetRun } from '../../bench/fleet/run-fleet.ts';
import { title, withRun } from '../../bench/fleet/table.ts';

const read = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const LOAD = read('load.md');
const CHART = read('fleet.svg');

function runOf(options: FleetOptions, starved = 0): FleetRun {
  return {
    options,
    bins: Array.from({ length: 500 }, () => ({ requests: 321, refused: 1 })),
    meanPerMinute: 1_926,
    peakPerMinute: 1_927,
    refused: 0,
    refusedSettled: 0,
    delay: { p50: 200, p95: 400, p99: 600 },
    rings: 1,
    missed: 0,
    repeated: 0,
    placed: 1,
    placingsRefused: 0,
    recovery: null,
    starved,
  };
}

const withRow = (line: string): boolean => line.startsWith('| ');
const rowsOf = (text: string): string[] => text.split('\n').filter(withRow);

test.each(fleetMatrix(false, 1).map((options) => [title(runOf(options)), options] as const))(
  'the result of %s replaces its row of the table and no other line',
  (_title, options) => {
    // Its goals are met again after they were missed, so only the row differs.
    const first = withRun(withRun(LOAD, runOf(options, 17)), runOf(options));
    const again = withRun(first, { ...runOf(options), meanPerMinute: 4_321 });
    expect(rowsOf(first)).toHaveLength(rowsOf(LOAD).length);
    const lines = first.split('\n');
    const changed = again.split('\n').filter((line, at) => line !== lines[at]);
    expect(changed).toEqual([expect.stringMatching(/^\| [^|]+\| [^|]+\| [^|]+\| [^|]+\| 4,321 /)]);
    expect(again.split('\n')).toHaveLength(lines.length);
  },
);

test('a result that misses a goal is listed until the run meets it again', () => {
  const [options] = fleetMatrix(false, 1);
  if (options === undefined) throw new Error('no runs');
  const line = '- 10 desks with push, a normal hour: 17 desks without a good answer for more than two minutes.';
  const missing = withRun(LOAD, runOf(options, 17));
  expect(missing.split('\n').filter((one) => one === line)).toHaveLength(1);
  expect(withRun(missing, runOf(options, 17))).toBe(missing);
  expect(withRun(missing, runOf(options))).not.toContain('17 desks');
});

test('the text around the table stays as it is', () => {
  const [before = '', rest = ''] = LOAD.split('<!-- bench:fleet -->');
  const after = rest.split('<!-- /bench:fleet -->')[1] ?? '';
  for (const options of fleetMatrix(false, 1)) {
    const text = withRun(LOAD, runOf(options));
    expect(text.startsWith(before)).toBe(true);
    expect(text.endsWith(after)).toBe(true);
  }
});

test('the chart keeps the panel of the other run', () => {
  const panel = (chart: string, id: string): string => new RegExp(`<g id="${id}">.*?</g>`, 's').exec(chart)?.[0] ?? '';
  const options: FleetOptions = { desks: 5_000, push: true, fault: 'outage', limit: 5_000, retryAfter: true, seed: 1 };
  const withPush = withPanel(CHART, runOf(options));
  expect(panel(withPush, 'push')).not.toBe(panel(CHART, 'push'));
  expect(panel(withPush, 'no-push')).toBe(panel(CHART, 'no-push'));
  expect(panel(CHART, 'no-push')).toContain('5,000 desks without push');
  const both = withPanel(withPush, runOf({ ...options, push: false }));
  expect(panel(both, 'push')).toBe(panel(withPush, 'push'));
  expect(panel(both, 'no-push')).not.toBe(panel(CHART, 'no-push'));
});
