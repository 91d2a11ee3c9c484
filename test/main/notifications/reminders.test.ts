import { expect, test } from 'vitest';
import type { DueReminders } from '../../../src/main/notifications/notification-center.ts';
import { german } from '../../../src/messages/de/main.ts';
import { ENGLISH } from '../../../src/messages/main.ts';
import { NOT_LISTENING } from '../../../src/shared/call.ts';
import { IDLE } from '../../../src/shared/dial.ts';
import type { HistoryCall } from '../../../src/shared/history.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { missedCall, openCenter } from './open-center.ts';

const open = (reminders: DueReminders, clock: ManualClock, missed: HistoryCall[] = [], messages = ENGLISH) =>
  openCenter({ reminders, clock, missed, messages: () => messages });

const NO_CALLS = {
  calls: [],
  more: { mine: 0, others: 0 },
  list: { status: 'off' as const },
  listening: NOT_LISTENING,
};

/** A history with one reminder for each time, in which nothing else happens. `done`: who was called back. */
function withReminders(
  clock: ManualClock,
  due: [name: string, at: number][],
  done: ReadonlySet<string> = new Set(),
): DueReminders {
  const open = [...due];
  const announced: string[] = [];
  return {
    next: () => (open.length === 0 ? null : Math.min(...open.map(([, at]) => at))),
    take: () => {
      const taken = open.filter(([, at]) => at <= clock.now());
      for (const one of taken) open.splice(open.indexOf(one), 1);
      announced.push(...taken.map(([name]) => name));
      return taken.map(([name, at]) => missedCall(name, '+12015550123', at - 3_600_000));
    },
    announced: () => announced.filter((name) => !done.has(name)),
  };
}

test('a reminder is announced once, when it is due, and its click shows the call-back list', async () => {
  const clock = new ManualClock();
  const reminders = withReminders(clock, [['Anna Berg', clock.now() + 3_600_000]]);
  const { center, screen, views, titles } = open(reminders, clock);
  center.checkReminders();
  await clock.advance(3_599_000);
  expect(titles()).toEqual([]);
  await clock.advance(1_000);
  expect(screen).toMatchObject([{ title: 'Call back Anna Berg', body: '+12015550123' }]);
  screen[0]?.click();
  expect(views).toEqual(['call-back']);
  await clock.advance(86_400_000);
  expect(titles()).toHaveLength(1);
});

test('reminders that became due while the program did not run are one notification after the start', async () => {
  const clock = new ManualClock();
  const reminders = withReminders(clock, [
    ['Anna Berg', clock.now() - 3_600_000],
    ['Bo Chen', clock.now() - 60_000],
  ]);
  const { center, titles } = open(reminders, clock, [], german);
  center.checkReminders();
  // What the PBX recorded meanwhile comes first: the two may have talked.
  await clock.advance(9_000);
  expect(titles()).toEqual([]);
  await clock.advance(1_000);
  expect(titles()).toEqual(['2 Erinnerungen: Anna Berg, Bo Chen zurückrufen']);
  center.stop();
});

test('a reminder is closed once everyone it names was called back, also while the user is away', async () => {
  const clock = new ManualClock();
  const done = new Set<string>();
  const at = clock.now() + 60_000;
  const both: [name: string, at: number][] = [
    ['Anna Berg', at],
    ['Bo Chen', at],
  ];
  const { center, closed } = open(withReminders(clock, both, done), clock);
  center.checkReminders();
  await clock.advance(60_000);
  center.left('lock');
  done.add('Bo Chen');
  center.changed('recents', { dial: IDLE, calls: NO_CALLS });
  expect(closed).toEqual([]);
  done.add('Anna Berg');
  center.changed('recents', { dial: IDLE, calls: NO_CALLS });
  center.changed('recents', { dial: IDLE, calls: NO_CALLS });
  expect(closed).toEqual(['reminder:Anna Berg']);
  center.stop();
});

test('a reminder due in a pause is held until the pause ends and is then part of the summary of missed calls', async () => {
  const clock = new ManualClock();
  const missed: HistoryCall[] = [];
  const reminders = withReminders(clock, [['Anna Berg', clock.now() + 60_000]]);
  const { center, screen, titles } = open(reminders, clock, missed);
  center.checkReminders();
  center.left('pause');
  await clock.advance(120_000);
  center.changed('recents', { dial: IDLE, calls: NO_CALLS });
  expect(titles()).toEqual([]);
  missed.push(missedCall('Bo Chen', '1002', clock.now()));
  center.cameBack('pause');
  await clock.advance(1);
  expect(screen).toMatchObject([
    { title: '1 missed call: Bo Chen', body: 'While you were away · To call back: Anna Berg' },
  ]);
});

test('a reminder due in quiet hours, sleep or on a locked screen is held until then, and announced alone if no call was missed', async () => {
  for (const reason of ['quiet', 'sleep', 'lock'] as const) {
    const clock = new ManualClock();
    const reminders = withReminders(clock, [['Anna Berg', clock.now() + 60_000]]);
    const { center, titles } = open(reminders, clock);
    center.checkReminders();
    center.left(reason);
    await clock.advance(120_000);
    center.checkReminders();
    expect(titles()).toEqual([]);
    center.cameBack(reason);
    await clock.advance(10_000);
    expect(titles()).toEqual(['Call back Anna Berg']);
  }
});
