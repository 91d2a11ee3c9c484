import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { buildWhenStale, ROOT } from '../../scripts/build-when-stale.ts';

const OUT = join(ROOT, 'out');
const KB = 1000;
/** Loaded when the demo starts, not before. */
const DEMO = /[\\/]demo\.js$/;

beforeAll(async () => {
  expect(await buildWhenStale()).toBe(true);
}, 120_000);

const files = (folder: string, ending: string): string[] =>
  readdirSync(join(OUT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(OUT, folder, name));

/** In kB of 1000 bytes, each file packed with gzip. */
const packed = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + gzipSync(readFileSync(name), { level: 9 }).length, 0) / KB;

// Room for a few weeks of work. A commit that raises a limit says what for.
test.each<[part: string, most: number, names: () => string[]]>([
  ['main, which is loaded at every start', 300, () => files('main', '.js').filter((name) => !DEMO.test(name))],
  ['the demo', 90, () => files('main', '.js').filter((name) => DEMO.test(name))],
  ['the preload script', 4, () => files('preload', '.cjs')],
  ["the window's scripts", 115, () => files('renderer', '.js')],
  ["the window's styles", 8, () => files('renderer', '.css')],
])('%s stays within %i kB, minified and gzipped', (_part, most, names) => {
  expect(names().length).toBeGreaterThan(0);
  expect(packed(names())).toBeLessThan(most);
});

const textOf = (names: readonly string[]): string => names.map((name) => readFileSync(name, 'utf8')).join('\n');

test('a stack still names the functions and classes, although the bundles are minified', () => {
  const main = textOf(files('main', '.js'));
  const named = ['SettingsStore', 'startTraydial', 'LiveCalls', 'readSettings'];
  expect(named.filter((name) => !new RegExp(`(class|function) ${name}\\b|${name}=class`).test(main))).toEqual([]);
});

test('main contains no code of packages that our code never runs', () => {
  const main = textOf(files('main', '.js').filter((name) => !DEMO.test(name)));
  // electron-store's schemas and migrations, and an HTTP client beside Node's own.
  const traces = ['strict mode: unknown keyword', 'Invalid SemVer', 'UND_ERR_'];
  expect(traces.filter((trace) => main.includes(trace))).toEqual([]);
});
