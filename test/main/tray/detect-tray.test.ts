import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProgramError, type Run } from '../../../src/main/run-program.ts';
import { IconChecker } from '../../../src/main/tray/detect-tray.ts';
import {
  notificationDaemonUnavailable,
  startDaemonForThisProcess,
  type NotificationDaemon,
} from '../../support/notification-daemon.ts';

const PID = 3939;

const checkIcon = (pid: number, run?: Run): Promise<string> => new IconChecker(pid, run).check();

/** A bus on which only this program is installed and answers these methods with these texts. */
function bus(only: string, answers: Record<string, string>): Run {
  return (program, args) => {
    const method = Object.keys(answers).find((name) => args.some((word) => word.endsWith(name)));
    const answer = method === undefined ? undefined : answers[method];
    if (program !== only || answer === undefined) return Promise.reject(new ProgramError(program, 'ENOENT', false));
    return Promise.resolve(answer);
  };
}

test.for([
  ['gdbus', "(<[':1.7/StatusNotifierItem', ':1.9/org/ayatana/x']>,)\n", '(uint32 3939,)\n'],
  [
    'dbus-send',
    '   variant       array [\n         :1.7/StatusNotifierItem         :1.9/org/ayatana/x      ]\n',
    '   uint32 3939\n',
  ],
  ['busctl', 'v as 2 ":1.7/StatusNotifierItem" ":1.9/org/ayatana/x"\n', 'u 3939\n'],
] as const)('an icon of this process is found by its process id, asked through %s', async ([program, items, pid]) => {
  const run = bus(program, { Get: items, GetConnectionUnixProcessID: pid });
  expect(await checkIcon(PID, run)).toBe('registered');
  expect(await checkIcon(PID + 1, run)).toBe('unregistered');
});

test('an icon with the usual name is found without a query for its owner', async () => {
  const items = "(<['org.kde.StatusNotifierItem-3939-1/StatusNotifierItem']>,)";
  expect(await checkIcon(PID, bus('gdbus', { Get: items }))).toBe('registered');
  expect(await checkIcon(393, bus('gdbus', { Get: items }))).toBe('unregistered');
});

test('a watcher without icons, or with icons of ended programs, does not show ours', async () => {
  expect(await checkIcon(PID, bus('gdbus', { Get: '(<@as []>,)' }))).toBe('unregistered');
  const gone = bus('gdbus', { Get: "(<[':1.7/StatusNotifierItem']>,)" });
  expect(await checkIcon(PID, gone)).toBe('unregistered');
});

test('without a watcher there is no tray; without a bus the state is unknown', async () => {
  const refusing = (stderr: string, timedOut = false): Run => {
    return (program) => Promise.reject(new ProgramError(program, stderr, timedOut));
  };
  const nobody = 'GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: The name is not provided by any service';
  expect(await checkIcon(PID, refusing(nobody))).toBe('absent');
  expect(await checkIcon(PID, refusing('', true))).toBe('unknown');
  expect(await checkIcon(PID, refusing('ENOENT'))).toBe('unknown');
});

test('the owner of an icon is queried only once while the icon is listed', async () => {
  let asked = 0;
  const run: Run = (_program, args) => {
    asked += 1;
    const pid = args.some((word) => word.endsWith('GetConnectionUnixProcessID'));
    return Promise.resolve(pid ? '(uint32 3939,)' : "(<[':1.7/StatusNotifierItem']>,)");
  };
  const checker = new IconChecker(PID, run);
  await checker.check();
  expect(asked).toBe(2);
  expect(await checker.check()).toBe('registered');
  expect(asked).toBe(3);
});

const unavailable = notificationDaemonUnavailable();
if (unavailable !== null) process.stderr.write(`Not tested on a real session bus: ${unavailable}\n`);

describe.skipIf(unavailable !== null)('on a real session bus', () => {
  let daemon: NotificationDaemon;
  beforeAll(async () => {
    daemon = await startDaemonForThisProcess();
  });
  afterAll(() => daemon.stop());

  test('a desktop without a tray is recognised', async () => {
    expect(await checkIcon(process.pid)).toBe('absent');
  });
});
