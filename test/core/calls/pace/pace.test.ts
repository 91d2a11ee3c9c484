import { expect, test } from 'vitest';
import { pacedPbx } from '../../../../src/core/calls/pace/paced-pbx.ts';
import { Pace } from '../../../../src/core/calls/pace/pace.ts';
import { Poller } from '../../../../src/core/calls/poller.ts';
import type { Pbx, SessionList } from '../../../../src/core/pbx/types.ts';
import { appError } from '../../../../src/shared/errors.ts';
import { ManualClock, settle } from '../../../support/manual-clock.ts';
import { ScriptedPbx } from '../support/scripted-pbx.ts';
import { pass } from '../support/pass.ts';

interface Setting {
  clock: ManualClock;
  pbx: ScriptedPbx;
  pace: Pace;
  paced: Pbx;
  poller: Poller<SessionList>;
}

function polling(wantedMs = 5_000): Setting {
  const clock = new ManualClock();
  const pbx = new ScriptedPbx(clock);
  const pace = new Pace({ clock });
  const paced = pacedPbx(pbx, pace);
  const poller = new Poller<SessionList>({
    clock,
    intervalMs: () => pace.intervalMs(wantedMs),
    ask: (signal) => paced.listSessions(signal),
    onAnswer: () => {},
  });
  return { clock, pbx, pace, paced, poller };
}

const BODY = { caller: '1001', callee: '1002', sendSdp: true };

test('With nothing in its way it changes nothing.', async () => {
  const { clock, pbx, poller } = polling();
  poller.start();
  await pass(clock, 20_000);
  expect(pbx.asked.list).toEqual([0, 5_000, 10_000, 15_000, 20_000]);
});

test('A desk that looks and watches as fast as it can stays within twenty a minute, and can still place a call.', async () => {
  const { clock, pbx, paced, poller } = polling(2_000);
  poller.start();
  const watch = async (): Promise<void> => {
    await paced.getSession('1');
    clock.after(1_000, () => void watch());
  };
  void watch();
  await pass(clock, 300_000);
  const before = clock.now();
  const placed = await paced.createSession(BODY);
  expect(placed.ok).toBe(true);
  expect(clock.now()).toBe(before);
  const all = [...pbx.asked.list, ...pbx.asked.get, ...pbx.asked.create].sort((a, b) => a - b);
  const most = Math.max(...all.map((from) => all.filter((at) => at >= from && at < from + 60_000).length));
  expect(most).toBeLessThanOrEqual(20);
  expect(pbx.asked.list.length).toBeGreaterThan(20);
  expect(pbx.asked.get.length).toBeGreaterThan(20);
});

test('After a refusal the next try comes soon, and looks are half as frequent then.', async () => {
  const { clock, pbx, poller } = polling();
  pbx.fails('list', appError('rate-limited'));
  poller.start();
  await settle();
  pbx.fails('list', null);
  await pass(clock, 40_000);
  const [first = 0, second = 0, third = 0] = pbx.asked.list;
  expect(second - first).toBe(15_000);
  expect(third - second).toBeGreaterThan(8_500);
  expect(third - second).toBeLessThan(10_000);
});

test('Desks that are told to come back at one moment come back at several.', async () => {
  const backAt = async (chance: number): Promise<number | undefined> => {
    const { clock, pbx, poller } = polling();
    clock.chance = chance;
    pbx.fails('list', appError('rate-limited', { retryAfterMs: 30_000 }));
    poller.start();
    await settle();
    pbx.fails('list', null);
    await pass(clock, 60_000);
    return pbx.asked.list[1];
  };
  expect(await backAt(0)).toBe(30_000);
  expect(await backAt(0.5)).toBe(40_000);
});

test('A network that is back is used within a second and a half, not by all in the same moment.', async () => {
  const { clock, pbx, pace, poller } = polling();
  poller.start();
  await pass(clock, 1_000);
  pace.disturbed();
  poller.wake();
  await pass(clock, 749);
  expect(pbx.asked.list).toEqual([0]);
  await pass(clock, 1);
  expect(pbx.asked.list).toEqual([0, 1_750]);
});

test('In a slowed office the network is used over one interval, but a ring is looked at once.', async () => {
  const { clock, pbx, pace, poller } = polling();
  pbx.fails('list', appError('rate-limited'));
  poller.start();
  await pass(clock, 60_000);
  pbx.fails('list', null);
  await pass(clock, 60_000);
  clock.chance = 0.9;
  const before = pbx.asked.list.length;
  pace.disturbed();
  poller.wake();
  await pass(clock, 5_000);
  expect(pbx.asked.list).toHaveLength(before);
  pace.announced();
  poller.pollNow();
  await settle();
  expect(pbx.asked.list).toHaveLength(before + 1);
});

test('What is given up while it waits is never sent.', async () => {
  const { clock, pbx, paced } = polling();
  for (let look = 0; look < 2; look++) await paced.listSessions();
  const request = new AbortController();
  const answer = paced.listSessions(request.signal);
  await settle();
  request.abort();
  expect((await answer).ok).toBe(false);
  await pass(clock, 60_000);
  expect(pbx.asked.list).toHaveLength(2);
  expect(clock.pending()).toEqual([]);
});

test('Where looks are a minute apart, one that is refused is made again within twenty seconds.', async () => {
  const { clock, pbx, poller } = polling(60_000);
  poller.start();
  await pass(clock, 30_000);
  pbx.fails('list', appError('rate-limited'));
  await pass(clock, 31_000);
  pbx.fails('list', null);
  await pass(clock, 200_000);
  const [, refused, again, next = 0] = pbx.asked.list;
  expect([refused, again]).toEqual([60_000, 75_000]);
  expect(next).toBeGreaterThan(75_000 + 75_000);
});
