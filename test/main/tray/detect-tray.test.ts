import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../../src/main/session-bus.ts';
import { detectTray } from '../../../src/main/tray/detect-tray.ts';
import {
  notificationDaemonUnavailable,
  startNotificationDaemon,
  type NotificationDaemon,
} from '../../support/notification-daemon.ts';

const WAYLAND_GNOME = { XDG_SESSION_TYPE: 'wayland', XDG_CURRENT_DESKTOP: 'GNOME' };

/** A computer where only some programs are installed, and the bus answers this. */
const withPrograms =
  (answers: Record<string, string>): Run =>
  (program) => {
    const answer = answers[program];
    return answer === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(answer);
  };

test.for([
  ['gdbus', '(true,)\n'],
  ['dbus-send', '   boolean true\n'],
  ['busctl', 'b true\n'],
] as const)('a watcher on the bus means a tray, asked through %s', async ([program, answer]) => {
  const run = withPrograms({ [program]: answer });
  expect(await detectTray({ platform: 'linux', env: WAYLAND_GNOME, run })).toBe('shown');
});

test('no watcher means no tray on Wayland and on GNOME; an X11 panel cannot be ruled out', async () => {
  const run = withPrograms({ gdbus: '(false,)\n' });
  const at = (type: string, desktop: string): Promise<string> =>
    detectTray({ platform: 'linux', env: { XDG_SESSION_TYPE: type, XDG_CURRENT_DESKTOP: desktop }, run });
  expect(await at('wayland', 'sway')).toBe('missing');
  expect(await at('x11', 'ubuntu:GNOME')).toBe('missing');
  expect(await at('x11', 'XFCE')).toBe('unknown');
});

test('nobody to ask is no answer', async () => {
  expect(await detectTray({ platform: 'linux', env: WAYLAND_GNOME, run: withPrograms({}) })).toBe('unknown');
});

test('Windows and macOS always have one', async () => {
  expect(await detectTray({ platform: 'win32', env: {} })).toBe('shown');
  expect(await detectTray({ platform: 'darwin', env: {} })).toBe('shown');
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
    expect(await detectTray({ platform: 'linux', env: WAYLAND_GNOME })).toBe('missing');
  });
});
