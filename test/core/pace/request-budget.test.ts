import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RequestBudget, type RequestKind } from '../../../src/core/pace/request-budget.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const KINDS: readonly RequestKind[] = [
  'placing',
  'urgent',
  'hurried',
  'record',
  'watch',
  'other',
  'poll',
  'connect',
  'background',
];

/** How many requests of a kind the budget allows at one moment. */
function burst(budget: RequestBudget, kind: RequestKind): number {
  let sent = 0;
  while (budget.take(kind) === 0) sent += 1;
  return sent;
}

/** Sends requests of a kind for `ms`, with the waits from `take`. Returns when each was sent, in ms since the start. */
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

/** Requests of one kind: the next one `everyMs` after the last, and later if `take` says so. */
class Asker {
  readonly sent: number[] = [];
  readonly kind: RequestKind;
  readonly #everyMs: number;
  #askAt: number;

  constructor(kind: RequestKind, everyMs: number, firstAt: number) {
    this.kind = kind;
    this.#everyMs = everyMs;
    this.#askAt = firstAt;
  }

  ask(budget: RequestBudget, now: number): void {
    if (now < this.#askAt) return;
    const wait = budget.take(this.kind);
    if (wait === 0) this.sent.push(now);
    this.#askAt = now + (wait === 0 ? this.#everyMs : wait);
  }
}

/** The highest number of requests within any minute. */
function busiestMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));
}

test('a budget of 20 a minute allows 3 requests at once, one more for an urgent poll, and two more for placing a call', () => {
  const budget = new RequestBudget(new ManualClock());
  expect(burst(budget, 'hurried')).toBe(4);
  expect(burst(budget, 'urgent')).toBe(1);
  expect(budget.take('urgent')).toBe(4_000);
});

test('regular polls leave one request for a ring, and debt is repaid before the next poll', () => {
  const budget = new RequestBudget(new ManualClock());
  expect(burst(budget, 'poll')).toBe(2);
  expect(burst(budget, 'hurried')).toBe(2);
  expect(burst(budget, 'urgent')).toBe(1);
  expect(budget.take('poll')).toBe(12_000);
  expect(budget.take('hurried')).toBe(8_000);
});

test('requests that did not ask the budget count, but never delay the next list poll', () => {
  const budget = new RequestBudget(new ManualClock());
  budget.countUnpaced();
  budget.countUnpaced();
  expect(budget.take('poll')).toBe(0);
  expect(budget.take('poll')).toBe(4_000);
  for (let request = 0; request < 100; request++) budget.countUnpaced();
  expect(budget.take('poll')).toBe(4_000);
});

test('connecting to push leaves enough budget for the next list poll', async () => {
  const clock = new ManualClock();
  const budget = new RequestBudget(clock);
  expect(burst(budget, 'connect')).toBe(1);
  expect(burst(budget, 'poll')).toBe(1);
  await clock.advance(4_000);
  expect(budget.take('connect')).toBe(2_000);
  expect(budget.take('poll')).toBe(0);
});

test('polls that use the whole budget do not keep push from connecting, which delays one of them by 4 s', async () => {
  const clock = new ManualClock();
  const budget = new RequestBudget(clock);
  const connected: number[] = [];
  const polls: number[] = [];
  burst(budget, 'hurried');
  let [pollAt, connectAt] = [clock.now(), clock.now()];
  const begin = clock.now();
  while (clock.now() - begin < 120_000) {
    const now = clock.now();
    if (now >= pollAt) {
      const wait = budget.take('poll');
      if (wait === 0) polls.push(now);
      pollAt = now + (wait === 0 ? 4_000 : wait);
    }
    if (now >= connectAt && connected.length === 0) {
      const wait = budget.take('connect');
      if (wait === 0) connected.push(now - begin);
      connectAt = now + wait;
    }
    await clock.advance(100);
  }
  expect(connected[0]).toBeLessThan(20_000);
  const gaps = polls.slice(1).map((at, index) => at - (polls[index] ?? 0));
  // One more request delays one poll.
  expect(Math.max(...gaps)).toBe(8_000);
});

test('a budget of 15 requests a minute can be used permanently', async () => {
  const clock = new ManualClock();
  const sent = await sendAll(clock, new RequestBudget(clock), 'poll', 600_000);
  expect(sent.length).toBeGreaterThanOrEqual(150);
  expect(sent.length).toBeLessThanOrEqual(153);
});

