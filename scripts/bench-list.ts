/**
 * npm run bench:list: what a poll of 10,000 calls (2.5 MB) costs the main process, in ms by stage. `--calls N`: another
 * number of calls. `index` prepares the second list in idle time, `text` decodes the bytes, `push` is the copy that goes to the window, `find` a search for a
 * colleague's call, `parse` JSON.parse of the same text for comparison. In "ticking" polls only talking times change; in
 * "later" ones calls also begin, are answered and end. "since start": the same where talking times count from the start of
 * the session. `event` is one pushed call besides the list. A second table shows
 * what a call costs in lists of 10 to 10,000, in µs. `--json` prints one line: `parse`, `total` from the bytes to events
 * and slices, the longest time without a pause for other work, and `perCall` with the second table.
 */
import { parseArgs } from 'node:util';
import { ListPoll, STAGES, type PollCosts } from '../bench/list/stages.ts';
import { bigList } from '../test/support/big-list.ts';

const { values } = parseArgs({
  options: { calls: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } },
});
const calls = Number(values.calls);
const POLLS = 41;
const began = Date.UTC(2026, 0, 5, 9, 0, 0);

const body = (size: number, index: number, changes: number, sinceStart = false): Uint8Array =>
  new TextEncoder().encode(bigList(size, began, index * 5, changes, { sinceStart }));

const whole = (look: PollCosts & { total?: number }): number =>
  look.total ?? STAGES.reduce((sum, stage) => sum + (stage === 'find' ? 0 : look[stage]), 0);
// Of ten thousand calls some seventy begin, are answered or end in five seconds.
const CHANGING = 1 / 150;

interface Looks {
  poll: ListPoll;
  first: PollCosts;
  second: PollCosts;
  ticking: PollCosts[];
  later: PollCosts[];
}

function looks(sinceStart: boolean): Looks {
  const poll = new ListPoll(began);
  let at = 0;
  const look = (changes: number): PollCosts => poll.run(body(calls, at++, changes, sinceStart));
  const [first, second] = [look(0), look(0)];
  const ticking = Array.from({ length: POLLS }, () => look(0));
  const later = Array.from({ length: POLLS }, (_, index) => look((index + 1) * Math.ceil(calls * CHANGING)));
  return { poll, first, second, ticking, later };
}

const { poll, first, second, ticking, later } = looks(false);
const sinceStart = looks(true);

const EVENTS = 1_000;
let eventMs = 0;
for (let index = 0; index < EVENTS; index++) eventMs += poll.event(index) / EVENTS;

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

const SIZES = [10, 100, 1_000, 10_000];
/** So many calls are read at each size, so that small lists are measured as exactly as large ones. */
const CALLS_READ = 200_000;
const MAX_LOOKS = 2_000;

/**
 * What a call costs in a list of this size, in µs: in the first poll and in later ones. Means, because processor time is
 * counted in steps that are longer than a short list takes.
 */
function perCall(size: number): { first: number; later: number; event: number } {
  const looks = Math.min(MAX_LOOKS, CALLS_READ / size);
  const fresh = Array.from({ length: Math.ceil(looks / 10) }, () => new ListPoll(began).run(body(size, 0, 0)));
  const watched = new ListPoll(began);
  watched.run(body(size, 0, 0));
  const later = Array.from({ length: looks }, (_, index) =>
    whole(watched.run(body(size, index + 1, Math.floor((index + 1) * size * CHANGING)))),
  );
  let event = 0;
  for (let index = 0; index < EVENTS; index++) event += watched.event(index) / EVENTS;
  return { first: (mean(fresh.map(whole)) * 1000) / size, later: (mean(later) * 1000) / size, event: event * 1000 };
}

const middle = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
/** The median of each cost. */
const median = (polls: readonly PollCosts[]): PollCosts & { total: number } => {
  const of = (cost: keyof PollCosts): number => middle(polls.map((one) => one[cost]));
  const stages = STAGES.map((stage) => [stage, of(stage)] as const);
  return {
    ...(Object.fromEntries(stages) as PollCosts),
    parse: of('parse'),
    longestBlock: of('longestBlock'),
    total: middle(polls.map(whole)),
  };
};
const worst = (polls: readonly PollCosts[]): PollCosts => polls.reduce((a, b) => (whole(a) > whole(b) ? a : b));

const sizes = SIZES.map((size) => [size, perCall(size)] as const);

if (values.json) {
  const round = (ms: number): number => Math.round(ms * 10) / 10;
  const rounded = (one: PollCosts) => ({
    parse: round(one.parse),
    total: round(whole(one)),
    longestBlock: round(one.longestBlock),
  });
  const lines = {
    first: rounded(first),
    second: rounded(second),
    later: rounded(median(later)),
    ticking: rounded(median(ticking)),
    sinceStart: {
      first: rounded(sinceStart.first),
      second: rounded(sinceStart.second),
      later: rounded(median(sinceStart.later)),
      ticking: rounded(median(sinceStart.ticking)),
    },
    event: Math.round(eventMs * 1000) / 1000,
    perCall: Object.fromEntries(
      sizes.map(([size, one]) => [
        size,
        { first: round(one.first), later: round(one.later), event: Math.round(one.event) },
      ]),
    ),
  };
  console.log(JSON.stringify(lines));
} else {
  const row = (name: string, one: PollCosts): string =>
    `| ${name} | ${[...STAGES.map((stage) => one[stage]), whole(one), one.parse, one.longestBlock].map((ms) => ms.toFixed(1)).join(' | ')} |`;
  const megabytes = (bigList(calls, began, 0).length / 1e6).toFixed(1);
  console.log(`${calls.toLocaleString('en')} calls, ${megabytes} MB, ms on Node ${process.versions.node}\n`);
  console.log(`| look | ${STAGES.join(' | ')} | total without find | parse | longest block |`);
  console.log(`|---|${'---|'.repeat(STAGES.length + 3)}`);
  const picked: [string, PollCosts][] = [
    ['first', first],
    ['second', second],
    ['ticking, median', median(ticking)],
    ['later, median', median(later)],
    ['later, worst', worst(later)],
    ['since start, first', sinceStart.first],
    ['since start, ticking, median', median(sinceStart.ticking)],
    ['since start, later, median', median(sinceStart.later)],
    ['since start, later, worst', worst(sinceStart.later)],
  ];
  for (const [name, one] of picked) console.log(row(name, one));
  console.log(`\nOne event of push: ${eventMs.toFixed(3)} ms\n`);
  console.log('| calls in the list | first poll, µs per call | later polls, µs per call | one event of push, µs |');
  console.log('|---|---|---|---|');
  for (const [size, one] of sizes) {
    console.log(
      `| ${size.toLocaleString('en')} | ${one.first.toFixed(1)} | ${one.later.toFixed(1)} | ${one.event.toFixed(0)} |`,
    );
  }
}
