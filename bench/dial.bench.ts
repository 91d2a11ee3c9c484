/**
 * How long a text takes to be read, for texts that were made to be slow: 1 kB is the longest that is read at all,
 * 10 kB and 100 kB show that longer ones are refused at once. Then the texts of the corpus, as people write them, of at
 * most 100 characters. Prints ms; a missed goal is a failure.
 */
import { readDial } from '../src/core/dial/read-dial.ts';
import { CORPUS } from '../test/core/numbers/corpus/corpus.ts';
import { DEFAULT_DIAL_RULES } from '../test/support/default-dial-rules.ts';

/** Characters, and the goal in ms. */
const SIZES = [
  [1_000, 25],
  [10_000, 5],
  [100_000, 5],
] as const;
const ROUNDS = 15;
/** Characters of a text that people write, and the goal in ms. */
const TYPICAL = [100, 1] as const;

const SHAPES: readonly (readonly [name: string, piece: string])[] = [
  ['one digit', '1'],
  ['spaces', ' '],
  ['digits and spaces', '1 '],
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

/** The median of some rounds, in ms. */
function measure(text: string, country = 'DE'): number {
  const rules = { ...DEFAULT_DIAL_RULES, country };
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    readDial(text, { source: 'typed', rules });
    return performance.now() - began;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Infinity;
}

const cell = (text: string, width: number): string => text.padStart(width);
console.log(`${'Reading a text'.padEnd(28)}${SIZES.map(([size]) => cell(`${size / 1000} kB`, 12)).join('')}   (ms)`);
const rows = SHAPES.flatMap(([name, piece]) => {
  return ['', 'tel:'].map((scheme) => {
    const times = SIZES.map(([size]) =>
      measure((scheme + piece.repeat(Math.ceil(size / piece.length))).slice(0, size)),
    );
    console.log(`${(scheme + name).padEnd(28)}${times.map((time) => cell(time.toFixed(3), 12)).join('')}`);
    return times;
  });
});
const worst = SIZES.map((_, at) => Math.max(...rows.map((times) => times[at] ?? Infinity)));
console.log(`${'worst'.padEnd(28)}${worst.map((time) => cell(time.toFixed(3), 12)).join('')}`);
for (const [at, [size, goal]] of SIZES.entries()) {
  if ((worst[at] ?? Infinity) <= goal) continue;
  console.error(`${size / 1000} kB: slower than ${goal} ms.`);
  process.exitCode = 1;
}

const typical = CORPUS.filter(([, , text]) => text.length <= TYPICAL[0])
  .map(([, country, text]) => ({ country, text, time: measure(text, country) }))
  .sort((a, b) => b.time - a.time);
const median = typical[Math.floor(typical.length / 2)]?.time ?? 0;
console.log(`${typical.length} texts of the corpus: median ${median.toFixed(3)}, worst`);
for (const { country, text, time } of typical.slice(0, 3)) {
  console.log(`${cell(time.toFixed(3), 10)}  ${country} ${JSON.stringify(text)}`);
}
if ((typical[0]?.time ?? Infinity) > TYPICAL[1]) {
  console.error(`A text of at most ${TYPICAL[0]} characters: slower than ${TYPICAL[1]} ms.`);
  process.exitCode = 1;
}
