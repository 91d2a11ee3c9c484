/**
 * How long it takes to read a text: texts that were made to be slow in four sizes, and the texts of the corpus of at
 * most 100 characters, as people write them. A text of more than 1,000 characters is refused unread. Every round reads
 * all texts once, so that the caches of the library do not make a text faster. Prints the
 * median of the rounds in ms beside the goals; a time of more than twice its goal is a failure; a shorter one may come from the load of the
 * machine.
 */
import { readDial } from '../src/core/dial/read-dial.ts';
import { CORPUS } from '../test/core/numbers/corpus/corpus.ts';
import { DEFAULT_DIAL_RULES } from '../test/support/default-dial-rules.ts';

/** Characters, and the goal in ms. */
const SIZES = [
  [100, 1],
  [1_000, 25],
  [10_000, 5],
  [100_000, 5],
] as const;
const ROUNDS = 11;
/** Characters of a typical text, and the goal in ms. */
const TYPICAL = [100, 1] as const;
/** How much slower than its goal a text may be. */
const MARGIN = 2;

const SHAPES: readonly (readonly [name: string, piece: string])[] = [
  ['one digit', '1'],
  ['spaces', ' '],
  ['digits and spaces', '1 '],
  ['pairs of digits', '12 '],
  ['single digits after a +', '+1 2 3 4 5 6 7 8 9 0 '],
  ['labels', 'Tel. 030 231250 Fax '],
  ['extensions in a list', '53410 DW 805, 806 '],
  ['numbers of something', 'numéro de dossier '],
  ['plus signs', '+'],
  ['numbers with +', '+12015550123 '],
  ['national numbers', '030 1234567 '],
  ['groups of five', '12345 '],
  ['brackets', '('],
  ['(0)', '(0)'],
  ['commas', ','],
  ['pauses', '1,'],
  ['slashes', '1/'],
  ['dots', '1.'],
  ['colons', '1:'],
  ['hashes', '1#'],
  ['escapes', '%20'],
  ['letters', 'a'],
  ['letters and digits', 'a1'],
  ['letters, hyphens, digits', '1-800-A'],
  ['"ext"', '1 ext '],
  ['"x"', 'x1'],
  ['"tel:"', 'tel:'],
  ['links', '<tel:%2B1201> '],
  ['SIP addresses', 'sip:1@a '],
  ['e-mail signs', '@'],
  ['amounts', '1.000,00 '],
  ['thousands', "1'000"],
  ['dates', '01.01.2024 '],
  ['hex digits and colons', 'a0:'],
  ['capitals and digits', 'DE00'],
  ['switches', ' --a'],
  ['line ends', '1\n'],
  ['direction marks', '\u202E1'],
  ['full-width digits', '１'],
  ['mathematical digits', '𝟏'],
  ['half surrogates', '\uD835'],
  ['marks on letters', 'a\u0301'],
];

interface Timed {
  text: string;
  country: string;
  times: number[];
}

const timed = (text: string, country = 'DE'): Timed => ({ text, country, times: [] });
const median = ({ times }: Timed): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Infinity;

const rows = SHAPES.flatMap(([name, piece]) =>
  ['', 'tel:'].map((scheme) => ({
    name: scheme + name,
    cells: SIZES.map(([size]) => timed((scheme + piece.repeat(Math.ceil(size / piece.length))).slice(0, size))),
  })),
);
const typical = CORPUS.filter(([, , text]) => text.length <= TYPICAL[0]).map(([, country, text]) =>
  timed(text, country),
);
const all = [...rows.flatMap(({ cells }) => cells), ...typical];
for (let round = 0; round < ROUNDS; round += 1) {
  for (const { text, country, times } of all) {
    const rules = { ...DEFAULT_DIAL_RULES, country };
    const began = performance.now();
    readDial(text, { provenance: 'typed', rules });
    times.push(performance.now() - began);
  }
}

const cell = (text: string, width: number): string => text.padStart(width);
const line = (name: string, cells: readonly string[]): void =>
  console.log(`${name.padEnd(32)}${cells.map((text) => cell(text, 12)).join('')}`);
function judge(what: string, time: number, goal: number): void {
  if (time <= goal) return;
  const missed = time > goal * MARGIN;
  console.error(
    `${what}: ${time.toFixed(3)} ms, goal ${goal} ms${missed ? '' : '; within the margin of a busy machine'}.`,
  );
  if (missed) process.exitCode = 1;
}

console.log('Reading a text, median in ms. More than 1,000 characters are refused unread.');
line(
  'characters',
  SIZES.map(([size]) => size.toLocaleString('en')),
);
line(
  'goal',
  SIZES.map(([, goal]) => String(goal)),
);
for (const { name, cells } of rows) {
  line(
    name,
    cells.map((each) => median(each).toFixed(3)),
  );
}
const worst = SIZES.map((_, at) => Math.max(...rows.map(({ cells }) => cells.map(median)[at] ?? Infinity)));
line(
  'worst',
  worst.map((time) => time.toFixed(3)),
);
for (const [at, [size, goal]] of SIZES.entries()) judge(`${size} characters`, worst[at] ?? Infinity, goal);

const slowest = typical.map((each) => ({ ...each, time: median(each) })).sort((a, b) => b.time - a.time);
const middle = slowest[Math.floor(slowest.length / 2)]?.time ?? 0;
console.log(
  `${slowest.length} texts of the corpus of at most ${TYPICAL[0]} characters: goal ${TYPICAL[1]}, median ${middle.toFixed(3)}, worst`,
);
for (const { country, text, time } of slowest.slice(0, 3)) {
  console.log(`${cell(time.toFixed(3), 10)}  ${country} ${JSON.stringify(text)}`);
}
judge('A text of the corpus', slowest[0]?.time ?? Infinity, TYPICAL[1]);
