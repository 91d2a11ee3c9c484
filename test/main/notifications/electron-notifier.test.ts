import type { Notification as RealNotification } from 'electron';
import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import { ElectronNotifier, type ElectronNotificationClass } from '../../../src/main/notifications/electron-notifier.ts';
import type { DesktopNotification, NotifierFailure } from '../../../src/main/notifications/notifier.ts';
import { settle } from '../../support/manual-clock.ts';
import { FakeNotification } from './fake-notification.ts';

const anna: DesktopNotification = {
  key: 'call:1',
  title: '<b>Anna</b>',
  body: 'Incoming call · via R&D <i>',
  urgency: 'normal',
  stays: true,
  silent: false,
  call: { id: '1', at: 0 },
};
let signed = true;
const failures: NotifierFailure[] = [];
const shown: string[] = [];
const events = {
  onShown: (key: string) => shown.push(key),
  onFailure: (failure: NotifierFailure) => failures.push(failure),
};
const notifierFor = (platform: NodeJS.Platform): ElectronNotifier =>
  new ElectronNotifier({
    Notification: FakeNotification,
    platform,
    icon: '/icons/48.png',
    events,
    signed: () => Promise.resolve(signed),
  });
const titles = (): unknown[] => FakeNotification.screen.map(({ options }) => options.title);

beforeEach(() => {
  FakeNotification.screen = [];
  FakeNotification.broken = false;
  signed = true;
  failures.length = 0;
  shown.length = 0;
});

test("Electron's Notification class satisfies the type of the port", () => {
  expectTypeOf<typeof RealNotification>().toExtend<ElectronNotificationClass>();
});

test('shows a notification and reports that', () => {
  notifierFor('linux').show(anna, () => undefined);
  expect(titles()).toEqual(['<b>Anna</b>']);
  expect(shown).toEqual(['call:1']);
});

test('requests no sound if the notification is silent', () => {
  notifierFor('linux').show(anna, () => undefined);
  notifierFor('darwin').show({ ...anna, key: 'call:2', silent: true }, () => undefined);
  expect(FakeNotification.screen.map(({ options }) => options.silent)).toEqual([false, true]);
});

test('removes markup from the body on Linux only, because other systems do not interpret it', () => {
  notifierFor('linux').show(anna, () => undefined);
  notifierFor('win32').show(anna, () => undefined);
  expect(FakeNotification.screen.map(({ options }) => options.body)).toEqual([
    'Incoming call · via R＆D ‹i›',
    'Incoming call · via R&D <i>',
  ]);
});

test.each(['linux', 'darwin', 'win32'] as const)(
  'on %s late events of a replaced notification do not concern the one in its place',
  async (platform) => {
    const notifier = notifierFor(platform);
    const clicks: string[] = [];
    notifier.show(anna, () => clicks.push('old'));
    const [old] = FakeNotification.screen;
    notifier.show({ ...anna, title: 'Missed call: Anna' }, () => clicks.push('new'));
    shown.length = 0;
    old?.emit('show');
    old?.emit('failed', {}, 'too late');
    old?.emit('click');
    await settle();
    expect({ titles: titles(), keys: notifier.keys, shown, failures, clicks }).toEqual({
      titles: ['Missed call: Anna'],
      keys: ['call:1'],
      shown: [],
      failures: [],
      clicks: ['old'],
    });
  },
);

test('replaces the notification with the same key', () => {
  const notifier = notifierFor('linux');
  notifier.show(anna, () => undefined);
  notifier.show({ ...anna, title: 'Missed call: Anna' }, () => undefined);
  notifier.show({ ...anna, key: 'call:2', title: 'Bo' }, () => undefined);
  expect(titles()).toEqual(['Missed call: Anna', 'Bo']);
});

test('closes by key, and everything when it is disposed of', () => {
  const notifier = notifierFor('linux');
  for (const key of ['a', 'b', 'c']) notifier.show({ ...anna, key, title: key }, () => undefined);
  notifier.close('b');
  notifier.close('never shown');
  expect(titles()).toEqual(['a', 'c']);
  notifier.dispose();
  expect(titles()).toEqual([]);
});

