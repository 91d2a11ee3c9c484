import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { buildWhenStale, ROOT } from '../../scripts/build-when-stale.ts';

const OUT = join(ROOT, 'out');
const KB = 1000;
const GERMAN = /[\\/]de-[^\\/]*$/;
/** Loaded only when the demo starts. */
const DEMO = /[\\/]demo\.js$/;

beforeAll(async () => {
  expect(await buildWhenStale()).toBe(true);
});

const files = (folder: string, ending: string): string[] =>
  readdirSync(join(OUT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(OUT, folder, name));

/** The scripts whose names start so, and everything that they import statically. */
function withImports(folder: string, starts: readonly string[]): string[] {
  const scripts = files(folder, '.js');
  const needed = new Set<string>();
  const add = (file: string): void => {
    if (needed.has(file)) return;
    needed.add(file);
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g)) {
      add(join(dirname(file), name));
    }
  };
  for (const file of scripts) if (starts.some((start) => basename(file).startsWith(start))) add(file);
  return [...needed];
}

const neededFor = (view: string): string[] => withImports('renderer', ['index-', `${view}-`]);

/** In kB of 1000 bytes, each file compressed with gzip. */
const packed = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + gzipSync(readFileSync(name), { level: 9 }).length, 0) / KB;

// The limits have some reserve. A commit that raises one says why.
test.each<[part: string, most: number, names: () => string[]]>([
  // What names calls takes 5 kB of it; the people themselves (10 kB) are loaded after the window.
  // Another kB keeps the history right when records come late or twice, and finds callers however a line is written.
  // Half a kB knows claimed companies and withheld numbers in more languages, and shows the file of a notice.
  ['main, which is loaded at every start', 289, () => withImports('main', ['index.js', 'program.js'])],
  ['the demo', 90, () => files('main', '.js').filter((name) => DEMO.test(name))],
  ['the preload script', 4, () => files('preload', '.cjs')],
  // With the texts of all errors, of the settings, of the guide and of the history, which a window loads when it shows them.
  // 1 kB of it are the other words by which settings are found.
  // The list, the form and the export of own contacts take 3.5 kB, which the settings and the history load.
  // The call-back list takes 2.5 kB: rows by person, reminders and their times.
  // Another kB for the calls that notifications lead to and for a contact from the dial field.
  // Two kB ask before the history is deleted, keep lists to one account and one search, pass on the focus, and lead from
  // advice to settings.
  // Three kB are for the presence of colleagues and rules for single people.
  // Two kB are a hint for each advanced call option, icons of the first steps, and what to do when nobody matches.
  // One kB for the icons of the settings' pages, and for rows in which a button stands beside what it is for.
  // One kB makes each row of buttons one stop of the Tab key, keeps a note when the id of its call changes, and proposes
  // shortcuts.
  // One kB shows many changed rows in steps, asks for the password only after a session has expired, and says that a
  // key store does not answer.
  ["the window's scripts, in English", 163, () => files('renderer', '.js').filter((name) => !GERMAN.test(name))],
  // 1 kB for why the user was notified, and for quiet hours; another half for own contacts, and for the call-back list.
  // A third of a kB says in the settings why each guard asks, and names the buttons of notices.
  ['… and those that only German needs', 29.5, () => files('renderer', '.js').filter((name) => GERMAN.test(name))],
  ['… of those the ones that the list of calls waits for', 60, () => neededFor('Calls')],
  ['… of those the ones that the sign-in waits for', 55, () => neededFor('SignIn')],
  // A file of its own for the menu of accounts, which is loaded where there are several, costs a tenth.
  // Half a kB of it is for the presence of colleagues and for a question above a darkened view.
  // Another half for 200 % text size in the sign-in, the first steps, the guide, the history and forms.
  ["the window's styles", 18.5, () => files('renderer', '.css')],
])('%s stays within %i kB, minified and gzipped', (_part, most, names) => {
  expect(names().length).toBeGreaterThan(0);
  expect(packed(names())).toBeLessThan(most);
});

const textOf = (names: readonly string[]): string => names.map((name) => readFileSync(name, 'utf8')).join('\n');

test('a stack trace names functions and classes although the bundles are minified', () => {
  const main = textOf(files('main', '.js'));
  const named = ['SettingsStore', 'startTraydial', 'LiveCalls', 'readSettings'];
  expect(named.filter((name) => !new RegExp(`(class|function) ${name}\\b|${name}=class`).test(main))).toEqual([]);
});

test('main contains no code of packages that our code never runs or loads when it needs them', () => {
  const main = textOf(files('main', '.js').filter((name) => !DEMO.test(name)));
  // electron-store's schemas and migrations, an HTTP client besides Node's, zod's JSON Schemas, and re2js, which is
  // loaded with the first pattern.
  const traces = [
    'strict mode: unknown keyword',
    'Invalid SemVer',
    'UND_ERR_',
    'represented in JSON Schema',
    'missing closing )',
  ];
  expect(traces.filter((trace) => main.includes(trace))).toEqual([]);
});
