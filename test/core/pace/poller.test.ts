import { expect, test, onTestFinished } from 'vitest';
import { onBug } from '../../../src/core/report-bug.ts';
import { Poller } from '../../../src/core/pace/poller.ts';
import type { SessionList } from '../../../src/core/pbx/types.ts';
import { appError } from '../../../src/shared/errors.ts';
import type { Result } from '../../../src/shared/result.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { pass } from '../calls/support/pass.ts';
import { ScriptedPbx } from '../calls/support/scripted-pbx.ts';

interface Setting {
  clock: ManualClock;
  pbx: ScriptedPbx;
  poller: Poller<SessionList>;
  /** Arguments of each call of `onAnswer`. */
  answers: { answer: Result<SessionList>; nextIn: number | null }[];
  /** When the list was requested, in ms since the start. */
  asked: number[];
}

function setUp(intervalMs: () => number = () => 5_000, chance = 0.5): Setting {
  const clock = new ManualClock();
  clock.chance = chance;
  const pbx = new ScriptedPbx(clock);
  const answers: Setting['answers'] = [];
  const poller = new Poller<SessionList>({
    clock,
    intervalMs,
    ask: (signal) => pbx.listSessions(signal),
    onAnswer: (answer, nextAt) => answers.push({ answer, nextIn: nextAt === null ? null : nextAt - clock.now() }),
  });
  return { clock, pbx, poller, answers, asked: pbx.asked.list };
}

test('the poller sends a request at the start, then one per current interval', async () => {
  let interval = 5_000;
  const { clock, poller, asked } = setUp(() => interval);
  poller.start();
  poller.start();
  await pass(clock, 11_000);
  interval = 20_000;
  await pass(clock, 40_000);
  expect(asked).toEqual([0, 5_000, 10_000, 15_000, 35_000]);
});

test('jitter changes the interval by up to a tenth, but not below two seconds', async () => {
  for (const [chance, interval, expected] of [
    [0, 10_000, 9_000],
    [0.999, 10_000, 10_998],
    [0, 2_000, 2_000],
    [0, 10, 2_000],
    [0.5, Number.NaN, 2_000],
  ] as const) {
    const { clock, poller, asked } = setUp(() => interval, chance);
    poller.start();
    await pass(clock, 11_000);
    expect(asked[1]).toBeCloseTo(expected);
  }
});

test('while an answer is late, no other request is sent; the interval starts with the answer', async () => {
  const { clock, pbx, poller, asked } = setUp();
  pbx.holds('list');
  poller.start();
  await pass(clock, 60_000);
  expect(asked).toEqual([0]);
  pbx.holds('list', false);
  pbx.waiting('list').answer();
  await pass(clock, 5_000);
  expect(asked).toEqual([0, 65_000]);
});

test('failures double the wait up to a minute; a success restores the interval', async () => {
  const { clock, pbx, poller, answers } = setUp(() => 5_000, 0.999_999);
  pbx.fails('list', appError('pbx-failed'));
  poller.start();
  await pass(clock, 400_000);
  const waits = answers.map(({ nextIn }) => Math.round((nextIn ?? 0) / 1000));
  expect(waits.slice(0, 6)).toEqual([10, 20, 40, 60, 60, 60]);
  pbx.fails('list', null);
  await pass(clock, 60_000);
  expect(answers.at(-1)?.answer.ok).toBe(true);
  expect(answers.at(-1)?.nextIn).toBeLessThan(5_501);
});

test('jitter halves a wait at most, and never reduces an interval above the maximum by more than a tenth', async () => {
  for (const [interval, expected] of [
    [5_000, [5_000, 10_000, 20_000, 30_000]],
    [50_000, [50_000, 50_000, 50_000, 50_000]],
    // It is random even there: the desks of an office must not poll at the same time.
    [300_000, [270_000, 270_000, 270_000, 270_000]],
  ] as const) {
    const { clock, pbx, poller, answers } = setUp(() => interval, 0);
    pbx.fails('list', appError('timed-out'));
    poller.start();
    await pass(clock, 1_000_000);
    expect(answers.slice(0, 4).map(({ nextIn }) => nextIn)).toEqual(expected);
  }
});

test('Retry-After is obeyed, also by pollNow, by hasten and after sleep', async () => {
  const { clock, pbx, poller, asked } = setUp();
  pbx.fails('list', appError('rate-limited', { retryAfterMs: 120_000 }));
  poller.start();
  await settle();
  pbx.fails('list', null);
  poller.pollNow();
  poller.wake();
  poller.hasten();
  expect(poller.heldForMs).toBe(120_000);
  await pass(clock, 119_999);
  expect(asked).toEqual([0]);
  expect(poller.heldForMs).toBe(1);
  await pass(clock, 1);
  expect(asked).toEqual([0, 120_000]);
});

