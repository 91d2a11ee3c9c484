import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleScript } from '../../support/bundle-script.ts';
import { openCrashStores, readRound, writeRound } from '../../support/crash-stores.ts';
import type { StoresReport } from '../../support/use-stores.ts';

const NODE = join(import.meta.dirname, '../../../node_modules/.bin/node');
const FILES = ['settings', 'state', 'account'] as const;
/** The user "nobody", because root may do everything. */
const NOBODY = 65_534;
const asRoot = process.getuid?.() === 0;

let home: string;
let script: string;
let folder: string;
let file: (name: string) => string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'traydial-trouble-'));
  chmodSync(home, 0o755);
  script = await bundleScript(join(import.meta.dirname, '../../support/use-stores.ts'), join(home, 'script'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));
beforeEach(async () => {
  folder = mkdtempSync(join(home, 'profile-'));
  file = (name) => join(folder, name);
  await writeRound(openCrashStores(folder), 1);
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the stores in a process of their own, as an ordinary user. */
function useStores(limitKiB?: number): StoresReport {
  if (asRoot) {
    for (const path of [folder, ...readdirSync(folder).map(file)]) {
      if (!lstatSync(path).isSymbolicLink()) chownSync(path, NOBODY, NOBODY);
    }
  }
  const limit = limitKiB === undefined ? '' : `ulimit -f ${limitKiB}; `;
  const { stdout, stderr, signal } = spawnSync(
    'bash',
    ['--norc', '-c', `${limit}exec "$@"`, 'bash', NODE, script, folder],
    {
      encoding: 'utf8',
      timeout: 120_000,
      killSignal: 'SIGKILL',
      ...(asRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    },
  );
  expect([signal, stderr]).toEqual([null, '']);
  return JSON.parse(stdout) as StoresReport;
}

const HELD = { settings: 'settings', state: 'favourite', account: null } as const;

/** Each replaces a file by something unreadable; the last value is the cause in the notice. */
const OBSTACLES: [what: string, put: (path: string) => void, cause: string][] = [
  ['a pipe', (path) => execFileSync('mkfifo', [path]), 'it is not a regular file'],
  ['a link to a device', (path) => symlinkSync('/dev/zero', path), 'it is not a regular file'],
  ['a folder', (path) => mkdirSync(path), 'it is a folder'],
  ['a link to itself', (path) => symlinkSync(path, path), 'it is a link that leads in a circle'],
  ['a link to nothing', (path) => symlinkSync(`${path}.gone`, path), "it is a link to something that doesn't exist"],
  ['a file of others', (path) => writeFileSync(path, '{}', { mode: 0 }), 'permission denied'],
];

describe.skipIf(process.platform === 'win32').each(FILES)('instead of %s.json', (name) => {
  test.each(OBSTACLES)('%s is left as it is, and a notice says so', (_what, put, cause) => {
    const path = file(`${name}.json`);
    rmSync(path);
    put(path);
    const before = lstatSync(path, { bigint: true });
    const { found, opened, answers } = useStores();
    expect(opened).toEqual([expect.stringContaining(`${name}.json (${cause}). The file was left as it is.`)]);
    expect(lstatSync(path, { bigint: true }).ino).toBe(before.ino);
    expect(existsSync(`${path}.gone`)).toBe(false);
    expect(readdirSync(folder).filter((other) => other.includes('broken'))).toEqual([]);
    // Saving to the file is refused; the rest works.
    const refused = {
      settings: null,
      favourite: null,
      ...(HELD[name] === null ? {} : { [HELD[name]]: 'storage-failed' }),
    };
    expect(answers).toEqual(refused);
    expect(Object.values(found).filter((round) => round === 1).length).toBeGreaterThan(1);
  });

  test('a damaged file is kept under another name, and a notice says so', () => {
    writeFileSync(file(`${name}.json`), '{broken');
    const { opened, answers } = useStores();
    expect(opened).toEqual([expect.stringMatching(new RegExp(`^${name}-broken: .* Copy: ${name}\\.broken-.*\\.json`))]);
    expect(answers).toEqual({ settings: null, favourite: null });
    const kept = readdirSync(folder).filter((other) => other.startsWith(`${name}.broken-`));
    expect(kept.map((other) => readFileSync(file(other), 'utf8'))).toEqual(['{broken']);
    expect(useStores().opened).toEqual([]);
  });

  test('a file that is far too large is not read and stays in place, and a notice says so', () => {
    const size = 100 * 1024 * 1024;
    writeFileSync(file(`${name}.json`), Buffer.alloc(size, ' '));
    expect(useStores().opened).toEqual([
      expect.stringContaining(`${name}.json (it is too large). The file was left as it is.`),
    ]);
    expect(lstatSync(file(`${name}.json`)).size).toBe(size);
    expect(readdirSync(folder).filter((other) => other.startsWith(`${name}.broken-`))).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('in a folder', () => {
  test('that is read-only, the program uses the existing files and reports what it cannot save', async () => {
    chmodSync(folder, 0o500);
    const { found, changed, answers } = useStores();
    expect(found).toEqual({ settings: 1, account: 1, tokens: 1, recents: 1 });
    expect(changed.map((line) => line.split(':')[0]).sort()).toEqual(FILES.map((name) => `${name}-unsaved`).sort());
    expect(changed[0]).toContain(`(permission denied). Check the free disk space and the permissions of ${folder}.`);
    expect(answers).toEqual({ settings: 'storage-failed', favourite: 'storage-failed' });
    chmodSync(folder, 0o700);
    expect(await readRound(openCrashStores(folder))).toEqual(found);
  });

  test('that is read-only, damaged files stay in place', () => {
    for (const name of FILES) writeFileSync(file(`${name}.json`), '{broken');
    chmodSync(folder, 0o500);
    const { opened, answers } = useStores();
    expect(opened.map((line) => line.split(':')[0]).sort()).toEqual(FILES.map((name) => `${name}-unreadable`).sort());
    expect(opened[0]).toContain('(it is damaged, and no copy');
    expect(answers).toEqual({ settings: 'storage-failed', favourite: 'storage-failed' });
    for (const name of FILES) expect(readFileSync(file(`${name}.json`), 'utf8')).toBe('{broken');
  });

  test('on a full disk, the program uses the existing files and reports what it cannot save', async () => {
    const { changed, answers } = useStores(0);
    expect(changed).toHaveLength(3);
    expect(answers).toEqual({ settings: 'storage-failed', favourite: 'storage-failed' });
    expect(await readRound(openCrashStores(folder))).toEqual({ settings: 1, account: 1, tokens: 1, recents: 1 });
  });
});
