import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProgramError, runProgram, type Run } from '../../src/main/run-program.ts';
import { askSessionBus } from '../../src/main/session-bus.ts';
import { isInstalled } from '../support/children.ts';
import {
  notificationDaemonUnavailable,
  startDaemonForThisProcess,
  type NotificationDaemon,
} from '../support/notification-daemon.ts';

const SERVER = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
  method: 'GetServerInformation',
};
const NOBODY = { ...SERVER, destination: 'org.example.Nobody' };

test('the next D-Bus program is tried if one is missing, but not after one timed out', async () => {
  const asked: string[] = [];
  const run: Run = (program) => {
    asked.push(program);
    return Promise.reject(new ProgramError(program, 'ENOENT', program === 'dbus-send'));
  };
  expect(await askSessionBus(SERVER, run)).toEqual({ state: 'silent' });
  expect(asked).toEqual(['gdbus', 'dbus-send']);
});

test('the state is unknown when none of the programs is installed', async () => {
  const run: Run = (program) => Promise.reject(new ProgramError(program, 'ENOENT', false));
  expect(await askSessionBus(SERVER, run)).toEqual({ state: 'unknown' });
});

test('a program that hangs is stopped at its limit', async () => {
  const stopped: unknown = await runProgram('sleep', ['60'], 20).catch((error: unknown) => error);
  expect(stopped).toMatchObject({ timedOut: true });
});

const unavailable = notificationDaemonUnavailable();
if (unavailable !== null) process.stderr.write(`Not tested on a real session bus: ${unavailable}\n`);

describe.skipIf(unavailable !== null)('on a real session bus', () => {
  let daemon: NotificationDaemon;
  beforeAll(async () => {
    daemon = await startDaemonForThisProcess();
  });
  afterAll(() => daemon.stop());

  for (const only of ['gdbus', 'dbus-send', 'busctl']) {
    const run: Run = (program, args, limitMs) =>
      program === only
        ? runProgram(program, args, limitMs)
        : Promise.reject(new ProgramError(program, 'ENOENT', false));

    describe.skipIf(!isInstalled(only))(`asked through ${only}`, () => {
      test('the reply of a service is returned', async () => {
        expect(await askSessionBus(SERVER, run)).toMatchObject({
          state: 'answered',
          text: expect.stringContaining('dunst') as string,
        });
      });

      test('a missing service is absent', async () => {
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

  test('the state of a service is unknown, not absent, if there is no bus', async () => {
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
