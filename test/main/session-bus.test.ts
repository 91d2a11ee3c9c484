import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askSessionBus, busNameOwned, ProgramError, runProgram, type Run } from '../../src/main/session-bus.ts';
import { isInstalled } from '../support/children.ts';
import {
  notificationDaemonUnavailable,
  startNotificationDaemon,
  type NotificationDaemon,
} from '../support/notification-daemon.ts';

const SERVER = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
  method: 'GetServerInformation',
};
const NOBODY = { ...SERVER, destination: 'org.example.Nobody' };

test('the next program is asked where one is missing, and none after one that had to wait', async () => {
  const asked: string[] = [];
  const run: Run = (program) => {
    asked.push(program);
    return Promise.reject(new ProgramError(program, 'ENOENT', program === 'dbus-send'));
  };
  expect(await askSessionBus(SERVER, run)).toEqual({ state: 'silent' });
  expect(asked).toEqual(['gdbus', 'dbus-send']);
});

test('nothing is known where no program can ask', async () => {
  const run: Run = (program) => Promise.reject(new ProgramError(program, 'ENOENT', false));
  expect(await askSessionBus(SERVER, run)).toEqual({ state: 'unknown' });
  expect(await busNameOwned('org.example.Nobody', run)).toBeNull();
});

test('a program that hangs is stopped at its limit', async () => {
  const stopped: unknown = await runProgram('sleep', ['60'], 20).catch((error: unknown) => error);
  expect(stopped).toMatchObject({ timedOut: true });
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

  for (const only of ['gdbus', 'dbus-send', 'busctl']) {
    const run: Run = (program, args, limitMs) =>
      program === only
        ? runProgram(program, args, limitMs)
        : Promise.reject(new ProgramError(program, 'ENOENT', false));

    describe.skipIf(!isInstalled(only))(`asked through ${only}`, () => {
      test('a service that answers is quoted', async () => {
        expect(await askSessionBus(SERVER, run)).toMatchObject({
          state: 'answered',
          text: expect.stringContaining('dunst') as string,
        });
      });

      test('a name that is owned is found, and one that is not is not', async () => {
        expect(await busNameOwned('org.freedesktop.Notifications', run)).toBe(true);
        expect(await busNameOwned('org.kde.StatusNotifierWatcher', run)).toBe(false);
      });

      test('a service that is not there is absent', async () => {
        expect(await askSessionBus(NOBODY, run)).toEqual({ state: 'absent' });
      });

      test('a service that hangs is silent after the limit', async () => {
        daemon.freeze();
        try {
          expect(await askSessionBus(SERVER, run, 1_000)).toEqual({ state: 'silent' });
        } finally {
          daemon.thaw();
        }
      });
    });
  }

  test('no bus is unknown, not absent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'traydial-no-bus-'));
    process.env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${join(folder, 'bus')}`;
    try {
      expect(await askSessionBus(SERVER)).toMatchObject({ state: 'unknown' });
    } finally {
      process.env['DBUS_SESSION_BUS_ADDRESS'] = daemon.env.DBUS_SESSION_BUS_ADDRESS;
      rmSync(folder, { recursive: true });
    }
  });
});
