import { expect, onTestFinished, test } from 'vitest';
import { Reasons } from '../../../src/core/notify/reasons.ts';
import { onBug } from '../../../src/core/report-bug.ts';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import { NotificationCenter } from '../../../src/main/notifications/notification-center.ts';
import { german } from '../../../src/messages/de/main.ts';
import { ENGLISH } from '../../../src/messages/main.ts';
import { NOT_LISTENING, type Call } from '../../../src/shared/call.ts';
import type { HistoryCall } from '../../../src/shared/history.ts';
import { IDLE, type DialState } from '../../../src/shared/dial.ts';
import type { CallsState } from '../../../src/shared/state.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ringingCall } from '../../support/samples.ts';
import { missedCall } from './open-center.ts';

const NO_CALLS: CallsState = {
  calls: [],
  more: { mine: 0, others: 0 },
  list: { status: 'off' },
  listening: NOT_LISTENING,
};

function open(messages = ENGLISH, missed: HistoryCall[] = [], settings = DEFAULT_SETTINGS) {
  const clock = new ManualClock();
  const reasons = new Reasons(clock);
  const screen = new Map<string, string>();
  const silent: string[] = [];
  const clicks: (() => void)[] = [];
  const views: string[] = [];
  const history = { readAt: 0 };
  let opened = 0;
  const center = new NotificationCenter({
    clock,
    unseenMissed: (since) => missed.filter(({ endedAt }) => endedAt >= since),
    isHistoryBehind: () => clock.elapsed() < history.readAt,
    reminders: { next: () => null, take: () => [], announced: () => [] },
    isSamePerson: (a, b) => a === '+12015550102' && b === '1002',
    favourites: () => [{ number: '+12015550199' }, { number: '1002' }],
    reasons,
    settings: () => settings,
    extension: () => '1001',
    pausedUntil: () => null,
    formatNumber: (number) => number,
    messages: () => messages,
    notifier: {
      show: ({ key, title, silent: isSilent }, onClick) => {
        if (isSilent) silent.push(title);
        if (title === 'Bug') throw new Error('a bug');
        screen.set(key, title);
        clicks.push(onClick);
      },
      close: (key) => void screen.delete(key),
    },
    onClick: (view, call) => {
      views.push(call === undefined || call === null ? view : `${view} ${call.id}`);
      opened += 1;
    },
  });
  return { center, clock, history, reasons, screen, silent, clicks, views, opened: () => opened };
}

const ringing = (id: string, name: string): Call =>
  ringingCall(id, { other: { number: '+12015550100', name }, trunk: 'Main', startedAt: 0 });

const forMe = (call: Call) => ({ type: 'for-me', call, transferred: false }) as const;

test('a call for me is shown, and its click opens the window', () => {
  const { center, screen, clicks, opened } = open();
  center.happened([forMe(ringing('1', 'Anna Berg'))]);
  expect([...screen.values()]).toEqual(['Anna Berg']);
  clicks[0]?.();
  expect(opened()).toBe(1);
});

test('a click leads to the call that the notification is about, also under a session id that became known later', () => {
  const { center, clicks, views } = open();
  center.happened([forMe(ringing('push:1', ''))]);
  center.happened([{ ...forMe(ringing('7', '')), insteadOf: 'push:1' }]);
  clicks[0]?.();
  center.happened([{ type: 'missed', call: ringing('7', ''), at: 0 }]);
  clicks.at(-1)?.();
  expect(views).toEqual(['calls 7', 'history 7']);
});

test('a name that is found later replaces the number', () => {
  const { center, screen } = open();
  const unnamed = ringing('1', '');
  center.callsChanged([unnamed]);
  center.happened([forMe(unnamed)]);
  expect([...screen.values()]).toEqual(['+12015550100']);
  center.callsChanged([ringing('1', 'Anna Berg')]);
  expect([...screen.values()]).toEqual(['Anna Berg']);
});

