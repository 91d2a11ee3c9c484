import { expect, test } from 'vitest';
import { Pace, pacedDirectory, pacedPbx } from '../../../src/core/pace/pace.ts';
import { Poller } from '../../../src/core/pace/poller.ts';
import type { Pbx, SessionList } from '../../../src/core/pbx/types.ts';
import { appError } from '../../../src/shared/errors.ts';
import { ok } from '../../../src/shared/result.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { ScriptedPbx } from '../calls/support/scripted-pbx.ts';
import { pass } from '../calls/support/pass.ts';

interface Setting {
  clock: ManualClock;
  pbx: ScriptedPbx;
  pace: Pace;
  paced: Pbx;
  poller: Poller<SessionList>;
}

function setUp(wantedMs = 5_000): Setting {
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

test('requests are sent at once while there is no limit', async () => {
  const { clock, pbx, poller } = setUp();
  poller.start();
  await pass(clock, 20_000);
  expect(pbx.asked.list).toEqual([0, 5_000, 10_000, 15_000, 20_000]);
});

test('a desk that polls and watches as fast as it can stays within 20 requests a minute and can still place a call', async () => {
  const { clock, pbx, paced, poller } = setUp(2_000);
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

test('after a refusal the retry comes soon, and later polls are half as frequent', async () => {
  const { clock, pbx, poller } = setUp();
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

test('desks with the same Retry-After retry at different times', async () => {
  const backAt = async (chance: number): Promise<number | undefined> => {
    const { clock, pbx, poller } = setUp();
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

test.each([
  ['without push only costs that wait', 'none', 5_000],
  ['slows the polls down while push reports calls', 'listening', 10_000],
] as const)('a first refusal with Retry-After %s', async (_does, pushStatus, intervalMs) => {
  const { pbx, pace, poller } = setUp();
  pace.setPushStatus(pushStatus);
  pbx.fails('list', appError('rate-limited', { retryAfterMs: 30_000 }));
  poller.start();
  await settle();
  expect(pace.intervalMs(5_000)).toBe(intervalMs);
  poller.stop();
});

test('when the network returns, desks poll within 1.5 seconds, at random times', async () => {
  const { clock, pbx, pace, poller } = setUp();
  poller.start();
  await pass(clock, 1_000);
  pace.noteDisturbance();
  poller.wake();
  await pass(clock, 749);
  expect(pbx.asked.list).toEqual([0]);
  await pass(clock, 1);
  expect(pbx.asked.list).toEqual([0, 1_750]);
});

test('when the network returns in a slowed office, polls spread over one interval, but a ring is polled at once', async () => {
  const { clock, pbx, pace, poller } = setUp();
  pbx.fails('list', appError('rate-limited'));
  poller.start();
  await pass(clock, 60_000);
  pbx.fails('list', null);
  await pass(clock, 60_000);
  clock.chance = 0.9;
  const before = pbx.asked.list.length;
  pace.noteDisturbance();
  poller.wake();
  await pass(clock, 5_000);
  expect(pbx.asked.list).toHaveLength(before);
  pace.hurryNextPoll();
  poller.pollNow();
  await settle();
  expect(pbx.asked.list).toHaveLength(before + 1);
});

test('a request that is aborted while it waits is never sent', async () => {
  const { clock, pbx, paced } = setUp();
  for (let poll = 0; poll < 2; poll++) await paced.listSessions();
  const request = new AbortController();
  const answer = paced.listSessions(request.signal);
  await settle();
  request.abort();
  expect((await answer).ok).toBe(false);
  await pass(clock, 60_000);
  expect(pbx.asked.list).toHaveLength(2);
  expect(clock.pending()).toEqual([]);
});

/**
 * The longest time between two polls of the list, in ms: after `placedAfter` ms calls are placed, one every `everyMs`.
 * Each is followed and ends after `lastsMs`, because the user hangs up or the other side does.
 */
async function longestGap(
  placedAfter: number,
  { calls, everyMs, lastsMs, hangsUp }: { calls: number; everyMs: number; lastsMs: number; hangsUp: boolean },
): Promise<number> {
  const { clock, pbx, poller, paced } = setUp();
  poller.start();
  await pass(clock, 60_000 + placedAfter);
  for (let call = 0; call < calls; call++) {
    const watch = new AbortController();
    const { signal } = watch;
    const follow = async (): Promise<void> => {
      await paced.getSession('1', signal);
      if (!signal.aborted) clock.after(1_000, () => void follow());
    };
    void paced.createSession(BODY);
    poller.pollNow();
    clock.after(1_000, () => void follow());
    await pass(clock, lastsMs);
    if (hangsUp) void paced.destroySession('1');
    watch.abort();
    poller.pollNow();
    await pass(clock, everyMs - lastsMs);
  }
  await pass(clock, 60_000);
  const { list } = pbx.asked;
  return Math.max(...list.slice(1).map((at, index) => at - (list[index] ?? 0)));
}

test('a call that was hung up before it could be followed no longer delays the polls of the list', async () => {
  for (let placedAfter = 0; placedAfter < 5_000; placedAfter += 500)
    // Placing a call and hanging it up cost one poll each.
    expect(
      await longestGap(placedAfter, { calls: 2, everyMs: 8_000, lastsMs: 2_000, hangsUp: true }),
    ).toBeLessThanOrEqual(12_500);
});

test.each([6_000, 8_000, 10_000, 12_000])(
  'of calls that are placed every %i ms, only one is followed before a poll of the list that is overdue',
  async (everyMs) => {
    for (const calls of [2, 4, 6])
      for (let placedAfter = 0; placedAfter < 5_000; placedAfter += 500) {
        const gap = await longestGap(placedAfter, { calls, everyMs, lastsMs: everyMs - 500, hangsUp: false });
        expect(gap).toBeLessThanOrEqual(16_000);
      }
  },
);

test('with polls a minute apart, a refused poll is retried within 20 seconds', async () => {
  const { clock, pbx, poller } = setUp(60_000);
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

test('names are not read while a live call is polled, but after ten minutes even if the call does not end', async () => {
  const clock = new ManualClock();
  let isPolled = true;
  const pace = new Pace({ clock, isPolledForCall: () => isPolled });
  const read: number[] = [];
  const unused = (): never => {
    throw new Error('not asked');
  };
  const groups = () => Promise.resolve(ok([])).finally(() => read.push(clock.elapsed()));
  const directory = pacedDirectory({ start: unused, diff: unused, groups }, pace);

  const during = directory.groups('call_queues');
  await pass(clock, 60_000);
  expect(read).toEqual([]);
  isPolled = false;
  await pass(clock, 5_000);
  await during;
  expect(read).toHaveLength(1);

  isPolled = true;
  const again = directory.groups('call_queues');
  await pass(clock, 595_000);
  expect(read).toHaveLength(1);
  await pass(clock, 15_000);
  await again;
  expect(read).toHaveLength(2);
});
