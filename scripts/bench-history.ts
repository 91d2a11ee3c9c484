/**
 * npm run bench:history: what a history of 100,000 calls costs, in ms, and how long it holds the process at a time.
 * `--calls N`: another number. `--kills N`: also kills a writer N times and checks what is left. `--json`: one line.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { timeBeside, timesOf, type Times } from '../bench/people/measure.ts';
import { systemClock } from '../src/core/clock.ts';
import type { HistoryFilter } from '../src/shared/history.ts';
import { killHistoryWriters } from '../test/core/history/support/kill-writers.ts';
import { manyCalls, oneCall, openHistoryFile } from '../test/core/history/support/many-calls.ts';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '100000' },
    kills: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
});
const count = Number(values.calls);
const folder = mkdtempSync(join(tmpdir(), 'bench-history-'));
const path = join(folder, 'history.db');

const { history, swept, close } = openHistoryFile(path, systemClock);
const all = manyCalls(count, Date.now());
const addAll = async (): Promise<void> => {
  if (!(await history.addAll(all, () => false))) throw new Error('not written');
};
const sync = await timeBeside(addAll);
const again = await timeBeside(addAll);

const inserts = timesOf(
  Array.from({ length: 500 }, (_none, at) => {
    const started = performance.now();
    history.add([oneCall(count + at, count + at, Date.now())]);
    return performance.now() - started;
  }),
);

async function timePages(filter: HistoryFilter, pages: number): Promise<{ page: Times; blocked: number }> {
  const times: number[] = [];
  let blocked = 0;
  let next: string | null = null;
  for (let at = 0; at < pages; at += 1) {
    const { ms, blocked: held } = await timeBeside(async () => {
      ({ next } = await history.page(filter, next));
    });
    times.push(ms);
    blocked = Math.max(blocked, held.max);
  }
  return { page: timesOf(times), blocked };
}

const filters: [what: string, filter: HistoryFilter, goal: number | null][] = [
  ['page of 50', { text: '', only: null }, 2],
  ['page of 50 missed calls', { text: '', only: 'missed' }, 2],
  ['search for what many have ("anna")', { text: 'anna', only: null }, null],
  ['search for one number', { text: all[Math.floor(count / 2)]?.number ?? '', only: null }, null],
  ['search for what nobody has', { text: 'zzzz', only: null }, null],
  ['search for one letter that nobody has', { text: 'ø', only: null }, null],
];
const pages = [];
for (const [what, filter, goal] of filters) pages.push({ what, goal, ...(await timePages(filter, 40)) });

let exported = 0;
const csv = await timeBeside(async () => {
  for await (const part of history.csv()) exported += part.length;
});
const clear = await timeBeside(async () => {
  history.clear();
  await swept();
});
const megabytes = statSync(path).size / 1e6;
close();
const kills = Number(values.kills);
const killed = kills > 0 ? await killHistoryWriters(join(folder, 'kills.db'), kills, Math.random) : null;
rmSync(folder, { recursive: true, force: true });

/** No task of main may take longer. */
const MOST_HELD = 20;
const rows: [work: string, ms: number, goal: number | null][] = [
  ['insert of one, p99', inserts.p99, 2],
  ...pages.flatMap(({ what, goal, page, blocked }): [string, number, number | null][] => [
    [`${what}, p99`, page.p99, goal],
    ['… longest time that main is held', blocked, MOST_HELD],
  ]),
  [`${count.toLocaleString('en')} records of the PBX`, sync.ms, null],
  ['… longest time that main is held', sync.blocked.max, MOST_HELD],
  ['the same records again', again.ms, null],
  ['… longest time that main is held', again.blocked.max, MOST_HELD],
  [`export, ${(exported / 1e6).toFixed(1)} MB`, csv.ms, null],
  ['… longest time that main is held', csv.blocked.max, MOST_HELD],
  ['deleting everything', clear.ms, null],
  ['… longest time that main is held', clear.blocked.max, MOST_HELD],
];

if (values.json) {
  console.log(JSON.stringify({ calls: count, megabytes, inserts, pages, sync, again, csv, clear, killed }));
} else {
  console.log(`${count.toLocaleString('en')} calls, ${megabytes.toFixed(1)} MB, ms on Node ${process.versions.node}\n`);
  console.log('| work | ms | goal |');
  console.log('| --- | --- | --- |');
  for (const [work, ms, goal] of rows) {
    console.log(`| ${work} | ${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} | ${goal === null ? '' : `≤ ${goal}`} |`);
  }
  if (killed !== null) console.log(`\nkills: ${JSON.stringify(killed)}`);
}