test('a click calls the handler of its notification', () => {
  const clicked: string[] = [];
  const notifier = notifierFor('linux');
  notifier.show(anna, () => clicked.push('anna'));
  notifier.show({ ...anna, key: 'call:2' }, () => clicked.push('bo'));
  FakeNotification.screen[1]?.emit('click');
  expect(clicked).toEqual(['bo']);
});

test('does not keep more than fifty on a screen that never reports a close', () => {
  const notifier = notifierFor('linux');
  for (let index = 0; index < 60; index++) notifier.show({ ...anna, key: String(index) }, () => undefined);
  expect(FakeNotification.screen).toHaveLength(50);
});

test('a ringing call never times out, a missed one does', () => {
  notifierFor('linux').show(anna, () => undefined);
  notifierFor('linux').show({ ...anna, stays: false }, () => undefined);
  expect(FakeNotification.screen.map(({ options }) => options.timeoutType)).toEqual(['never', 'default']);
});

test('a notification in the Action Center can be clicked and is removed when the call ends', () => {
  const clicked: string[] = [];
  const notifier = notifierFor('win32');
  notifier.show(anna, () => clicked.push('anna'));
  notifier.show({ ...anna, key: 'call:2' }, () => undefined);
  for (const notification of FakeNotification.screen) notification.emit('close', { reason: 'timedOut' });
  FakeNotification.screen[0]?.emit('click');
  notifier.close('call:2');
  expect(clicked).toEqual(['anna']);
  expect(FakeNotification.screen).toHaveLength(1);
});

test('a dismissed notification is dropped', () => {
  const notifier = notifierFor('win32');
  notifier.show(anna, () => undefined);
  FakeNotification.screen[0]?.emit('close', { reason: 'userCanceled' });
  expect(notifier.has('call:1')).toBe(false);
});

test('a clicked notification is closed on a Linux server that keeps it', () => {
  notifierFor('linux').show(anna, () => undefined);
  FakeNotification.screen[0]?.emit('click');
  expect(titles()).toEqual([]);
});

test('the id stays the same for a call and fits in the 64 units of Windows', () => {
  const key = `call:${'9'.repeat(300)}`;
  for (const title of ['', 'Anna']) notifierFor('win32').show({ ...anna, key, title }, () => undefined);
  const [first, second] = FakeNotification.screen.map(({ options }) => options.id);
  expect(first).toBe(second);
  expect(first?.length).toBeLessThanOrEqual(64);
  expect(first).not.toBe('');
});

describe('reports a notification that did not show', () => {
  test('as a refusal by the user when macOS can allow the program', async () => {
    notifierFor('darwin').show(anna, () => undefined);
    FakeNotification.screen[0]?.emit('failed', {}, 'UNErrorDomain 1');
    await settle();
    expect(failures).toMatchObject([
      { problem: 'not-allowed', key: 'call:1', detail: 'UNErrorDomain 1', page: 'notification-settings' },
    ]);
  });

  test('as a failure when macOS never allows the program, because it is not signed', async () => {
    signed = false;
    notifierFor('darwin').show(anna, () => undefined);
    FakeNotification.screen[0]?.emit('failed', {}, 'UNErrorDomain 1');
    await settle();
    expect(failures).toMatchObject([{ problem: 'not-shown', key: 'call:1' }]);
  });

  test('as a refusal when the settings of Windows do not allow it', () => {
    notifierFor('win32').show(anna, () => undefined);
    FakeNotification.screen[0]?.emit('failed', {}, 'Settings prevent the notification from being delivered.');
    expect(failures).toMatchObject([{ problem: 'not-allowed' }]);
  });

  test('with a general message when Electron gives no reason, as on Linux', () => {
    notifierFor('linux').show(anna, () => undefined);
    FakeNotification.screen[0]?.emit('failed', {}, '');
    expect(failures).toMatchObject([
      {
        problem: 'not-shown',
        detail: 'no reason given',
      },
    ]);
  });

  test('when Electron throws', () => {
    FakeNotification.broken = true;
    notifierFor('linux').show(anna, () => undefined);
    expect(failures).toMatchObject([{ problem: 'not-shown', key: 'call:1', detail: 'Error: no bus' }]);
  });
});
