/**
 * npm run bench:history: what a history of 100,000 calls costs, in ms, and for how long it blocks the process at a time.
 * `--calls N`: another number. `--kills N`: also kills a writer N times and checks what is left. `--json`: one line.
 */
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { timeWithPauses, timesOf, type Times } from '../bench/people/measure.ts';
import { systemClock } from '../src/core/clock.ts';
import { Naming } from '../src/core/people/naming.ts';
import { People } from '../src/core/people/people.ts';
import { DEFAULT_EXTENSIONS } from '../src/shared/dial-rules.ts';
import type { HistoryFilter } from '../src/shared/history.ts';
import { killHistoryWriters } from '../test/core/history/support/kill-writers.ts';
import { manyPeople } from '../test/core/people/support/many-people.ts';
import { silentLog } from '../test/support/silent-log.ts';
import { makeScratch } from '../test/support/scratch.ts';
import { manyCalls, oneCall, openHistoryFile } from '../test/core/history/support/many-calls.ts';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '100000' },
    kills: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
});
const count = Number(values.calls);
/** How many people the directory has. */
const PEOPLE = 50_000;
const { path: folder, remove } = makeScratch(tmpdir(), 'bench-history');
const path = join(folder, 'history.db');

/** The directory that gives the calls their names; one of its people is in the history. */
const place = { country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS };
const people = new People({
  path: join(folder, 'people.db'),
  place: () => place,
  matchLength: () => null,
  clock: systemClock,
  log: silentLog,
  onNotice: () => undefined,
  onChange: () => undefined,
});
const naming = new Naming(
  (party) => people.who(party),
  () => false,
);
await people.replace('pbx:company', manyPeople(PEOPLE));
await people.replace('file:known.csv', [
  {
    id: '1',
    source: '',
    name: 'Zita Quell',
    company: '',
    department: '',
    email: '',
    numbers: [{ kind: 'work', written: oneCall(Math.floor(count / 2), count, 0).number }],
    favourite: false,
  },
]);

const open = () => {
  const started = performance.now();
  const opened = openHistoryFile(path, systemClock, () => ({
    namesVersion: 0,
    shownText: (number) => naming.shownText(number),
  }));
  // What the first picture needs.
  const { recents, missed, callBacks } = opened.history;
  return { ...opened, first: { recents, missed, people: callBacks?.people }, ms: performance.now() - started };
};
const empty = open();
empty.close();
const { history, swept, close } = open();
const all = manyCalls(count, Date.now());
const addAll = async (): Promise<void> => {
  if (!(await history.addAll(all, () => false))) throw new Error('not written');
};
const sync = await timeWithPauses(addAll);
const again = await timeWithPauses(addAll);

const inserts = timesOf(
  Array.from({ length: 500 }, (_none, at) => {
    const started = performance.now();
    history.add([oneCall(count + at, count + at, Date.now())]);
    return performance.now() - started;
  }),
);

async function timePages(
  filter: HistoryFilter,
  pages: number,
): Promise<{ page: Times; blocked: number; busy: number }> {
  const times: number[] = [];
  let [blocked, busy] = [0, 0];
  let next: string | null = null;
  for (let at = 0; at < pages; at += 1) {
    const { ms, ...waits } = await timeWithPauses(async () => {
      ({ next } = await history.page(filter, next));
    });
    times.push(ms);
    blocked = Math.max(blocked, waits.blocked.max);
    busy = Math.max(busy, waits.busy.max);
  }
  return { page: timesOf(times), blocked, busy };
}

const filters: [what: string, filter: HistoryFilter, goal: number | null][] = [
  ['page of 50', { text: '', only: null }, 2],
  ['page of 50 missed calls', { text: '', only: 'missed' }, 2],
  ['search for what many have ("anna")', { text: 'anna', only: null }, null],
  ['search for one number', { text: all[Math.floor(count / 2)]?.number ?? '', only: null }, null],
  ['search for a name of the directory', { text: 'zita quell', only: null }, null],
  ['search for what nobody has', { text: 'zzzz', only: null }, null],
  ['search for one letter that nobody has', { text: 'ø', only: null }, null],
];
const cold = await timeWithPauses(async () => {
  await history.page({ text: 'zzzz', only: null }, null);
});
const pages = [];
for (const [what, filter, goal] of filters) pages.push({ what, goal, ...(await timePages(filter, 40)) });

const full = open();
full.close();
let exported = 0;
const csv = await timeWithPauses(async () => {
  for await (const part of history.csv((calls) => [...calls])) exported += part.length;
});
const clear = await timeWithPauses(async () => {
  history.clear();
  await swept();
});
const megabytes = statSync(path).size / 1e6;
close();
await people.close();
const kills = Number(values.kills);
const killed = kills > 0 ? await killHistoryWriters(join(folder, 'kills.db'), kills, Math.random) : null;
remove();

/** No task of main may take longer. */
const MAX_BLOCKED_MS = 20;
const rows: [work: string, ms: number, goal: number | null, busy?: number][] = [
  ['first search, which looks up all names', cold.ms, null],
  ['… longest time that main is blocked', cold.blocked.max, MAX_BLOCKED_MS, cold.busy.max],
  ['insert of one, p99', inserts.p99, 2],
  ...pages.flatMap(({ what, goal, page, blocked, busy }): [string, number, number | null, number?][] => [
    [`${what}, p99`, page.p99, goal],
    ['… longest time that main is blocked', blocked, MAX_BLOCKED_MS, busy],
  ]),
  [`${count.toLocaleString('en')} records of the PBX`, sync.ms, null],
  ['… longest time that main is blocked', sync.blocked.max, MAX_BLOCKED_MS, sync.busy.max],
  ['the same records again', again.ms, null],
  ['… longest time that main is blocked', again.blocked.max, MAX_BLOCKED_MS, again.busy.max],
  ['opening it full, more than empty', full.ms - empty.ms, 50],
  [`export, ${(exported / 1e6).toFixed(1)} MB`, csv.ms, null],
  ['… longest time that main is blocked', csv.blocked.max, MAX_BLOCKED_MS, csv.busy.max],
  ['deleting everything', clear.ms, null],
  ['… longest time that main is blocked', clear.blocked.max, MAX_BLOCKED_MS, clear.busy.max],
];

if (values.json) {
  console.log(
    JSON.stringify({
      calls: count,
      megabytes,
      inserts,
      open: full.ms - empty.ms,
      cold,
      pages,
      sync,
      again,
      csv,
      clear,
      killed,
    }),
  );
} else {
  console.log(`${count.toLocaleString('en')} calls, ${megabytes.toFixed(1)} MB, ms on Node ${process.versions.node}\n`);
  const shown = (ms: number): string => (ms < 10 ? ms.toFixed(2) : ms.toFixed(0));
  console.log('| work | ms | goal | processor time |');
  console.log('| --- | --- | --- | --- |');
  for (const [work, ms, goal, busy] of rows) {
    const [most, used] = [goal === null ? '' : `≤ ${goal}`, busy === undefined ? '' : shown(busy)];
    console.log(`| ${work} | ${shown(ms)} | ${most} | ${used} |`);
  }
  if (killed !== null) console.log(`\nkills: ${JSON.stringify(killed)}`);
}
