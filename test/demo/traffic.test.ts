import { expect, test, vi } from 'vitest';
import { openSignedInDemo, type SessionView } from './support/api.ts';

// Each test sends hundreds of real requests, which is slow on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

/** The calls of an office for a client that polls every second. */
async function watch(seconds: number, seed: number): Promise<SessionView[][]> {
  const { api, clock } = await openSignedInDemo({ traffic: true, seed });
  const seen: SessionView[][] = [];
  for (let second = 0; second < seconds; second++) {
    seen.push(await api.sessions());
    await clock.advance(1_000);
  }
  return seen;
}

const forAlex = (sessions: SessionView[]) =>
  sessions.filter((session) => session.calls.some((leg) => leg.callee === '1001'));

test('the same seed and clock give the same calls, and another seed gives others', async () => {
  const [first, again, other] = await Promise.all([watch(120, 7), watch(120, 7), watch(120, 8)]);
  expect(again).toEqual(first);
  const numbers = (views: SessionView[][]) => views.flat().map((session) => session.calls[0]?.caller);
  expect(numbers(other)).not.toEqual(numbers(first));
});

test.each([1, 2, 3])('a quarter of an hour with seed %i has the traffic of an office', async (seed) => {
  const seen = await watch(900, seed);

  const live = seen.map((sessions) => sessions.length);
  expect(Math.min(...live)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...live)).toBeLessThanOrEqual(5);
  expect(live.filter((count) => count < 2).length).toBeLessThan(10);

  const shapes = seen.map((sessions) =>
    JSON.stringify(sessions.map(({ id, calls }) => [id, calls.map((leg) => [leg.callee, leg.talking_time === 0])])),
  );
  const changes = shapes.filter((shape, second) => second > 0 && shape !== shapes[second - 1]).length;
  expect(900 / changes).toBeGreaterThan(2);
  expect(900 / changes).toBeLessThan(6);

  const firstForAlex = seen.findIndex((sessions) => forAlex(sessions).length > 0);
  expect(firstForAlex).toBeGreaterThanOrEqual(15);
  expect(firstForAlex).toBeLessThanOrEqual(25);
  const alexIds = new Set(seen.flatMap(forAlex).map((session) => session.id));
  expect(alexIds.size).toBeGreaterThanOrEqual(10);
  expect(alexIds.size).toBeLessThanOrEqual(18);
});

test('the office starts with ongoing calls', async () => {
  const { api } = await openSignedInDemo({ traffic: true });
  const sessions = await api.sessions();
  expect(sessions).toHaveLength(3);
  expect(sessions.some((session) => session.calls.some((leg) => (leg.talking_time ?? 0) > 5))).toBe(true);
});

test('the traffic has all kinds of calls and awkward people', async () => {
  const seen = (await watch(1_800, 1)).flat();
  const all = new Map(seen.map((session) => [session.id, session]));
  const legs = [...all.values()].flatMap((session) => session.calls);
  const inside = (number: string) => /^\d{4}$/.test(number);

  expect(legs.some((leg) => inside(leg.caller) && inside(leg.callee) && (leg.trunk ?? '') === '')).toBe(true);
  expect(legs.some((leg) => inside(leg.caller) && !inside(leg.callee) && leg.trunk !== '')).toBe(true);
  expect(legs.some((leg) => leg.caller === 'anonymous')).toBe(true);
  expect(legs.some((leg) => leg.caller_display_name.length > 50)).toBe(true);
  expect(legs.some((leg) => leg.caller_display_name.includes('山田'))).toBe(true);
  expect(legs.some((leg) => leg.caller_display_name.includes("'"))).toBe(true);
  expect(legs.some((leg) => leg.caller_display_name.includes('&'))).toBe(true);
  expect(legs.some((leg) => leg.caller_display_name === '')).toBe(true);

  const ringGroup = seen.find((session) => session.calls.length > 2);
  expect(ringGroup?.calls.every((leg) => leg.talking_time === 0)).toBe(true);
  const transfer = seen.find((session) => session.calls.length === 2 && (session.calls[0]?.talking_time ?? 0) > 0);
  expect(transfer?.calls[1]).toMatchObject({ caller: transfer?.calls[0]?.caller, talking_time: 0 });
});

test('a ring-group call that a colleague answers is not missed by Alex', async () => {
  const { api, clock } = await openSignedInDemo({ traffic: true, seed: 1 });
  const rangAlex = new Map<string, string>();
  const taken = new Set<string>();
  for (let second = 0; second < 1_800; second++) {
    for (const { id, calls } of await api.sessions()) {
      const start = new Date(calls[0]?.started_at ?? '').toISOString();
      // With more than two legs the whole ring group rings. With fewer, and not for 1001, a colleague has answered.
      if (calls.length > 2) rangAlex.set(id, start);
      else if (rangAlex.has(id) && calls[0]?.callee !== '1001') taken.add(start);
    }
    await clock.advance(1_000);
  }
  expect(taken.size).toBeGreaterThan(0);
  // Records have other ids than sessions, so both are compared by their start.
  const startsInRecords = (await api.cdrs()).map((cdr) => new Date(cdr['started_at'] ?? '').toISOString());
  expect(startsInRecords.length).toBeGreaterThan(10);
  expect(startsInRecords.filter((start) => taken.has(start))).toEqual([]);
});
