import { describe, expect, test } from 'vitest';
import { TRANSFERRED } from '../../pbx/staging.ts';
import { ALL_DIALECTS, dialectOf, openDesk } from './support/accounts.ts';
import { MAPLE, TO_ME, TO_PRIYA, type EvidenceDesk } from './support/evidence-desk.ts';

// The row of a call in the list, the steps of a call placed here, the entry of the history and the notifications show
// the same call, whatever the sources and the dialect of the PBX.

const STAYS = '+12015550199';
/** My own status is polled every five seconds, and so is the list. */
const POLL_S = 6;
const SETTLED_MS = 100_000;

/** When I talked, in ms since 1970 on the clock of the PBX. */
interface Talk {
  from: number;
  until: number;
}

interface Checks {
  /** Called while I talk: the row shows since when. */
  talking: () => void;
  /** Called when the call has left me: it is not shown as mine. */
  left: () => void;
}

const STORIES: Record<string, (desk: EvidenceDesk, checks: Checks) => Promise<Talk>> = {
  'a call that I answered': async (desk, { talking }) => {
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(8_000);
    desk.calls.answer(id);
    const from = desk.world.now();
    await desk.pass(33_000);
    talking();
    desk.calls.end(id);
    return { from, until: desk.world.now() };
  },
  'a call that I answered and passed on': async (desk, { talking, left }) => {
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(8_000);
    desk.calls.answer(id);
    const from = desk.world.now();
    await desk.pass(23_000);
    talking();
    desk.calls.addLeg(id, TO_PRIYA);
    await desk.pass(4_000);
    desk.calls.answer(id, '1002');
    desk.calls.dropLeg(id, '1001', TRANSFERRED);
    const until = desk.world.now();
    await desk.pass(POLL_S * 2_000 + 2_000);
    left();
    await desk.pass(20_000);
    desk.calls.end(id);
    return { from, until };
  },
  'a call that I dialled at the phone': async (desk, { talking }) => {
    const id = desk.calls.add({ legs: [{ caller: '1001', callee: STAYS, trunk: 'Hudson SIP' }] });
    await desk.pass(8_000);
    desk.calls.answer(id);
    const from = desk.world.now();
    await desk.pass(33_000);
    talking();
    desk.calls.end(id);
    return { from, until: desk.world.now() };
  },
  'a call that I placed here': async (desk, { talking }) => {
    const id = await desk.placeCall(STAYS);
    await desk.pass(2_000);
    desk.calls.answer(id, '1001');
    await desk.pass(2_000);
    desk.calls.answer(id);
    const from = desk.world.now();
    await desk.pass(33_000);
    talking();
    desk.calls.end(id);
    return { from, until: desk.world.now() };
  },
};

describe.each(Object.entries(STORIES))('%s is the same in every view', (_what, play) => {
  test.each(ALL_DIALECTS.filter(([, release]) => release === '22.6'))(
    'known from %s, history of %s, talking time %s, legs %s',
    async (source, release, time, legs) => {
      const desk = await openDesk(source, release, dialectOf([time, legs]), { sqlite: true });
      const row: { answeredAt: number | null } = { answeredAt: null };
      const { from, until } = await play(desk, {
        talking: () => {
          row.answeredAt = desk.mine[0]?.answeredAt ?? null;
        },
        // A list that keeps ended legs and has no talking times does not show that one has ended.
        left: () => {
          if (source !== 'the list' || time !== 'missing' || legs !== 'kept') expect(desk.mine).toEqual([]);
        },
      });
      await desk.pass(SETTLED_MS);
      expect(desk.desk.calls.calls).toEqual([]);
      expect([desk.missed, desk.notified]).toEqual([[], []]);
      expect(desk.desk.recents).toHaveLength(1);
      const seconds = Math.round((until - from) / 1_000);
      expect(desk.recent).toMatchObject({ outcome: 'connected' });
      expect(Math.abs((desk.recent?.seconds ?? NaN) - seconds)).toBeLessThanOrEqual(1);
      if (row.answeredAt !== null) expect(Math.abs(row.answeredAt - from)).toBeLessThanOrEqual(POLL_S * 1_000);
      if (desk.placed !== null)
        expect(Math.round((desk.placed.end?.talkedMs ?? NaN) / 1_000)).toBe(desk.recent?.seconds);
      expect(desk.recent?.number).toBe(desk.placed === null && desk.recent?.direction === 'incoming' ? MAPLE : STAYS);
    },
  );
});
