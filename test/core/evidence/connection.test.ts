import { describe, expect, test } from 'vitest';
import { NO_TOPICS } from '../../pbx/dialects.ts';
import { EvidenceDesk, MAPLE, openSignedIn, TO_ME } from './support/evidence-desk.ts';

describe('when the computer wakes up, is unlocked or changes its address, a push connection', () => {
  test('is kept without another sign-in', async () => {
    const desk = await openSignedIn();
    expect(desk.push.signIns).toBe(1);
    for (let wakes = 0; wakes < 4; wakes++) {
      desk.desk.wake();
      await desk.pass(100);
      expect(desk.desk.calls.listening.push).toBe('listening');
      await desk.pass(30_000);
    }
    expect(desk.push.signIns).toBe(1);
  });

  test.each([300, 2_200, 5_000])('announces a caller at once and by name, %i ms later', async (ms) => {
    const desk = await openSignedIn();
    desk.desk.wake();
    await desk.pass(ms);
    desk.calls.add({ legs: [TO_ME] });
    await desk.pass(1_000);
    expect(desk.mine).toMatchObject([{ other: { number: MAPLE, name: TO_ME.callerName } }]);
  });

  test('is replaced within 15 s if it is dead', async () => {
    const desk = await openSignedIn();
    desk.push.freeze();
    desk.desk.wake();
    await desk.pass(15_000);
    expect(desk.push.signIns).toBe(2);
    expect(desk.desk.calls.listening.push).toBe('listening');
  });
});

describe('without push', () => {
  const starts = (desk: Awaited<ReturnType<typeof openSignedIn>>): number[] =>
    desk.requests.filter((_at, index) => desk.asked[index] === 'GET /api/sessions');
  const longestGap = (times: number[]): number =>
    Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));

  test('attempts to connect push do not delay the polls of the list', async () => {
    const desk = new EvidenceDesk();
    desk.network.begin('no-push');
    await desk.signIn();
    await desk.pass(60_000);
    const times = starts(desk);
    expect(times[0]).toBeLessThan(Date.UTC(2026, 0, 5, 9) + 2_000);
    expect(longestGap(times)).toBeLessThanOrEqual(7_000);
  });

  test('a call is shown within seconds, also right after the sign-in', async () => {
    const desk = new EvidenceDesk();
    desk.network.begin('no-push');
    await desk.signIn();
    desk.calls.add({ legs: [TO_ME] });
    expect(await desk.timeUntil(() => desk.mine.length > 0, 20_000)).toBeLessThan(7_000);
  });

  test('the list is polled as often as before after the PBX requested a wait', async () => {
    const desk = await openSignedIn({ dialect: NO_TOPICS });
    const over = desk.network.begin('busy-until');
    await desk.pass(6_000);
    over();
    const refusedAt = starts(desk).at(-1) ?? NaN;
    await desk.pass(60_000);
    const after = starts(desk).filter((time) => time > refusedAt);
    // 20 s, and up to as much again by chance.
    expect((after[0] ?? NaN) - refusedAt).toBeLessThanOrEqual(41_000);
    expect((after[1] ?? NaN) - (after[0] ?? NaN)).toBeLessThanOrEqual(7_000);
  });
});
