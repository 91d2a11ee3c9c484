import { EventEmitter } from 'node:events';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, PowerMonitor } from 'electron';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endOfFile } from '../../../src/main/trouble/bad-end.ts';
import { limitCrashDumps } from '../../../src/main/trouble/crash-dumps.ts';
import { readLastRun, type LastRun } from '../../../src/main/trouble/last-run.ts';

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'traydial-last-run-'));
});
afterEach(() => rmSync(profile, { recursive: true, force: true }));

const marker = () => join(profile, 'running');
const report = (facts: readonly string[]): string => facts.join('\n');

/** One run of the program. */
function run(platform: NodeJS.Platform = 'linux', session = { boot: 'b1', session: '2' }, now = 0) {
  const app = Object.assign(new EventEmitter(), {
    getPath: (name: string) => (name === 'crashDumps' ? join(profile, 'Crashpad') : profile),
    getVersion: () => '0.1.0',
  });
  const powerMonitor = new EventEmitter();
  const lastRun: LastRun = readLastRun({
    app: app as unknown as App,
    powerMonitor: powerMonitor as unknown as PowerMonitor,
    platform,
    now: new Date(now),
    session,
    logFile: join(profile, 'main.log'),
    report,
  });
  return { app, powerMonitor, lastRun };
}

describe('the run before', () => {
  test('a first start reports nothing', () => {
    expect(run().lastRun.notice).toBeNull();
  });

  test('ended with quit: nothing is reported', () => {
    run().app.emit('quit', {}, 0);
    expect(existsSync(marker())).toBe(false);
    expect(run().lastRun.notice).toBeNull();
  });

  test('did not end properly: that is reported once, with its start, the end of the log and the dumps', () => {
    run();
    writeFileSync(join(profile, 'main.log'), 'first line\nlast line\n');
    mkdirSync(join(profile, 'Crashpad/pending'), { recursive: true });
    writeFileSync(join(profile, 'Crashpad/pending/1234.dmp'), '');
    const { app, lastRun } = run();
    expect(lastRun.notice).toEqual({ id: 'ended-badly' });
    expect(lastRun.report()).toContain('Did not end properly: 0.1.0 since 1970-01-01T00:00:00.000Z');
    expect(lastRun.report()).toContain('first line\nlast line');
    expect(lastRun.report()).toContain('1234.dmp');
    app.emit('quit', {}, 0);
    expect(run().lastRun.notice).toBeNull();
  });

  test('Linux: the computer was shut down: nothing is reported', () => {
    run().powerMonitor.emit('shutdown');
    expect(run().lastRun.notice).toBeNull();
  });

  test('Linux: another session of the same boot is a log-out, another boot is a bad end', () => {
    run();
    expect(run('linux', { boot: 'b1', session: '3' }).lastRun.notice).toBeNull();
    expect(run('linux', { boot: 'b2', session: '3' }).lastRun.notice?.id).toBe('ended-badly');
    expect(run('linux', { boot: 'b2', session: '3' }).lastRun.notice?.id).toBe('ended-badly');
  });

  test('Linux: a run that crashed before the log-out is reported; a dump of an earlier run is not its own', () => {
    const dump = join(profile, 'Crashpad/pending/1234.dmp');
    mkdirSync(join(profile, 'Crashpad/pending'), { recursive: true });
    writeFileSync(dump, '');
    utimesSync(dump, 1, 1);
    run('linux', { boot: 'b1', session: '2' }, 2_000);
    expect(run('linux', { boot: 'b1', session: '3' }).lastRun.notice).toBeNull();
    const { notice, report: text } = run('linux', { boot: 'b1', session: '4' }).lastRun;
    expect(notice?.id).toBe('ended-badly');
    expect(text()).toContain('1970-01-01T00:00:01.000Z 1234.dmp');
  });

  test('Windows: the session ended, which only windows are notified of: nothing is reported, nor after a run without a window', () => {
    run('win32');
    const { app, lastRun } = run('win32');
    expect(lastRun.notice).toBeNull();
    const window = new EventEmitter();
    app.emit('browser-window-created', {}, window);
    window.emit('session-end');
    const next = run('win32');
    expect(next.lastRun.notice).toBeNull();
    next.app.emit('browser-window-created', {}, new EventEmitter());
    expect(run('win32').lastRun.notice?.id).toBe('ended-badly');
  });

  test('left an empty file, as after a power loss: that is reported', () => {
    writeFileSync(marker(), '');
    const { notice, report: text } = run().lastRun;
    expect(notice?.id).toBe('ended-badly');
    expect(text()).toContain('a run of which nothing is known');
  });

  test('a folder instead of the file does not hide that the run after it ended badly', () => {
    mkdirSync(join(marker(), 'within'), { recursive: true });
    expect(run().lastRun.notice).toBeNull();
    expect(run().lastRun.notice?.id).toBe('ended-badly');
    const { app } = run();
    app.emit('quit');
    expect(run().lastRun.notice).toBeNull();
  });

  test.skipIf(process.platform === 'win32')('a pipe instead of the file does not block and is replaced', () => {
    execFileSync('mkfifo', [marker()]);
    expect(run().lastRun.notice).toBeNull();
    expect(statSync(marker()).isFile()).toBe(true);
  });
});

test('the newest three crash dumps are kept with Crashpad’s files for them', () => {
  for (const [index, folder] of ['completed', 'pending', 'pending', 'new', 'completed'].entries()) {
    mkdirSync(join(profile, folder), { recursive: true });
    for (const name of [`${index}.dmp`, `${index}.meta`]) {
      writeFileSync(join(profile, folder, name), '');
      utimesSync(join(profile, folder, name), 1000 + index, 1000 + index);
    }
  }
  expect(limitCrashDumps(profile).map(({ name }) => name)).toEqual(['4.dmp', '3.dmp', '2.dmp']);
  const left = ['completed', 'pending', 'new'].flatMap((folder) => readdirSync(join(profile, folder)));
  expect(left.toSorted()).toEqual(['2.dmp', '2.meta', '3.dmp', '3.meta', '4.dmp', '4.meta']);
  expect(limitCrashDumps(join(profile, 'nowhere'))).toEqual([]);
});

test('the end of a long file has complete lines, and a missing file is empty', () => {
  const file = join(profile, 'log');
  writeFileSync(file, `${'x'.repeat(100)}\nsecond\nthird\n`);
  expect(endOfFile(file, 16)).toBe('second\nthird');
  expect(endOfFile(file, 1000)).toMatch(/^x{100}\nsecond\nthird$/);
  expect(endOfFile(join(profile, 'none'), 16)).toBe('');
});
