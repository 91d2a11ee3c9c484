/**
 * npm run bench:people: what 50,000 people cost, in ms, beside what SQLite alone costs on this machine in the same run.
 * `--people N`: another number. `--kills N`: also kills a writer N times and checks what is left. `--json`: one line.
 */
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { floors } from '../bench/people/floors.ts';
import { timeWithPauses, timeEach, type Times } from '../bench/people/measure.ts';
import { systemClock } from '../src/core/clock.ts';
import { People } from '../src/core/people/people.ts';
import { DEFAULT_EXTENSIONS } from '../src/shared/dial-rules.ts';
import { killWriters } from '../test/core/people/support/kill-writers.ts';
import { callerOf, manyPeople } from '../test/core/people/support/many-people.ts';
import { makeScratch } from '../test/support/scratch.ts';
import { silentLog } from '../test/support/silent-log.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '50000' },
    kills: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
});
const count = Number(values.people);
const kills = Number(values.kills);
const { path: folder, remove } = makeScratch(tmpdir(), 'bench-people');
const path = join(folder, 'people.db');
const LOOKUPS = 5_000;
/** Searches as somebody types them, a letter at a time: for words that many people have, and for words that nobody has. */
const TYPED = [
  'müller 217',
  'anna berg',
  'firma 12',
  'zoë',
  'xyz',
  'einkauf jürgen',
  '030 2000',
  '2012345',
  'lefevre',
  'ab',
];
const keystrokes = TYPED.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)));

const place = { country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS };
const open = (): People =>
  new People({
    path,
    place: () => place,
    matchLength: () => null,
    clock: systemClock,
    log: silentLog,
    onNotice: () => undefined,
    onChange: () => undefined,
  });

/** The indexes of people that are spread over the whole directory, in no order. */
const callers = Array.from({ length: LOOKUPS }, (_, at) => (at * 7_919) % count);
const letters = keystrokes.filter((text) => /^\p{L}+$/u.test(text));
const floor = floors(count, callers, [...letters, ...letters, ...letters]);

const started = performance.now();
const empty = open();
const openEmpty = performance.now() - started;
const sync = await timeWithPauses(() => empty.replace('pbx:company', manyPeople(count)));
for (const at of [17, 170, 1_700]) empty.countCall(callerOf(at), Date.now());
await empty.close();
const reopened = performance.now();
const people = open();
const openFull = performance.now() - reopened;
people.who({ number: callerOf(1), name: '' });
people.search('a');
const lookup = timeEach(callers, (caller) => people.who({ number: callerOf(caller), name: 'A claim' }));
const unknown = timeEach(callers, (caller) => people.who({ number: `+4940${3_000_000 + caller}`, name: 'A claim' }));
const search = timeEach([...keystrokes, ...keystrokes, ...keystrokes], (text) => people.search(text));
const oneLetter = timeEach(
  Array.from({ length: 200 }, (_, at) => 'aebkmz'.charAt(at % 6)),
  (text) => people.search(text),
);
const again = await timeWithPauses(() => people.replace('pbx:company', manyPeople(count)));
await people.close();
const megabytes = statSync(path).size / 1e6;
const killed = kills > 0 ? await killWriters(join(folder, 'kills.db'), kills, 200, Math.random) : null;
remove();

const rows: [work: string, ms: number, goal: number, floor: number | null][] = [
  ['number to person, p99', lookup.p99, 1, floor.lookup.p99],
  ['number that nobody has, p99', unknown.p99, 1, floor.lookup.p99],
  ['keystroke to 20 ranked results, p95', search.p95, 10, floor.prefix.p95],
  ['one letter to 20 ranked results, p95', oneLetter.p95, 10, floor.prefix.p95],
  ['first full sync', sync.ms, 10_000, null],
  ['… longest time that main is blocked', sync.blocked.max, 20, null],
  ['full sync over what is there', again.ms, 10_000, null],
  ['… longest time that main is blocked', again.blocked.max, 20, null],
  ['opening it full, more than empty', openFull - openEmpty, 50, null],
];
if (values.json) {
  console.log(
    JSON.stringify({
      people: count,
      megabytes,
      lookup,
      unknown,
      search,
      oneLetter,
      sync,
      again,
      openEmpty,
      openFull,
      floor,
      killed,
    }),
  );
} else {
  const text = (ms: number): string => (ms < 10 ? ms.toFixed(3) : ms.toFixed(0));
  console.log(
    `${count.toLocaleString('en')} people, ${megabytes.toFixed(1)} MB, ms on Node ${process.versions.node}\n`,
  );
  console.log('| work | ms | goal | SQLite alone | ratio |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const [work, ms, goal, alone] of rows) {
    const ratio = alone === null ? '' : (ms / alone).toFixed(1);
    console.log(`| ${work} | ${text(ms)} | ${goal} | ${alone === null ? '' : text(alone)} | ${ratio} |`);
  }
  const spread = ({ p50, p95, p99, max }: Times): string => [p50, p95, p99, max].map(text).join(' / ');
  console.log(`\nnumber to person, p50 / p95 / p99 / max: ${spread(lookup)}; SQLite alone: ${spread(floor.lookup)}`);
  console.log(`keystroke, p50 / p95 / p99 / max: ${spread(search)}; SQLite alone: ${spread(floor.prefix)}`);
  console.log(`slices of the first sync, p50 / p95 / p99 / max: ${spread(sync.blocked)}`);
  if (killed !== null) console.log(`kills: ${JSON.stringify(killed)}`);
}
