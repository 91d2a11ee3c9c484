import { describe, expect, test } from 'vitest';
import { TALKING_ROUNDED_DOWN, TALKING_SINCE_START } from '../../pbx/dialects.ts';
import { openDesk, SETTLED_MS, type Source } from './support/accounts.ts';
import { MAPLE, TO_ME } from './support/evidence-desk.ts';

describe.each<Source>(['the list and push', 'push alone', 'my own status and the history'])(
  'known from %s, an answered call has the duration of its record',
  (source) => {
    test.each([
      ['if talking_time counts as in the demo office', {}],
      ['if talking_time is rounded down', TALKING_ROUNDED_DOWN],
      ['if talking_time counts from the start of the session', TALKING_SINCE_START],
    ])('%s', async (_how, dialect) => {
      const desk = await openDesk(source, '22.6', dialect);
      const id = desk.calls.add({ legs: [TO_ME] });
      await desk.pass(8_000);
      desk.calls.answer(id);
      await desk.pass(33_000);
      desk.calls.end(id);
      await desk.pass(SETTLED_MS);
      expect(desk.recents).toEqual([`incoming connected ${MAPLE}`]);
      expect(Math.abs((desk.recent?.seconds ?? NaN) - 33)).toBeLessThanOrEqual(1);
    });
  },
);