test('a Retry-After of a day is cut to ten minutes, and the error reports it', async () => {
  const { clock, pbx, poller, asked, answers } = setUp();
  pbx.fails('list', appError('rate-limited', { retryAfterMs: 86_400_000, detail: 'HTTP 429' }));
  poller.start();
  await pass(clock, 599_999);
  expect(asked).toEqual([0]);
  expect(answers[0]?.answer).toMatchObject({
    error: { retryAfterMs: 600_000, detail: 'HTTP 429; asked to wait 86400 s, waiting 600 s' },
  });
  await pass(clock, 1);
  expect(asked).toHaveLength(2);
});

test.each(['session-expired', 'signed-out', 'sign-in-refused'] as const)('%s stops the poller', async (code) => {
  const { clock, pbx, poller, asked, answers } = setUp();
  pbx.fails('list', appError(code));
  poller.start();
  await pass(clock, 3_600_000);
  poller.pollNow();
  poller.wake();
  await pass(clock, 3_600_000);
  expect(asked).toEqual([0]);
  expect(answers).toMatchObject([{ nextIn: null }]);
});

test('a forbidden list is retried after 30 s, 2 min, then every ten minutes; a success resets this', async () => {
  const { clock, pbx, poller, asked } = setUp();
  pbx.fails('list', appError('list-forbidden'));
  poller.start();
  await pass(clock, 1_200_000);
  expect(asked).toEqual([0, 30_000, 150_000, 750_000]);
  pbx.fails('list', null);
  await pass(clock, 155_000);
  expect(asked.slice(4)).toEqual([1_350_000, 1_355_000]);
  pbx.fails('list', appError('list-forbidden'));
  await pass(clock, 35_000);
  expect(asked.slice(6)).toEqual([1_360_000, 1_390_000]);
});

test('pollNow polls before the interval ends, but at most once a second', async () => {
  const { clock, poller, asked } = setUp();
  poller.start();
  await pass(clock, 3_000);
  for (let click = 0; click < 50; click++) {
    poller.pollNow();
    await pass(clock, 20);
  }
  await pass(clock, 4_900);
  expect(asked).toEqual([0, 3_000, 4_000]);
});

test('an urgent pollNow waits at most 250 ms, also when a normal one follows', async () => {
  const { clock, poller, asked } = setUp();
  poller.start();
  await pass(clock, 100);
  poller.pollNow({ urgent: true });
  poller.pollNow();
  await pass(clock, 200);
  expect(asked).toEqual([0, 250]);
  poller.pollNow();
  await pass(clock, 1_000);
  expect(asked).toEqual([0, 250, 1_250]);
});

test('pollNow during a request polls again after it, because its answer may be too old', async () => {
  const { clock, pbx, poller, asked } = setUp();
  pbx.holds('list');
  poller.start();
  poller.pollNow();
  poller.pollNow();
  await pass(clock, 1_500);
  pbx.holds('list', false);
  pbx.waiting('list').answer();
  await pass(clock, 100);
  expect(asked).toEqual([0, 1_500]);
  await pass(clock, 5_000);
  expect(asked).toEqual([0, 1_500, 6_500]);
});

test('after sleep the request in flight is dropped and a new one sent at once; a late answer is ignored', async () => {
  const { clock, pbx, poller, asked, answers } = setUp();
  pbx.holds('list');
  poller.start();
  const stuck = pbx.waiting('list');
  clock.sleep(8 * 3_600_000);
  pbx.holds('list', false);
  poller.wake();
  await settle();
  expect(stuck.aborted).toBe(true);
  expect(asked).toEqual([0, 8 * 3_600_000]);
  stuck.fail(appError('connection-lost'));
  await settle();
  expect(answers.map(({ answer }) => answer.ok)).toEqual([true]);
});

test('after sleep the long wait after failures ends at once', async () => {
  const { clock, pbx, poller, answers } = setUp();
  pbx.fails('list', appError('no-route'));
  poller.start();
  await pass(clock, 200_000);
  poller.wake();
  await settle();
  expect(answers.at(-1)?.nextIn).toBe(7_500);
});

test('a stopped poller calls no callbacks, and can be started again', async () => {
  const { clock, pbx, poller, asked, answers } = setUp();
  pbx.holds('list');
  poller.start();
  const inFlight = pbx.waiting('list');
  pbx.holds('list', false);
  poller.stop();
  inFlight.answer();
  await pass(clock, 60_000);
  expect(inFlight.aborted).toBe(true);
  expect(answers).toEqual([]);
  poller.start();
  await pass(clock, 5_000);
  expect(asked).toEqual([0, 60_000, 65_000]);
});

test('a request that throws counts as an error, and polling continues', async () => {
  const clock = new ManualClock();
  const codes: string[] = [];
  const poller = new Poller<SessionList>({
    clock,
    intervalMs: () => 5_000,
    ask: () => Promise.reject(new Error('broken')),
    onAnswer: (answer) => codes.push(answer.ok ? 'ok' : answer.error.code),
  });
  const bugs: string[] = [];
  onTestFinished(onBug((bug) => bugs.push(bug.message)));
  poller.start();
  await pass(clock, 8_000);
  expect(codes).toEqual(['internal', 'internal']);
  expect(bugs).toEqual(['broken', 'broken']);
});
