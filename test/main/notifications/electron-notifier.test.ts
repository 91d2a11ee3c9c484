import type { Notification as RealNotification, NotificationConstructorOptions } from 'electron';
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import type { Announcement } from '../../../src/core/notify/announcement.ts';
import { ElectronNotifier, type ElectronNotificationClass } from '../../../src/main/notifications/electron-notifier.ts';
import type { NotifierFailure } from '../../../src/main/notifications/notifier.ts';

/** A desktop that shows what Electron's class is asked to show. */
class FakeNotification extends EventEmitter {
  static screen: FakeNotification[] = [];
  static broken = false;
  static isSupported = (): boolean => true;
  readonly options: NotificationConstructorOptions;

  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    if (FakeNotification.broken) throw new Error('no bus');
    FakeNotification.screen.push(this);
    this.emit('show');
  }
  close(): void {
    FakeNotification.screen = FakeNotification.screen.filter((other) => other !== this);
    this.emit('close');
  }
}

const anna: Announcement = {
  key: 'call:1',
  title: '<b>Anna</b>',
  body: 'Incoming call · via R&D <i>',
  urgency: 'normal',
  sessionId: '1',
};
const failures: NotifierFailure[] = [];
const shown: string[] = [];
const events = {
  onShown: (key: string) => shown.push(key),
  onFailure: (failure: NotifierFailure) => failures.push(failure),
};
const notifierFor = (platform: NodeJS.Platform): ElectronNotifier =>
  new ElectronNotifier({ Notification: FakeNotification, platform, icon: '/icons/48.png', events });
const titles = (): unknown[] => FakeNotification.screen.map(({ options }) => options.title);

beforeEach(() => {
  FakeNotification.screen = [];
  FakeNotification.broken = false;
  failures.length = 0;
  shown.length = 0;
});

test("Electron's own class fits", () => {
  expectTypeOf<typeof RealNotification>().toExtend<ElectronNotificationClass>();
});

test('shows a notification and says so', () => {
  notifierFor('linux').show(anna, () => undefined);
  expect(titles()).toEqual(['<b>Anna</b>']);
  expect(shown).toEqual(['call:1']);
});

test('takes markup out of the body on Linux, where it would be obeyed, and only there', () => {
  notifierFor('linux').show(anna, () => undefined);
  notifierFor('win32').show(anna, () => undefined);
  expect(FakeNotification.screen.map(({ options }) => options.body)).toEqual([
    'Incoming call · via R＆D ‹i›',
    'Incoming call · via R&D <i>',
  ]);
});

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

test('a click reaches the one who asked for the notification', () => {
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

describe('reports a notification that did not show', () => {
  test('when the system refuses it later', () => {
    notifierFor('darwin').show(anna, () => undefined);
    FakeNotification.screen[0]?.emit('failed', {}, 'UNErrorDomain 1');
    expect(failures).toMatchObject([{ reason: 'not-shown', key: 'call:1', detail: 'UNErrorDomain 1' }]);
  });

  test('when Electron throws', () => {
    FakeNotification.broken = true;
    notifierFor('linux').show(anna, () => undefined);
    expect(failures).toMatchObject([{ reason: 'not-shown', key: 'call:1', detail: 'Error: no bus' }]);
  });
});
