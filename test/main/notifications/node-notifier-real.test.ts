import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { notify, NO_NOTIFICATIONS } from '../../../src/core/notify/policy.ts';
import { ENGLISH } from '../../../src/messages/main.ts';
import type { Call, Party } from '../../../src/shared/call.ts';
import { HOSTILE_NAMES } from '../../support/hostile-names.ts';
import {
  notificationDaemonUnavailable,
  startNotificationDaemon,
  type NotificationDaemon,
  type ShownNotification,
} from '../../support/notification-daemon.ts';
import { driveNodeNotifier } from './drive-node-notifier.ts';
import { desktopNotification } from '../../../src/main/notifications/notification-text.ts';
import type { DesktopNotification } from '../../../src/main/notifications/notifier.ts';
import { NOTIFY_ALL } from '../../support/samples.ts';

const unavailable = notificationDaemonUnavailable();
if (unavailable !== null) process.stderr.write(`Not tested against a real notification daemon: ${unavailable}\n`);

let daemon: NotificationDaemon;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-notify-'));
  if (unavailable === null) daemon = await startNotificationDaemon();
});
afterAll(() => {
  if (unavailable === null) daemon.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The notification for one call for me. */
function announcementFor(id: string, other: Party): DesktopNotification {
  const call: Call = {
    id,
    mine: true,
    direction: 'incoming',
    state: 'ringing',
    caller: other,
    callee: { name: '', number: '1001' },
    other,
    trunk: 'Telekom',
    startedAt: 0,
    answeredAt: null,
    placedHere: false,
  };
  const [, [output]] = notify(NO_NOTIFICATIONS, [{ type: 'for-me', call, transferred: false }], NOTIFY_ALL, 0);
  if (output?.type !== 'show') throw new Error('the policy announced nothing');
  return { ...desktopNotification(output, ENGLISH), silent: false };
}

/** The notifications that a desktop received for exactly these announcements. */
async function shownFor(announcements: readonly DesktopNotification[]): Promise<ShownNotification[]> {
  const before = (await daemon.shown()).length;
  const report = await driveNodeNotifier(announcements, { env: daemon.env, cwd: folder });
  expect(report.failures).toEqual([]);
  return (await daemon.shown()).slice(before);
}

/** An invisible no-break space in front keeps a name from being read as an option. */
const asSeen = (text: string): string => text.replace(/^\u00a0/, '');

describe.skipIf(unavailable !== null)('on a real notification daemon', () => {
  describe('a hostile caller name shows exactly once and readable:', () => {
    let shown: ShownNotification[];
    beforeAll(async () => {
      shown = await shownFor(
        HOSTILE_NAMES.map(({ raw }, index) => announcementFor(`name-${index}`, { name: raw, number: `555${index}` })),
      );
    });

    test('there is one notification per call, each with our program name', () => {
      expect(shown).toHaveLength(HOSTILE_NAMES.length);
      expect(new Set(shown.map(({ appname }) => appname))).toEqual(new Set(['Traydial']));
    });

    test.for(HOSTILE_NAMES.map((name, index) => ({ ...name, index })))('$what', ({ seen, index }) => {
      const found = shown[index];
      expect(asSeen(found?.summary ?? '')).toBe(seen === '' ? `555${index}` : seen);
      expect(found?.body).toBe(seen === '' ? 'Incoming call' : `Incoming call · 555${index}`);
    });

    test('a hostile name neither runs a command nor writes a file', () => {
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  test('hostile numbers are shown in the body as text, without markup', async () => {
    const shown = await shownFor([
      announcementFor('n1', { name: 'Anna', number: '<b>1</b> R&D' }),
      announcementFor('n2', { name: 'Anna', number: '\\074b\\076 $(touch x)' }),
      announcementFor('n3', { name: 'Anna', number: '`touch hacked`' }),
    ]);
    expect(shown.map(({ body }) => body)).toEqual([
      'Incoming call · ‹b›1‹/b› R＆D',
      'Incoming call · ∖074b∖076 $(touch x)',
      'Incoming call · `touch hacked`',
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a change replaces only the notification of its call', async () => {
    const first = announcementFor('a', { name: '', number: '+12015550123' });
    const other = announcementFor('b', { name: 'Bo Chen', number: '1002' });
    const before = (await daemon.shown()).length;
    await driveNodeNotifier([first], { env: daemon.env });
    await driveNodeNotifier([other], { env: daemon.env });
    await driveNodeNotifier([{ ...first, title: 'Anna Berg' }], { env: daemon.env });
    expect(await daemon.onScreen()).toBe(2);
    const shown = (await daemon.shown()).slice(before);
    expect(shown.map(({ summary }) => summary).sort()).toEqual(['Anna Berg', 'Bo Chen']);
  });

  test('after fast changes the last one is on the screen', async () => {
    const base = announcementFor('fast', { name: 'Anna', number: '1002' });
    const shown = await shownFor(Array.from({ length: 20 }, (_, index) => ({ ...base, title: `Anna ${index}` })));
    expect(shown.map(({ summary }) => summary)).toEqual(['Anna 19']);
  });

  test('the notification of a ringing call stays until it is closed; others expire', async () => {
    const anna = announcementFor('rings', { name: 'Anna', number: '1002' });
    const bo = { ...announcementFor('over', { name: 'Bo', number: '1003' }), stays: false };
    const [first, second] = await shownFor([anna, bo]);
    expect([first?.timeoutMs, second?.timeoutMs]).toEqual([0, 20_000]);
    await driveNodeNotifier([anna], { env: daemon.env });
    expect(await daemon.onScreen()).toBe(1);
    await driveNodeNotifier([anna, { close: anna.key }], { env: daemon.env });
    await vi.waitFor(async () => expect(await daemon.onScreen()).toBe(0), { timeout: 60_000, interval: 20 });
  });

  test('text that is empty or looks like an option is shown even without the policy', async () => {
    const bare: DesktopNotification = {
      key: 'bare',
      title: '--help',
      body: '',
      urgency: 'low',
      stays: false,
      silent: false,
      call: null,
    };
    const shown = await shownFor([bare, { ...bare, key: 'body', title: 'Anna', body: '-t 1' }]);
    expect(shown.map(({ summary, body }) => [asSeen(summary), asSeen(body)])).toEqual([
      ['--help', ''],
      ['Anna', '-t 1'],
    ]);
  });
});

describe('a desktop without notifications', () => {
  const anna = announcementFor('1', { name: 'Anna Berg', number: '+12015550123' });

  test.skipIf(unavailable !== null)('is reported, without the name and number of the caller', async () => {
    const report = await driveNodeNotifier([anna], {
      env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'no-bus')}`, DISPLAY: '' },
    });
    expect(report.shown).toEqual([]);
    expect(report.failures).toMatchObject([{ problem: 'not-shown', key: 'call:1' }]);
    expect(JSON.stringify(report.failures)).not.toMatch(/Anna|555/);
  });

  test('is reported when notify-send is missing, and node-notifier opens no network port instead', async () => {
    const growl = await listenForGrowl();
    const report = await driveNodeNotifier([anna], { env: { PATH: folder } });
    expect(report.failures).toMatchObject([{ problem: 'program-missing', detail: 'notify-send is not in PATH' }]);
    expect(growl.connections()).toBe(0);
    growl.server.close();
  });
});

/** Growl's port, which node-notifier may fall back to. Does not listen when the port is taken. */
async function listenForGrowl(): Promise<{ server: Server; connections: () => number }> {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.once('error', () => resolve());
    server.listen(23053, '127.0.0.1', resolve);
  });
  return { server, connections: () => count };
}
