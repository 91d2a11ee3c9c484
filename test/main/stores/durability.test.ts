import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleScript } from '../../support/bundle-script.ts';
import { openCrashStores, readRound } from '../../support/crash-stores.ts';

const NODE = join(import.meta.dirname, '../../../node_modules/.bin/node');
/** TRAYDIAL_KILLS sets another number, e.g. 500. */
const KILLS = Number(process.env['TRAYDIAL_KILLS'] ?? 100);
const LANES = 4;

let home: string;
let writerScript: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'traydial-crash-'));
  writerScript = await bundleScript(join(import.meta.dirname, '../../support/crash-writer.ts'), join(home, 'writer'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const newFolder = (name: string): string => {
  const folder = join(home, name);
  mkdirSync(folder);
  return folder;
};

/** Starts a writer; `limitKiB` is the size at which the system refuses to let a file grow, as a full disk does. */
function startWriter(folder: string, first: number, last: number, limitKiB?: number) {
  const command = [NODE, writerScript, folder, String(first), String(last)];
  const child = spawn(
    limitKiB === undefined ? NODE : 'bash',
    limitKiB === undefined ? command.slice(1) : ['-c', `ulimit -f ${limitKiB}; exec "$@"`, 'bash', ...command],
    {
      // Starting takes most of the time, so all starts share one compile cache.
      env: { ...process.env, NODE_COMPILE_CACHE: join(home, 'cache') },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const lastOf = (sign: '+' | '='): number =>
    Number(
      output
        .split('\n')
        .findLast((line) => line.startsWith(sign))
        ?.slice(1) ?? 0,
    );
  return {
    child,
    over: once(child, 'close'),
    started: once(child.stdout, 'data'),
    begun: () => lastOf('+'),
    finished: () => lastOf('='),
  };
}

/** Kills one writer after another on the same files and checks the files after each kill. */
async function killAgainAndAgain(folder: string, kills: number): Promise<{ torn: string[]; midWrite: number }> {
  const torn: string[] = [];
  let midWrite = 0;
  let safe: Record<string, number | null> = { settings: 0, account: 0, tokens: 0, recents: 0 };
  for (let kill = 0; kill < kills; kill++) {
    const first = Math.max(0, ...Object.values(safe).map(Number)) + 1;
    const writer = startWriter(folder, first, Number.MAX_SAFE_INTEGER);
    // One in ten is killed during its start, because opening the files also writes.
    if (kill % 10 === 9) await pause(Math.random() * 200);
    else await Promise.race([writer.started.then(() => pause(Math.random() * 20)), writer.over]);
    if (!writer.child.kill('SIGKILL')) throw new Error('the writer ended by itself');
    await writer.over;
    const stores = openCrashStores(folder);
    const now = await readRound(stores);
    const [begun, finished] = [writer.begun(), writer.finished()];
    if (begun > finished) midWrite++;
    for (const [file, n] of Object.entries(now)) {
      // All finished writes are there, and at most the pending one.
      const least = finished === 0 ? (safe[file] ?? 0) : finished;
      const good = n !== null && (n === least || n === begun);
      if (!good) torn.push(`${file} holds ${n}: ${finished} was finished, ${begun} begun`);
    }
    torn.push(...stores.complaints, ...stores.notices.lines);
    safe = now;
  }
  return { torn, midWrite };
}

test(`after each of ${KILLS} kills in the middle of writing, every file is the old one or the new one`, async () => {
  await startWriter(newFolder('warm-up'), 1, 1).over;
  const folders = Array.from({ length: LANES }, (_, lane) => newFolder(`lane-${lane}`));
  const lanes = await Promise.all(folders.map((folder) => killAgainAndAgain(folder, KILLS / LANES)));
  expect(lanes.flatMap(({ torn }) => torn)).toEqual([]);
  // Otherwise the test did not test anything.
  expect(lanes.reduce((sum, { midWrite }) => sum + midWrite, 0)).toBeGreaterThan(KILLS / 4);
  for (const folder of folders) {
    const leftOver = readdirSync(folder).filter((name) => !/^(settings|account|state)\.json$/.test(name));
    expect(leftOver).toEqual([]);
  }
});

describe.skipIf(process.platform === 'win32')('on a full disk', () => {
  test('every file keeps its old contents when a write fails', async () => {
    const folder = newFolder('full');
    await startWriter(folder, 1, 1).over;
    const before = await readRound(openCrashStores(folder));
    expect(before).toEqual({ settings: 1, account: 1, tokens: 1, recents: 1 });
    const writer = startWriter(folder, 1_000_000, 1_000_003, 1);
    await writer.over;
    expect(writer.finished()).toBe(1_000_003);
    const stores = openCrashStores(folder);
    expect(await readRound(stores)).toEqual(before);
    expect([stores.complaints, stores.notices.lines]).toEqual([[], []]);
  });

  test('a broken file is still kept aside, and the program starts', async () => {
    const folder = newFolder('full-and-broken');
    const broken = 'x'.repeat(20_000);
    for (const name of ['settings', 'account', 'state']) writeFileSync(join(folder, `${name}.json`), broken);
    const writer = startWriter(folder, 1, 1, 1);
    await writer.over;
    expect(writer.finished()).toBe(1);
    const kept = readdirSync(folder).filter((name) => name.includes('.broken-'));
    expect(kept.map((name) => name.split('.')[0]).sort()).toEqual(['account', 'settings', 'state']);
    for (const name of kept) expect(readFileSync(join(folder, name), 'utf8')).toBe(broken);
  });
});