test('signing out closes the notifications of ringing calls, and none returns', () => {
  const { center, screen } = open();
  const storm = ['Anna', 'Bert', 'Carla', 'Dora'].map((name, index) => ringing(String(index), name));
  center.happened(storm.map(forMe));
  expect([...screen.values()].join()).toContain('4 calls ringing');
  center.clear();
  expect(screen.size).toBe(0);
  center.happened([forMe(ringing('9', 'Emil'))]);
  expect([...screen.values()].join()).not.toContain('Anna');
});

test('a notification that cannot be shown does not prevent others', () => {
  const bugs: string[] = [];
  onTestFinished(onBug((bug) => bugs.push(bug.message)));
  const { center, screen } = open();
  center.happened([forMe(ringing('1', 'Bug')), forMe(ringing('2', 'Anna Berg'))]);
  expect([...screen.values()]).toEqual(['Anna Berg']);
  expect(bugs).toEqual(['a bug']);
});

test('links that wait in the background are announced once, and the notification closes when they are answered', () => {
  const { center, screen, clicks } = open();
  const background = { ...IDLE, inBackground: true, waiting: 1 };
  const changed = (dial: DialState): void => center.changed('dial', { dial, calls: NO_CALLS });
  changed(background);
  changed({ ...background, waiting: 2 });
  expect([...screen.values()]).toEqual(['2 numbers wait for your answer']);
  expect(clicks).toHaveLength(1);
  changed(IDLE);
  expect([...screen.values()]).toEqual([]);
});

test('the sentences are in the language of the program', () => {
  const { center, screen } = open(german);
  center.happened([{ type: 'missed', call: ringing('1', 'Anna Berg'), at: 0 }]);
  center.test();
  center.changed('dial', { dial: { ...IDLE, inBackground: true, waiting: 1 }, calls: NO_CALLS });
  expect([...screen.values()]).toEqual([
    'Verpasster Anruf: Anna Berg',
    'Erika Mustermann',
    '2 Nummern warten auf Ihre Antwort',
  ]);
});

test('calls missed while the computer slept or was locked are summed up by person, and a click on the summary lists them', async () => {
  const missed: HistoryCall[] = [];
  const { center, clock, screen, clicks, views } = open(ENGLISH, missed);
  missed.push(missedCall('Priya', '1003', clock.now() - 60_000, 'before'));
  center.left('sleep');
  center.left('lock');
  await clock.advance(3_600_000);
  for (const [id, name, number] of [
    ['c', '', '+4930901820'],
    ['b', 'Anna Berg', '1002'],
    ['a', 'Anna Berg', '1002'],
  ] as const) {
    missed.unshift(missedCall(name, number, clock.now(), id));
  }
  const call = ringing('c', '');
  center.happened([{ type: 'missed', call, at: clock.now() }]);
  center.cameBack('sleep');
  await clock.advance(60_000);
  expect([...screen.values()]).toEqual([]);
  center.cameBack('lock');
  await clock.advance(10_000);
  expect([...screen.values()]).toEqual(['3 missed calls: Anna Berg (2), +4930901820']);
  clicks[0]?.();
  expect(views).toEqual(['missed']);
});

test('after sleep the summary waits until the calls of that time were read, for at most five minutes', async () => {
  for (const readMs of [25_000, Infinity]) {
    const missed: HistoryCall[] = [];
    const { center, clock, screen, history } = open(ENGLISH, missed);
    center.left('sleep');
    await clock.advance(3_600_000);
    center.cameBack('sleep');
    history.readAt = clock.elapsed() + readMs;
    await clock.advance(24_000);
    expect(screen.size).toBe(0);
    missed.push(missedCall('Anna Berg', '1002', clock.now() - 60_000, 'a'));
    await clock.advance(readMs === Infinity ? 277_000 : 2_000);
    expect([...screen.values()]).toEqual(['1 missed call: Anna Berg']);
    screen.clear();
    await clock.advance(600_000);
    expect(screen.size).toBe(0);
  }
});

