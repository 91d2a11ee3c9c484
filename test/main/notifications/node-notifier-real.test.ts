import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Announcement } from '../../../src/core/notify/announcement.ts';
import { announce, NO_NOTIFICATIONS, type NotifyContext } from '../../../src/core/notify/policy.ts';
import type { Call, Party } from '../../../src/shared/call.ts';
import { HOSTILE_NAMES } from '../../support/hostile-names.ts';
import {
  notificationDaemonUnavailable,
  startNotificationDaemon,
  type NotificationDaemon,
  type ShownNotification,
} from '../../support/notification-daemon.ts';
import { driveNodeNotifier } from './drive-node-notifier.ts';

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

const context: NotifyContext = {
  incoming: true,
  missed: true,
  pausedUntil: null,
  extension: '1001',
  formatNumber: (number) => number,
};

/** What the policy makes of one call for me. */
function announcementFor(id: string, other: Party, trunk = ''): Announcement {
  const call: Call = {
    id,
    mine: true,
    direction: 'incoming',
    state: 'ringing',
    caller: other,
    callee: { name: '', number: '1001' },
    other,
    trunk,
    startedAt: 0,
    answeredAt: null,
    placedHere: false,
  };
  const [, [output]] = announce(NO_NOTIFICATIONS, [{ type: 'for-me', call, transferred: false }], context, 0);
  if (output?.type !== 'show') throw new Error('the policy announced nothing');
  return output;
}

/** The notifications a desktop got from these announcements, and only from them. */
async function shownFor(announcements: readonly Announcement[]): Promise<ShownNotification[]> {
  const before = (await daemon.shown()).length;
  const report = await driveNodeNotifier(announcements, { env: daemon.env, cwd: folder });
  expect(report.failures).toEqual([]);
  return (await daemon.shown()).slice(before);
}

/** A no-break space in front is how a name that looks like an option is kept from being one: nobody sees it. */
const asSeen = (text: string): string => text.replace(/^\u00a0/, '');

describe.skipIf(unavailable !== null)('on a real notification daemon', () => {
  describe('a hostile caller name shows exactly once and readable:', () => {
    let shown: ShownNotification[];
    beforeAll(async () => {
      shown = await shownFor(
        HOSTILE_NAMES.map(({ raw }, index) => announcementFor(`name-${index}`, { name: raw, number: `555${index}` })),
      );
    });

    test('as many notifications as calls, each under our name', () => {
      expect(shown).toHaveLength(HOSTILE_NAMES.length);
      expect(new Set(shown.map(({ appname }) => appname))).toEqual(new Set(['Traydial']));
    });

    test.for(HOSTILE_NAMES.map((name, index) => ({ ...name, index })))('$what', ({ seen, index }) => {
      const found = shown[index];
      expect(asSeen(found?.summary ?? '')).toBe(seen === '' ? `555${index}` : seen);
      expect(found?.body).toBe(seen === '' ? 'Incoming call' : `Incoming call · 555${index}`);
    });

    test('no name ran a command or wrote a file', () => {
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  test('hostile numbers and trunks stand in the body as text, without markup', async () => {
    const shown = await shownFor([
      announcementFor('n1', { name: 'Anna', number: '<b>1</b>' }, 'R&D <i>'),
      announcementFor('n2', { name: 'Anna', number: '\\074b\\076' }, '$(touch hacked)'),
      announcementFor('n3', { name: 'Anna', number: '`touch hacked`' }, '--help'),
    ]);
    expect(shown.map(({ body }) => body)).toEqual([
      'Incoming call · ‹b›1‹/b› · via R＆D ‹i›',
      'Incoming call · ∖074b∖076 · via $(touch hacked)',
      'Incoming call · `touch hacked` · via --help',
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a change replaces the notification of its call and leaves those of others', async () => {
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

  test('changes that come faster than the desktop end with the last one on the screen', async () => {
    const base = announcementFor('fast', { name: 'Anna', number: '1002' });
    const shown = await shownFor(Array.from({ length: 20 }, (_, index) => ({ ...base, title: `Anna ${index}` })));
    expect(shown.map(({ summary }) => summary)).toEqual(['Anna 19']);
  });

  test('a call that rings stays on the screen until it is taken off; others go by themselves', async () => {
    const anna = announcementFor('rings', { name: 'Anna', number: '1002' });
    const bo = { ...announcementFor('over', { name: 'Bo', number: '1003' }), stays: false };
    const [first, second] = await shownFor([anna, bo]);
    expect([first?.timeoutMs, second?.timeoutMs]).toEqual([0, 20_000]);
    await driveNodeNotifier([anna], { env: daemon.env });
    expect(await daemon.onScreen()).toBe(1);
    await driveNodeNotifier([anna, { close: anna.key }], { env: daemon.env });
    await vi.waitFor(async () => expect(await daemon.onScreen()).toBe(0), { timeout: 10_000, interval: 20 });
  });

  test('text that is empty or looks like an option passes also when it does not come from the policy', async () => {
    const bare: Announcement = {
      key: 'bare',
      title: '--help',
      body: '',
      urgency: 'low',
      stays: false,
      sessionId: null,
    };
    const shown = await shownFor([bare, { ...bare, key: 'body', title: 'Anna', body: '-t 1' }]);
    expect(shown.map(({ summary, body }) => [asSeen(summary), asSeen(body)])).toEqual([
      ['--help', ''],
      ['Anna', '-t 1'],
    ]);
  });
});

describe('a desktop that cannot show notifications', () => {
  const anna = announcementFor('1', { name: 'Anna Berg', number: '+12015550123' });

  test.skipIf(unavailable !== null)('is reported, without the name and number of the caller', async () => {
    const report = await driveNodeNotifier([anna], {
      env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'no-bus')}`, DISPLAY: '' },
    });
    expect(report.shown).toEqual([]);
    expect(report.failures).toMatchObject([{ reason: 'not-shown', key: 'call:1' }]);
    expect(JSON.stringify(report.failures)).not.toMatch(/Anna|555/);
  });

  test('is reported when notify-send is missing, and nothing goes to a network port instead', async () => {
    const growl = await listenForGrowl();
    const report = await driveNodeNotifier([anna], { env: { PATH: folder } });
    expect(report.failures).toMatchObject([{ reason: 'unsupported', detail: 'notify-send is not in PATH' }]);
    expect(report.failures[0]?.action).toContain('libnotify');
    expect(growl.connections()).toBe(0);
    growl.server.close();
  });
});

/** Growl's port, to which node-notifier may fall back. Where the port is taken there is nothing to listen to. */
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
