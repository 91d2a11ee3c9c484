import { describe, expect, test } from 'vitest';
import { openDesk, SETTLED_MS, type Source } from './support/accounts.ts';
import { MAPLE, TO_ME, type EvidenceDesk } from './support/evidence-desk.ts';

const NUMBER = '+12015550199';
const PBX_TAKES_MS = 14_000;
/** The list reports a call at the next poll, which is due every five seconds. */
const KNOWN_WITHIN_MS: [Source, number][] = [
  ['the list', 6_500],
  ['the list and push', 1_500],
  ['push alone', 1_500],
];

/** Places a call on a PBX that answers the request late. */
async function openWhilePlacing(source: Source): Promise<EvidenceDesk> {
  const desk = await openDesk(source, '22.6');
  desk.rest.late.set('POST /api/sessions', PBX_TAKES_MS);
  void desk.desk.dialCommands.place(NUMBER, 'typed');
  await desk.pass(1_000);
  expect(desk.asked).toContain('POST /api/sessions');
  return desk;
}

describe.each(KNOWN_WITHIN_MS)(
  'while the PBX has not answered the request for a call, known from %s,',
  (source, ms) => {
    test('a call that rings me is announced', async () => {
      const desk = await openWhilePlacing(source);
      const id = desk.calls.add({ legs: [TO_ME] });
      expect(await desk.timeUntil(() => desk.eventsOf('for-me').includes(id), PBX_TAKES_MS)).toBeLessThan(ms);
      expect(desk.placed?.sessionId).toBeNull();
      await desk.pass(PBX_TAKES_MS + 10_000);
      expect(desk.placed?.step).toBe('connected');
      expect(desk.eventsOf('for-me')).toEqual([id]);
    });

    test('a call of a colleague is shown', async () => {
      const desk = await openWhilePlacing(source);
      const id = desk.calls.add({ legs: [{ ...TO_ME, callee: '1002' }] });
      const shown = (): boolean => desk.shown.some((one) => one.startsWith(id));
      await desk.timeUntil(shown, PBX_TAKES_MS - 1_500);
      expect(shown()).toBe(source !== 'push alone');
    });

    test('the placed call is not announced as an incoming one', async () => {
      const desk = await openWhilePlacing(source);
      await desk.pass(PBX_TAKES_MS + SETTLED_MS);
      expect(desk.of('for-me')).toEqual([]);
      expect(desk.recents.filter((one) => !one.endsWith(NUMBER))).toEqual([]);
    });

    test('a call that rings me is missed if its caller hangs up', async () => {
      const desk = await openWhilePlacing(source);
      const id = desk.calls.add({ legs: [TO_ME] });
      await desk.pass(6_000);
      desk.calls.end(id);
      await desk.pass(SETTLED_MS);
      expect(desk.missed).toEqual([MAPLE]);
    });
  },
);