test('calls missed in a pause or in quiet hours before the program was started again are in the summary', async () => {
  const { clock: now } = open();
  const call = missedCall('Anna Berg', '1002', now.now() - 60_000, 'a');
  const paused = open(ENGLISH, [call]);
  paused.center.left('pause', now.now() - 120_000);
  paused.center.cameBack('pause');
  await paused.clock.advance(1);
  expect([...paused.screen.values()]).toEqual(['1 missed call: Anna Berg']);
  const at = (ms: number): string => new Date(ms).toTimeString().slice(0, 5);
  const quiet = { ...DEFAULT_SETTINGS.notifications.quiet, on: true };
  const period = { ...quiet, from: at(now.now() - 1_800_000), until: at(now.now() + 1_800_000) };
  const notifications = { ...DEFAULT_SETTINGS.notifications, quiet: period };
  const during = open(ENGLISH, [call], { ...DEFAULT_SETTINGS, notifications });
  during.center.checkQuietHours();
  await during.clock.advance(1_860_000);
  expect([...during.screen.values()]).toEqual(['1 missed call: Anna Berg']);
  during.center.stop();
});

test('the summary is shown as soon as a pause ends, and only if calls were missed', async () => {
  const missed: HistoryCall[] = [];
  const { center, clock, screen } = open(german, missed);
  center.left('pause');
  await clock.advance(60_000);
  center.cameBack('pause');
  await clock.advance(1);
  expect(screen.size).toBe(0);
  center.left('pause');
  await clock.advance(60_000);
  missed.push(missedCall('', '', clock.now(), 'a'));
  center.cameBack('pause');
  await clock.advance(1);
  expect([...screen.values()]).toEqual(['1 verpasster Anruf: Unbekannter Anrufer']);
});

test('a missed call is announced by itself again once the user is back', async () => {
  const { center, clock, screen } = open();
  center.left('lock');
  center.cameBack('lock');
  await clock.advance(10_000);
  center.happened([{ type: 'missed', call: ringing('1', 'Anna Berg'), at: clock.now() }]);
  expect([...screen.values()]).toEqual(['Missed call: Anna Berg']);
});

test('calls missed while the user is away are held for the summary, which becomes their reason', async () => {
  const missed: HistoryCall[] = [];
  const { center, clock, reasons } = open(ENGLISH, missed);
  center.left('lock');
  await clock.advance(60_000);
  const call = { ...ringing('1', 'Anna Berg'), startedAt: clock.now() };
  const entry = missedCall('Anna Berg', '+12015550100', clock.now() + 1, '1');
  center.happened([forMe(call), { type: 'missed', call, at: clock.now() }]);
  expect(reasons.reasonsFor(entry)).toEqual({ ringing: { code: 'announced' }, missed: { code: 'away' } });
  missed.push(entry);
  center.cameBack('lock');
  await clock.advance(10_000);
  expect(reasons.reasonsFor(entry).missed).toEqual({ code: 'summed-up' });
  reasons.recordReport('calls-missed-away', 'no-service');
  expect(reasons.reasonsFor(entry).missed).toEqual({ code: 'not-shown', problem: 'no-service' });
});

test('a call missed during sleep keeps sleep as its reason after the summary', async () => {
  const missed: HistoryCall[] = [];
  const { center, clock, reasons } = open(ENGLISH, missed);
  center.left('sleep');
  await clock.advance(60_000);
  const slept = missedCall('Anna Berg', '+12015550100', clock.now(), 'cdr:1');
  await clock.advance(60_000);
  missed.push(slept);
  center.cameBack('sleep');
  await clock.advance(10_000);
  expect(reasons.reasonsFor(slept)).toEqual({ ringing: { code: 'slept' }, missed: { code: 'summed-up' } });
  const awake = missedCall('Anna Berg', '+12015550100', clock.now() + 30_000, 'cdr:2');
  expect(reasons.reasonsFor(awake)).toEqual({ ringing: { code: 'record-only' }, missed: null });
});

test('switching accounts forgets the reasons of the previous account', () => {
  const { center, reasons } = open();
  const call = ringing('1', 'Anna Berg');
  center.happened([forMe(call)]);
  center.clear();
  expect(reasons.reasonsFor(missedCall('Anna Berg', '+12015550100', 0, '1')).ringing).toEqual({ code: 'not-kept' });
});