test.each([
  [6, 45_000],
  [10, 24_000],
  [20, 8_000],
])(
  'of %s requests a minute a call that is watched all the time leaves a list poll every %s ms',
  (perMinute, maxGap) => {
    const clock = new ManualClock();
    const budget = new RequestBudget(clock, () => perMinute);
    const [watch, poll] = [new Asker('watch', 1_000, clock.now()), new Asker('poll', 4_000, clock.now())];
    expect(budget.take('urgent')).toBe(0);
    for (let step = 0; step < 2_400; step++) {
      watch.ask(budget, clock.now());
      poll.ask(budget, clock.now());
      clock.sleep(250);
    }
    const gaps = poll.sent.slice(1).map((at, index) => at - (poll.sent[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(maxGap);
    expect(watch.sent.length).toBeGreaterThan(poll.sent.length / 2);
  },
);

test('while a call is watched and push cannot be reached, the list is still polled every 8 s', () => {
  const clock = new ManualClock();
  const budget = new RequestBudget(clock);
  const poll = new Asker('poll', 4_000, clock.now());
  const others = [new Asker('watch', 1_000, clock.now()), new Asker('connect', 5_000, clock.now())];
  expect(budget.take('urgent')).toBe(0);
  for (let step = 0; step < 2_400; step++) {
    for (const one of [...others, poll]) one.ask(budget, clock.now());
    clock.sleep(250);
  }
  const gaps = poll.sent.slice(1).map((at, index) => at - (poll.sent[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(8_500);
  for (const { sent } of others) expect(sent.length).toBeGreaterThan(15);
});

test.each([4_000, 8_000, 15_000])(
  'a history entry that is requested every %i ms is never sent before an overdue list poll',
  (everyMs) => {
    const clock = new ManualClock();
    const budget = new RequestBudget(clock);
    const poll = new Asker('poll', 5_000, clock.now());
    const others = [new Asker('record', everyMs, clock.now()), new Asker('watch', 1_000, clock.now())];
    for (let step = 0; step < 2_400; step++) {
      for (const one of [...others, poll]) one.ask(budget, clock.now());
      clock.sleep(250);
    }
    const gaps = poll.sent.slice(1).map((at, index) => at - (poll.sent[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(50);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(10_000);
  },
);

/** The desk polls, and places a call after two minutes and `later` ms. Returns the ms until the call is read. */
function followedAfter(perMinute: number, later: number, others: RequestKind[]): number {
  const clock = new ManualClock();
  const budget = new RequestBudget(clock, () => perMinute);
  const placedAt = clock.now() + 120_000 + later;
  const poll = new Asker('poll', 4_000, clock.now());
  const follow = new Asker('watch', 1_000, placedAt + 1_000);
  const rest = others.map((kind) => new Asker(kind, 4_000, placedAt - 8_000));
  while (follow.sent.length === 0) {
    const now = clock.now();
    if (now < placedAt) poll.ask(budget, now);
    else if (now === placedAt) expect(budget.take('placing')).toBe(0);
    else for (const one of rest) one.ask(budget, now);
    follow.ask(budget, now);
    clock.sleep(250);
  }
  return (follow.sent[0] ?? NaN) - placedAt;
}

test.each([6, 7, 8, 9, 10, 12, 20])(
  'with %s requests a minute a call that was just placed is followed as soon as if nothing else was requested',
  (perMinute) => {
    for (let later = 0; later < 20_000; later += 1_250) {
      const alone = followedAfter(perMinute, later, []);
      expect(followedAfter(perMinute, later, ['poll', 'connect', 'other', 'background'])).toBe(alone);
    }
  },
);

test('after a hang-up, a list poll that has waited is sent before the call is read again', async () => {
  const clock = new ManualClock();
  const budget = new RequestBudget(clock);
  burst(budget, 'hurried');
  await clock.advance(2_000);
  expect(budget.take('poll')).toBeGreaterThan(0);
  await clock.advance(4_000);
  expect(budget.take('urgent')).toBe(0);
  const sent: string[] = [];
  for (let waited = 0; sent.length < 2 && waited < 20_000; waited += 250) {
    for (const kind of ['watch', 'poll'] as const) if (!sent.includes(kind) && budget.take(kind) === 0) sent.push(kind);
    await clock.advance(250);
  }
  expect(sent).toEqual(['poll', 'watch']);
});

test('a delayed poll that never asks again delays no other request', async () => {
  const clock = new ManualClock();
  const budget = new RequestBudget(clock);
  burst(budget, 'poll');
  await clock.advance(60_000);
  expect(burst(budget, 'watch')).toBe(2);
  expect(burst(budget, 'hurried')).toBe(2);
});

test('no minute has more requests than the budget, in any sequence', () => {
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

test('a request that asks again after its wait is allowed, if no other came in between', () => {
  // After an urgent request, the others leave enough for reading the call.
  const others = KINDS.filter((kind) => kind !== 'urgent' && kind !== 'placing');
  const kinds = fc.array(fc.constantFrom(...others), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 600 }), kinds, (perMinute, requests) => {
      const clock = new ManualClock();
      const budget = new RequestBudget(clock, () => perMinute);
      for (const kind of requests) {
        const wait = budget.take(kind);
        clock.sleep(wait);
        if (wait > 0) expect(budget.take(kind)).toBe(0);
      }
    }),
  );
});

test('a clock that jumps causes no long wait and gives at most a full bucket', () => {
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
])('treats a budget of %s a minute as %s', async (perMinute, taken) => {
  const clock = new ManualClock();
  const sent = await sendAll(clock, new RequestBudget(clock, () => perMinute), 'urgent', 180_000);
  expect(busiestMinute(sent)).toBeLessThanOrEqual(taken);
  expect(busiestMinute(sent)).toBeGreaterThan(taken * 0.7);
});

test('a smaller budget applies from the next request on', () => {
  let perMinute = 600;
  const budget = new RequestBudget(new ManualClock(), () => perMinute);
  expect(budget.take('poll')).toBe(0);
  perMinute = 4;
  expect(burst(budget, 'urgent')).toBe(2);
});
