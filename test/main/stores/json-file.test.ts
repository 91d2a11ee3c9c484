import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../support/silent-log.ts';
import { JsonFile } from '../../../src/main/stores/json-file.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { Notices } from '../../support/notices.ts';

let folder: string;
let path: string;
let clock: ManualClock;
let notices: Notices;

/** state.json in a subfolder, so that the test can remove the folder. */
function open(): JsonFile {
  notices = new Notices();
  return new JsonFile({ directory: join(folder, 'profile'), name: 'state', clock, log: silentLog, board: notices });
}
const read = () => JSON.parse(readFileSync(path, 'utf8')) as unknown;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-json-'));
  mkdirSync(join(folder, 'profile'));
  path = join(folder, 'profile/state.json');
  clock = new ManualClock();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a value survives a restart, in a file that only its owner can read', () => {
  const file = open();
  for (const n of [1, 2, 3]) expect(file.save({ n })).toEqual({ ok: true, value: null });
  expect(open().value).toEqual({ n: 3 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('keys that other versions wrote stay in the file', () => {
  writeFileSync(path, '\uFEFF{"later":1}');
  const file = open();
  file.saveEventually({ ...file.value, n: 1 });
  expect(read()).toEqual({ later: 1, n: 1 });
});

test('a kept value that cannot be written is written later, and the notice is removed', async () => {
  const file = open();
  rmSync(join(folder, 'profile'), { recursive: true });
  writeFileSync(join(folder, 'profile'), 'in the way');
  file.saveEventually({ n: 1 });
  expect(file.value).toEqual({ n: 1 });
  expect(notices.lines).toEqual([
    "state-unsaved: Favourites and recent calls couldn't be saved to state.json " +
      `(part of its path is not a folder). ` +
      `Check the free disk space and the permissions of ${join(folder, 'profile')}. Traydial tries again by itself.`,
  ]);
  await clock.advance(60_000);
  expect(notices.lines).toHaveLength(1);
  rmSync(join(folder, 'profile'));
  await clock.advance(300_000);
  expect([read(), notices.lines, clock.pending()]).toEqual([{ n: 1 }, [], []]);
});

test('a kept value that cannot be written is tried once more at the end, and no timer is left', () => {
  const file = open();
  mkdirSync(path);
  file.saveEventually({ n: 1 });
  rmSync(path, { recursive: true });
  file.close();
  expect([read(), clock.pending()]).toEqual([{ n: 1 }, []]);
});

test('a saved value that cannot be written does not change the memory', () => {
  const file = open();
  file.save({ n: 1 });
  rmSync(path);
  mkdirSync(path);
  expect(file.save({ n: 2 })).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
  expect(file.value).toEqual({ n: 1 });
});

test('a file that can be read again is not overwritten: a notice asks the user to restart', async () => {
  mkdirSync(path);
  const file = open();
  file.saveEventually({ n: 2 });
  rmSync(path, { recursive: true });
  writeFileSync(path, '{"n":1}');
  expect(file.save({ n: 3 })).toMatchObject({
    error: { params: { problem: 'readable-again' } },
  });
  await clock.advance(5_000);
  expect(notices.lines).toEqual([
    'state-unreadable: Favourites and recent calls can be read again. Restart Traydial to use them.',
  ]);
  file.close();
  expect(read()).toEqual({ n: 1 });
});

test.each([
  ['cannot be parsed', '{broken', false],
  ['can be used in part', '{"n":1}', true],
])('a damaged file that %s and cannot be kept aside is never called readable again', async (_what, text, copy) => {
  writeFileSync(path, text);
  // A copy is made to a new name, which contains the time; a folder of that name refuses it, also for root.
  const stamp = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(':', '-');
  const aside = path.replace('.json', `.broken-${stamp}.json`);
  mkdirSync(join(aside, 'within'), { recursive: true });
  const file = open();
  if (copy) file.keepCopy(() => expect.unreachable());
  const [opened] = notices.lines;
  expect(opened).toContain('(it is damaged, and no copy');
  expect(file.save({ n: 2 })).toMatchObject({ error: { params: { problem: 'unreadable' } } });
  await clock.advance(600_000);
  expect(notices.lines).toEqual([opened]);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('an unreadable file that turns out to be damaged is not called readable again', async () => {
  mkdirSync(path);
  open();
  const before = notices.lines;
  rmSync(path, { recursive: true });
  writeFileSync(path, '{broken');
  await clock.advance(600_000);
  expect(notices.lines).toEqual(before);
});

test('after an unreadable file was moved away, the values in memory are written and the notice is removed', async () => {
  mkdirSync(path);
  const file = open();
  file.saveEventually({ n: 2 });
  rmSync(path, { recursive: true });
  await clock.advance(5_000);
  expect([read(), notices.lines]).toEqual([{ n: 2 }, []]);
});

test('the notice about an unreadable file is removed when the file is gone, with nothing to write', async () => {
  mkdirSync(path);
  const file = open();
  rmSync(path, { recursive: true });
  await clock.advance(5_000);
  expect(notices.lines).toEqual([]);
  expect(file.save({ n: 1 })).toEqual({ ok: true, value: null });
});

test('the notice follows a file that can be read again and is then removed', async () => {
  mkdirSync(path);
  open();
  rmSync(path, { recursive: true });
  writeFileSync(path, '{"n":1}');
  await clock.advance(5_000);
  expect(notices.lines).toEqual([expect.stringContaining('can be read again')]);
  rmSync(path);
  await clock.advance(600_000);
  expect(notices.lines).toEqual([]);
});

test('temporary files of a killed program are removed, and no others', () => {
  const left = `${path}.0123456789ab.new`;
  for (const name of [left, `${path}.new`, `${path}.mine.new`]) writeFileSync(name, 'x');
  open();
  expect(existsSync(left)).toBe(false);
  expect(readdirSync(join(folder, 'profile')).sort()).toEqual(['state.json.mine.new', 'state.json.new']);
});
