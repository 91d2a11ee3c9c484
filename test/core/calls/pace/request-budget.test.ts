import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RequestBudget, type RequestKind } from '../../../../src/core/calls/pace/request-budget.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

const KINDS: readonly RequestKind[] = ['urgent', 'announced', 'watch', 'poll'];

/** How many requests of a kind are let through at one moment. */
function burst(budget: RequestBudget, kind: RequestKind): number {
  let sent = 0;
  while (budget.take(kind) === 0) sent += 1;
  return sent;
}

/** Asks as `take` says, for so long. Gives when each request was sent, in ms since the start. */
async function sendAll(clock: ManualClock, budget: RequestBudget, kind: RequestKind, ms: number): Promise<number[]> {
  const begin = clock.now();
  const sent: number[] = [];
  while (clock.now() - begin < ms) {
    const wait = budget.take(kind);
    if (wait === 0) sent.push(clock.now() - begin);
    else await clock.advance(wait);
  }
  return sent;
}

/** The most that fall into any one minute. */
function busiestMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));
}

test('Of twenty a minute three may come at once, what somebody waits for may borrow one more, and placing a call two.', () => {
  const budget = new RequestBudget(new ManualClock());
  expect(burst(budget, 'announced')).toBe(4);
  expect(burst(budget, 'urgent')).toBe(1);
  expect(budget.take('urgent')).toBe(4_000);
});

test('Usual looks leave one request for a ring, and what is borrowed is paid back before the next.', () => {
  const budget = new RequestBudget(new ManualClock());
  expect(burst(budget, 'poll')).toBe(2);
  expect(burst(budget, 'announced')).toBe(2);
  expect(burst(budget, 'urgent')).toBe(1);
  expect(budget.take('poll')).toBe(16_000);
  expect(budget.take('announced')).toBe(8_000);
});

test('What was sent past the budget counts, but never delays the next look at the list.', () => {
  const budget = new RequestBudget(new ManualClock());
  budget.spend();
  budget.spend();
  expect(budget.take('poll')).toBe(0);
  expect(budget.take('poll')).toBe(4_000);
  for (let request = 0; request < 100; request++) budget.spend();
  expect(budget.take('poll')).toBe(4_000);
});

test('Fifteen a minute go on for ever.', async () => {
  const clock = new ManualClock();
  const sent = await sendAll(clock, new RequestBudget(clock), 'poll', 600_000);
  expect(sent.length).toBeGreaterThanOrEqual(150);
  expect(sent.length).toBeLessThanOrEqual(153);
});

test('A look at the list is not kept waiting by a call that is watched all the time.', async () => {
  const clock = new ManualClock();
  const budget = new RequestBudget(clock);
  const looks: number[] = [];
  let dueAt = clock.now();
  for (let second = 0; second < 600; second++) {
    budget.take('watch');
    if (clock.now() >= dueAt) {
      const wait = budget.take('poll');
      if (wait === 0) looks.push(clock.now());
      dueAt = clock.now() + (wait === 0 ? 4_000 : wait);
    }
    await clock.advance(1_000);
  }
  const gaps = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(20_000);
});

test('A look that was put off and never came back keeps nobody waiting.', async () => {
  const clock = new ManualClock();
  const budget = new RequestBudget(clock);
  burst(budget, 'poll');
  await clock.advance(60_000);
  expect(burst(budget, 'watch')).toBe(2);
  expect(burst(budget, 'announced')).toBe(2);
});

test('No minute holds more than the budget, whatever is asked for and when.', () => {
  const asks = fc.array(fc.tuple(fc.constantFrom(...KINDS), fc.nat({ max: 9_000 })), { maxLength: 300 });
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 120 }), asks, (perMinute, steps) => {
      const clock = new ManualClock();
      const budget = new RequestBudget(clock, () => perMinute);
      const sent: number[] = [];
      for (const [kind, pause] of steps) {
        while (budget.take(kind) === 0) sent.push(clock.now());
        clock.sleep(pause);
      }
      expect(busiestMinute(sent)).toBeLessThanOrEqual(perMinute);
      expect(sent.length).toBeGreaterThan(steps.length === 0 ? -1 : 0);
    }),
  );
});

test('One who comes back when told to is served then, if nobody came between.', () => {
  const kinds = fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 600 }), kinds, (perMinute, wishes) => {
      const clock = new ManualClock();
      const budget = new RequestBudget(clock, () => perMinute);
      for (const kind of wishes) {
        const wait = budget.take(kind);
        clock.sleep(wait);
        if (wait > 0) expect(budget.take(kind)).toBe(0);
      }
    }),
  );
});

test('A clock that jumps costs nobody a long wait and gives nobody more than a full bucket.', () => {
  for (const jump of [-86_400_000, 86_400_000]) {
    const clock = new ManualClock();
    const budget = new RequestBudget(clock);
    burst(budget, 'urgent');
    clock.jump(jump);
    expect(budget.take('poll')).toBeLessThanOrEqual(16_000);
    expect(burst(budget, 'urgent')).toBeLessThanOrEqual(5);
  }
});

test.each([
  [0, 4],
  [-20, 4],
  [Number.NaN, 4],
  [Infinity, 600],
])('A budget of %s a minute is taken for %s.', async (perMinute, taken) => {
  const clock = new ManualClock();
  const sent = await sendAll(clock, new RequestBudget(clock, () => perMinute), 'urgent', 180_000);
  expect(busiestMinute(sent)).toBeLessThanOrEqual(taken);
  expect(busiestMinute(sent)).toBeGreaterThan(taken * 0.7);
});

test('A smaller budget holds from the next request on.', () => {
  let perMinute = 600;
  const budget = new RequestBudget(new ManualClock(), () => perMinute);
  expect(budget.take('poll')).toBe(0);
  perMinute = 4;
  expect(burst(budget, 'urgent')).toBe(2);
});
