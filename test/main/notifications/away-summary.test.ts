import { expect, test } from 'vitest';
import { WEEKDAYS } from '../../../src/shared/weekdays.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ringingCall } from '../../support/samples.ts';
import { evidence, openHistory } from '../../core/history/support/open-history.ts';
import { missedCall, openCenter } from './open-center.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The user is away for a minute, in which these calls are missed. */
async function awayFor({ center, clock, missed }: ReturnType<typeof openCenter>, callers: [string, string][]) {
  center.left('lock');
  await clock.advance(MINUTE);
  for (const [name, number] of callers) {
    const call = ringingCall(name, { other: { number, name }, startedAt: clock.now() });
    center.happened([{ type: 'missed', call, at: clock.now() }]);
    missed.push(missedCall(name, number, clock.now()));
  }
  center.cameBack('lock');
  await clock.advance(10_000);
}

test('the summary counts every call that was missed, as the tray does', async () => {
  const { history, clock, close } = openHistory();
  const opened = openCenter({ clock, unseenMissed: (since) => history.unseenMissed(since) });
  const [begin, callers] = [clock.now(), ['+442079460010', '+442079460011', '+442079460012']];
  history.add([evidence({ id: 'before', number: '1002', startedAt: begin + 1, endedAt: begin + 2 })]);
  await clock.advance(MINUTE);
  opened.center.left('lock');
  await clock.advance(5 * HOUR);
  history.add(
    Array.from({ length: 80 }, (_none, at) => {
      const startedAt = begin + (at + 1) * 3 * MINUTE;
      return evidence({ id: String(at), number: callers[at % 3] ?? '', startedAt, endedAt: startedAt + 9_000 });
    }),
  );
  opened.center.cameBack('lock');
  await clock.advance(10_000);
  expect(history.missed).toBe(81);
  expect(opened.titles()).toEqual(['80 missed calls: +442079460011 (27), +442079460010 (27), +442079460012 (26)']);
  close();
});

test('the summary leaves out people of whom the user is never notified, and their calls keep that reason', async () => {
  const opened = openCenter({ notifications: { people: [{ number: '1002', name: 'Bo Chen', notify: 'never' }] } });
  await awayFor(opened, [
    ['Anna Berg', '1003'],
    ['Bo Chen', '1002'],
  ]);
  expect(opened.titles()).toEqual(['1 missed call: Anna Berg']);
  const reasons = opened.missed.map((call) => opened.reasons.reasonsFor(call).missed?.code);
  expect(reasons).toEqual(['summed-up', 'person']);
});

test.each([
  ['never', '1002', 'Bo Chen', []],
  ['never', '1002', 'CHEN, Bo', []],
  // The extension is somebody else's: at another PBX, or since a colleague left.
  ['never', '1002', 'Otto Stein', ['1 missed call: Otto Stein']],
  ['never', '1002', '', []],
  ['never', '+442079460010', 'Otto Stein', []],
] as const)('a rule "%s" for %s that was made for Bo Chen, when %s calls', async (notify, number, name, titles) => {
  const opened = openCenter({ notifications: { people: [{ number, name: 'Bo Chen', notify }] } });
  await awayFor(opened, [[name, number]]);
  expect(opened.titles()).toEqual(titles);
});

test('with missed calls switched off, the summary has only the people of whom the user is always notified', async () => {
  const people = [{ number: '1002', name: 'Bo Chen', notify: 'always' as const }];
  const opened = openCenter({ notifications: { missed: false, people } });
  await awayFor(opened, [
    ['Anna Berg', '1003'],
    ['Bo Chen', '1002'],
  ]);
  expect(opened.titles()).toEqual(['1 missed call: Bo Chen']);
});

test('the summary leaves out the kinds of calls of which the user is not notified', async () => {
  const calls = { internal: false, external: true, queue: false };
  const opened = openCenter({ notifications: { calls } });
  opened.center.left('lock');
  await opened.clock.advance(MINUTE);
  const now = opened.clock.now();
  opened.missed.push(
    missedCall('Bo Chen', '1002', now),
    { ...missedCall('Outside', '1003', now), external: true },
    { ...missedCall('Sales', '+442079460011', now), called: '8000' },
    { ...missedCall('Line', '+442079460012', now), called: '+12015550100' },
  );
  opened.center.cameBack('lock');
  await opened.clock.advance(10_000);
  expect(opened.titles()).toEqual(['2 missed calls: Outside, Line']);
});

test('a summary is silent if it has only people of whom the user is notified without a sound', async () => {
  const people = [{ number: '1002', name: 'Bo Chen', notify: 'silent' as const }];
  const opened = openCenter({ notifications: { people } });
  await awayFor(opened, [['Bo Chen', '1002']]);
  await awayFor(opened, [['Anna Berg', '1003']]);
  expect(opened.screen.map(({ silent }) => silent)).toEqual([true, false]);
});

test('calls in quiet hours are summed up if the clock is set forward into them', async () => {
  const quiet = { on: true, from: '22:00', until: '07:00', days: [...WEEKDAYS] };
  const clock = new ManualClock(new Date(2026, 0, 15, 20, 0).getTime());
  const { center, missed, titles } = openCenter({ clock, notifications: { quiet } });
  center.checkQuietHours();
  clock.jump(3 * HOUR);
  await clock.advance(MINUTE);
  missed.push(missedCall('Anna Berg', '1002', clock.now()));
  await clock.advance(10 * HOUR);
  expect(titles()).toEqual(['1 missed call: Anna Berg']);
  center.stop();
});

test('calls that were announced before quiet hours were switched on are not in their summary', async () => {
  const quiet = { on: false, from: '22:00', until: '07:00', days: [...WEEKDAYS] };
  const clock = new ManualClock(new Date(2026, 0, 15, 23, 0).getTime());
  const { center, missed, titles } = openCenter({ clock, notifications: { quiet } });
  center.checkQuietHours();
  await clock.advance(15 * MINUTE);
  center.happened([{ type: 'missed', call: ringingCall('1', { startedAt: clock.now() }), at: clock.now() }]);
  missed.push(missedCall('Anna Berg', '1002', clock.now() - 1));
  await clock.advance(MINUTE);
  quiet.on = true;
  center.checkQuietHours();
  await clock.advance(10 * HOUR);
  expect(titles()).toHaveLength(1);
  center.stop();
});
