/**
 * npm run bench:list: the processor time that one poll of the list costs the main process, in ms for each stage.
 *
 * The stages: `index` prepares for the next list in idle time, `text` decodes the bytes, `read`, `model`, `events` and
 * `tray` turn them into what is shown, `clone` is the copy that goes to the window, and `find` searches for a colleague's
 * call. `parse` is JSON.parse of the same text, for comparison.
 *
 * The polls: in "ticking" ones only talking times change. In "later" ones calls also begin, are answered and end. "since
 * start" are the same polls of a PBX whose talking times count from the start of the session.
 *
 * Then follow the cost of one pushed event, and that of one call in lists of 10 to 10,000, in µs.
 *
 * `--calls N`: the length of the list, 10,000 (2.5 MB) by default. `--json` prints one line instead: for each poll `parse`,
 * `total` and `longestBlock` (the longest time without a pause for other work), `event`, and `perCall`.
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

/** All stages of a poll; without `find`, which a poll does not run. */
const totalOf = (costs: PollCosts & { total?: number }): number =>
  costs.total ?? STAGES.reduce((sum, stage) => sum + (stage === 'find' ? 0 : costs[stage]), 0);
/** The share of calls that begin, are answered or end between two polls, which are five seconds apart. */
const CHANGING = 1 / 150;

interface Measured {
  poll: ListPoll;
  first: PollCosts;
  second: PollCosts;
  ticking: PollCosts[];
  later: PollCosts[];
}

function measure(sinceStart: boolean): Measured {
  const poll = new ListPoll(began);
  let at = 0;
  const pollOnce = (changes: number): PollCosts => poll.run(body(calls, at++, changes, sinceStart));
  const [first, second] = [pollOnce(0), pollOnce(0)];
  const ticking = Array.from({ length: POLLS }, () => pollOnce(0));
  const later = Array.from({ length: POLLS }, (_, index) => pollOnce((index + 1) * Math.ceil(calls * CHANGING)));
  return { poll, first, second, ticking, later };
}

const { poll, first, second, ticking, later } = measure(false);
const sinceStart = measure(true);

const EVENTS = 1_000;
let eventMs = 0;
for (let index = 0; index < EVENTS; index++) eventMs += poll.event(index) / EVENTS;

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

const SIZES = [10, 100, 1_000, 10_000];
/** At each size, polls are repeated until this many calls were read, so that small lists are measured as exactly. */
const CALLS_READ = 200_000;
const MAX_POLLS = 2_000;

/**
 * What a call costs in a list of this size, in µs: in the first poll and in later ones. Means, because processor time is
 * counted in steps that are longer than a short list takes.
 */
function perCall(size: number): { first: number; later: number; event: number } {
  const polls = Math.min(MAX_POLLS, CALLS_READ / size);
  const fresh = Array.from({ length: Math.ceil(polls / 10) }, () => new ListPoll(began).run(body(size, 0, 0)));
  const watched = new ListPoll(began);
  watched.run(body(size, 0, 0));
  const later = Array.from({ length: polls }, (_, index) =>
    totalOf(watched.run(body(size, index + 1, Math.floor((index + 1) * size * CHANGING)))),
  );
  let event = 0;
  for (let index = 0; index < EVENTS; index++) event += watched.event(index) / EVENTS;
  return { first: (mean(fresh.map(totalOf)) * 1000) / size, later: (mean(later) * 1000) / size, event: event * 1000 };
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
    total: middle(polls.map(totalOf)),
  };
};
const worst = (polls: readonly PollCosts[]): PollCosts => polls.reduce((a, b) => (totalOf(a) > totalOf(b) ? a : b));

const sizes = SIZES.map((size) => [size, perCall(size)] as const);

if (values.json) {
  const round = (ms: number): number => Math.round(ms * 10) / 10;
  const rounded = (one: PollCosts) => ({
    parse: round(one.parse),
    total: round(totalOf(one)),
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
    `| ${name} | ${[...STAGES.map((stage) => one[stage]), totalOf(one), one.parse, one.longestBlock].map((ms) => ms.toFixed(1)).join(' | ')} |`;
  const megabytes = (bigList(calls, began, 0).length / 1e6).toFixed(1);
  console.log(`${calls.toLocaleString('en')} calls, ${megabytes} MB, ms on Node ${process.versions.node}\n`);
  console.log(`| poll | ${STAGES.join(' | ')} | total without find | parse | longest block |`);
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