test('calls missed in quiet hours are summed up when the hours end; calls of favourites are announced at once', async () => {
  const missed: HistoryCall[] = [];
  const clock = new ManualClock();
  const minute = (at: number): string => {
    const date = new Date(at);
    return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
  };
  const notifications = {
    ...DEFAULT_SETTINGS.notifications,
    quiet: {
      ...DEFAULT_SETTINGS.notifications.quiet,
      on: true,
      from: minute(clock.now() + 600_000),
      until: minute(clock.now() + 1_200_000),
    },
    favouritesAlways: true,
  };
  const opened = open(ENGLISH, missed, { ...DEFAULT_SETTINGS, notifications });
  const { center, screen, reasons } = opened;
  center.checkQuietHours();
  center.happened([forMe(ringing('before', 'Anna Berg'))]);
  expect([...screen.values()]).toEqual(['Anna Berg']);
  center.happened([{ type: 'ended', call: ringing('before', 'Anna Berg'), at: 0 }]);
  await opened.clock.advance(601_000);
  const call = ringing('1', 'Anna Berg');
  center.happened([forMe(call), { type: 'missed', call, at: opened.clock.now() }]);
  expect(screen.size).toBe(0);
  const entry = missedCall('Anna Berg', '+12015550100', opened.clock.now() + 1, '1');
  expect(reasons.reasonsFor(entry).ringing).toMatchObject({ code: 'quiet-hours' });
  missed.push(entry);
  const favourite = { ...ringing('2', 'Bo Chen'), other: { name: 'Bo Chen', number: '+1 (201) 555-0199' } };
  center.happened([forMe(favourite)]);
  expect([...screen.values()]).toEqual(['Bo Chen']);
  center.happened([{ type: 'ended', call: favourite, at: 0 }]);
  // The favourite 1002 is a colleague.
  center.happened([
    forMe({ ...ringing('3', 'Stranger'), other: { name: 'Stranger', number: '1002', external: true } }),
  ]);
  expect(screen.size).toBe(0);
  await opened.clock.advance(601_000);
  expect([...screen.values()]).toEqual(['1 missed call: Anna Berg']);
  expect(reasons.reasonsFor(entry).missed).toEqual({ code: 'summed-up' });
  center.stop();
});

test('a rule for a person holds for all numbers of that person, but not for a caller from outside with an extension', () => {
  const people = [
    { number: '1002', name: 'Bo Chen', notify: 'never' as const },
    { number: '+12015550100', name: 'Anna Berg', notify: 'silent' as const },
  ];
  const settings = { ...DEFAULT_SETTINGS, notifications: { ...DEFAULT_SETTINGS.notifications, people } };
  const { center, screen, silent, reasons } = open(ENGLISH, [], settings);
  const from = (id: string, number: string, more: object = {}) =>
    ringingCall(id, { other: { number, name: id, ...more }, startedAt: 0 });
  center.happened([forMe(from('Bo', '1002', { name: 'Bo Chen' }))]);
  center.happened([forMe(from('Bo mobile', '+12015550102', { name: 'Bo Chen' }))]);
  center.happened([forMe(from('Stranger', '1002', { external: true }))]);
  center.happened([forMe(ringing('1', 'Anna Berg'))]);
  expect([...screen.values()]).toEqual(['Stranger', 'Anna Berg']);
  expect(silent).toEqual(['Anna Berg']);
  expect(reasons.reasonsFor({ id: 'Bo', at: 0, direction: 'incoming' }).ringing).toEqual({ code: 'person' });
});

test('without sound every notification is silent', () => {
  const settings = { ...DEFAULT_SETTINGS, notifications: { ...DEFAULT_SETTINGS.notifications, sound: false } };
  const { center, silent } = open(ENGLISH, [], settings);
  center.happened([forMe(ringing('1', 'Anna Berg'))]);
  center.test();
  expect(silent).toHaveLength(2);
});
