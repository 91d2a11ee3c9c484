import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { onBug } from '../../../src/core/report-bug.ts';
import { ElectronNotifier } from '../../../src/main/notifications/electron-notifier.ts';
import { GatedNotifier } from '../../../src/main/notifications/gated-notifier.ts';
import { NotificationService } from '../../../src/main/notifications/notification-service.ts';
import type { DesktopNotification, NotifierFailure } from '../../../src/main/notifications/notifier.ts';
import type { BusAnswer } from '../../../src/main/session-bus.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { FakeNotification } from './fake-notification.ts';

const SERVER: BusAnswer = { state: 'answered', text: "('dunst', 'knopwob', '1.9', '1.2')" };
const anna: DesktopNotification = {
  key: 'call:1',
  title: 'Anna',
  body: 'Incoming call',
  urgency: 'normal',
  stays: true,
  silent: false,
  call: { id: '1', at: 0 },
};
const bo: DesktopNotification = { ...anna, key: 'call:2', title: 'Bo' };
const NOTHING = (): void => undefined;

let clock: ManualClock;
let service: BusAnswer;
let asked: number;
let failures: NotifierFailure[];
let ask: () => Promise<BusAnswer>;

beforeEach(() => {
  FakeNotification.screen = [];
  FakeNotification.broken = false;
  clock = new ManualClock();
  service = SERVER;
  asked = 0;
  failures = [];
  ask = () => Promise.resolve(service);
});

function open(onFailure = (failure: NotifierFailure): void => void failures.push(failure)): GatedNotifier {
  return new GatedNotifier({
    electron: (events) =>
      new ElectronNotifier({
        Notification: FakeNotification,
        platform: 'linux',
        icon: '',
        events,
        signed: () => Promise.resolve(true),
      }),
    service: new NotificationService(clock, () => {
      asked += 1;
      return ask();
    }),
    clock,
    events: { onShown: NOTHING, onFailure },
  });
}

const screen = (): unknown[] => FakeNotification.screen.map(({ options }) => options.title);
const later = (): Promise<void> => clock.advance(60_000);

test('checks the service before the first notification, but not again for those that follow at once', async () => {
  const notifier = open();
  notifier.show(anna, NOTHING);
  expect(screen()).toEqual([]);
  await settle();
  notifier.show(bo, NOTHING);
  expect(screen()).toEqual(['Anna', 'Bo']);
  expect(asked).toBe(1);
  await later();
  notifier.close('call:1');
  await settle();
  expect(screen()).toEqual(['Bo']);
  expect(asked).toBe(2);
});

test.for([
  ['silent', 'no-answer'],
  ['absent', 'no-service'],
  ['unknown', 'cannot-ask'],
] as const)(
  'never calls a service that is %s on the bus, and reports the notification as failed',
  async ([state, problem]) => {
    service = { state };
    const notifier = open();
    notifier.show(anna, NOTHING);
    notifier.show(bo, NOTHING);
    await settle();
    expect(screen()).toEqual([]);
    expect(failures).toMatchObject([
      { problem, key: 'call:1' },
      { problem, key: 'call:2' },
    ]);
    service = SERVER;
    notifier.show(anna, NOTHING);
    await settle();
    expect(screen()).toEqual(['Anna']);
  },
);

test('a call that ends before the answer comes is never shown', async () => {
  const notifier = open();
  notifier.show(anna, NOTHING);
  notifier.close('call:1');
  await settle();
  expect(screen()).toEqual([]);
});

test('notifications of a hanging service are closed as soon as it answers again', async () => {
  const notifier = open();
  notifier.show(anna, NOTHING);
  await settle();
  await later();
  service = { state: 'silent' };
  notifier.close('call:1');
  await later();
  expect(screen()).toEqual(['Anna']);
  expect(failures).toEqual([]);
  service = SERVER;
  await later();
  expect(screen()).toEqual([]);
  expect(clock.pending()).toEqual([]);
});

test('the program ends at once if no notification is shown, and waits only briefly for a service that hangs', async () => {
  expect(open().dispose()).toBeNull();
  const notifier = open();
  notifier.show(anna, NOTHING);
  await settle();
  await later();
  service = { state: 'silent' };
  await notifier.dispose();
  expect(screen()).toEqual(['Anna']);
  await clock.advance(600_000);
  expect(clock.pending()).toEqual([]);
});

test('a notification on the screen is still closed when the service answers after another backend was chosen', async () => {
  const notifier = open();
  notifier.show(anna, NOTHING);
  await settle();
  await later();
  service = { state: 'silent' };
  notifier.close('call:1');
  await settle();
  await notifier.dispose();
  await later();
  service = SERVER;
  await later();
  expect(screen()).toEqual([]);
  expect(clock.pending()).toEqual([]);
});

test('the program closes all notifications when it ends', async () => {
  const notifier = open();
  notifier.show(anna, NOTHING);
  await settle();
  await later();
  await notifier.dispose();
  expect(screen()).toEqual([]);
});

test('a callback that throws does not hide failures of other notifications, and later ones are shown', async () => {
  const bugs: string[] = [];
  onTestFinished(onBug((bug) => bugs.push(bug.message)));
  const notifier = open(({ key }) => {
    throw new Error(`a bug at ${key ?? ''}`);
  });
  service = { state: 'silent' };
  notifier.show(anna, NOTHING);
  notifier.show(bo, NOTHING);
  await later();
  expect(bugs).toEqual(['a bug at call:1', 'a bug at call:2']);
  service = SERVER;
  notifier.show(bo, NOTHING);
  await later();
  expect(screen()).toEqual(['Bo']);
});

test('a check of the service that throws is repeated for the next notification', async () => {
  const bugs: string[] = [];
  onTestFinished(onBug((bug) => bugs.push(bug.message)));
  const notifier = open();
  ask = () => Promise.reject(new Error('a bug'));
  notifier.show(anna, NOTHING);
  await later();
  ask = () => Promise.resolve(SERVER);
  notifier.show(bo, NOTHING);
  await later();
  expect(bugs).toEqual(['a bug']);
  expect(screen()).toEqual(['Bo']);
});
