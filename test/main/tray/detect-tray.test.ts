import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProgramError, type Run } from '../../../src/main/session-bus.ts';
import { lookForIcon } from '../../../src/main/tray/detect-tray.ts';
import {
  notificationDaemonUnavailable,
  startNotificationDaemon,
  type NotificationDaemon,
} from '../../support/notification-daemon.ts';

const PID = 3939;

/** A bus where this program answers these methods with these texts, and nobody else is installed. */
function bus(only: string, answers: Record<string, string>): Run {
  return (program, args) => {
    const method = Object.keys(answers).find((name) => args.some((word) => word.endsWith(name)));
    const answer = method === undefined ? undefined : answers[method];
    if (program !== only || answer === undefined) return Promise.reject(new ProgramError(program, 'ENOENT', false));
    return Promise.resolve(answer);
  };
}

test.for([
  ['gdbus', '(true,)\n', "(<[':1.7/StatusNotifierItem', ':1.9/org/ayatana/x']>,)\n", '(uint32 3939,)\n'],
  [
    'dbus-send',
    '   boolean true\n',
    '   variant       array [\n         :1.7/StatusNotifierItem         :1.9/org/ayatana/x      ]\n',
    '   uint32 3939\n',
  ],
  ['busctl', 'b true\n', 'v as 2 ":1.7/StatusNotifierItem" ":1.9/org/ayatana/x"\n', 'u 3939\n'],
] as const)(
  'an icon of this process is found by its process id, asked through %s',
  async ([program, owned, items, pid]) => {
    const run = bus(program, { NameHasOwner: owned, Get: items, GetConnectionUnixProcessID: pid });
    expect(await lookForIcon(PID, run)).toBe('registered');
    expect(await lookForIcon(PID + 1, run)).toBe('unregistered');
  },
);

test('an icon under the usual name is found without asking whose it is', async () => {
  const items = "(<['org.kde.StatusNotifierItem-3939-1/StatusNotifierItem']>,)";
  expect(await lookForIcon(PID, bus('gdbus', { NameHasOwner: '(true,)', Get: items }))).toBe('registered');
  expect(await lookForIcon(393, bus('gdbus', { NameHasOwner: '(true,)', Get: items }))).toBe('unregistered');
});

test('a watcher that lists nothing, or icons whose programs are gone, does not show ours', async () => {
  expect(await lookForIcon(PID, bus('gdbus', { NameHasOwner: '(true,)', Get: '(<@as []>,)' }))).toBe('unregistered');
  const gone = bus('gdbus', { NameHasOwner: '(true,)', Get: "(<[':1.7/StatusNotifierItem']>,)" });
  expect(await lookForIcon(PID, gone)).toBe('unregistered');
});

test('without a watcher there is no tray, and nobody to ask is no answer', async () => {
  expect(await lookForIcon(PID, bus('gdbus', { NameHasOwner: '(false,)' }))).toBe('absent');
  expect(await lookForIcon(PID, bus('none', {}))).toBe('unknown');
  expect(await lookForIcon(PID, bus('gdbus', { NameHasOwner: '(true,)' }))).toBe('unknown');
});

const unavailable = notificationDaemonUnavailable();
if (unavailable !== null) process.stderr.write(`Not tested on a real session bus: ${unavailable}\n`);

describe.skipIf(unavailable !== null)('on a real session bus', () => {
  let daemon: NotificationDaemon;
  const before = process.env['DBUS_SESSION_BUS_ADDRESS'];
  beforeAll(async () => {
    daemon = await startNotificationDaemon();
    process.env['DBUS_SESSION_BUS_ADDRESS'] = daemon.env.DBUS_SESSION_BUS_ADDRESS;
  });
  afterAll(() => {
    if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = before;
    daemon.stop();
  });

  test('a desktop without a tray is seen as one', async () => {
    expect(await lookForIcon(process.pid)).toBe('absent');
  });
});
