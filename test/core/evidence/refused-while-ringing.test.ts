import { describe, expect, test } from 'vitest';
import { openDesk, SETTLED_MS, type Release, type Source } from './support/accounts.ts';
import { MAPLE, TO_ME } from './support/evidence-desk.ts';

const LISTED: Source[] = ['the list', 'the list and push', 'the list and extension_events'];
const RELEASES: Release[] = ['22.2', '22.6'];
const CASES = LISTED.flatMap((source) => RELEASES.map((release): [Source, Release] => [source, release]));

describe.each(CASES)('the list becomes forbidden, known from %s, history of %s,', (source, release) => {
  test('just before a call rings me: the call is announced once, and missed once', async () => {
    const desk = await openDesk(source, release);
    desk.network.begin('forbidden');
    await desk.pass(200);
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(14_000);
    expect(desk.of('for-me')).toHaveLength(1);
    expect(desk.mine).toMatchObject([{ state: 'ringing' }]);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.mine).toEqual([]);
    expect(desk.missed).toEqual([MAPLE]);
  });

  test.each([100, 1_000, 7_000])(
    '%i ms after a call began to ring me: the call is shown while it rings',
    async (ms) => {
      const desk = await openDesk(source, release);
      const id = desk.calls.add({ legs: [TO_ME] });
      await desk.pass(ms);
      desk.network.begin('forbidden');
      await desk.pass(16_000);
      expect(desk.mine).toMatchObject([{ state: 'ringing' }]);
      expect(desk.of('for-me').length).toBeGreaterThan(0);
      expect(desk.notified).toHaveLength(1);
      desk.calls.end(id);
      await desk.pass(SETTLED_MS);
      expect(desk.mine).toEqual([]);
      expect(desk.notified).toEqual([]);
      expect(desk.missed).toEqual([MAPLE]);
      expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
    },
  );
});
