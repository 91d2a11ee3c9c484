import { expect, test } from 'vitest';
import * as dialects from '../../pbx/dialects.ts';
import { openSignedIn } from './support/evidence-desk.ts';

const CUSTOMER = '+12015550180';

test.each([0, 900, 2_100, 3_300])(
  'without push, a placed call that ends %d ms into a poll interval has the duration from the history',
  async (more) => {
    const desk = await openSignedIn({ dialect: dialects.NO_TOPICS });
    const id = await desk.placeCall(CUSTOMER);
    await desk.pass(3_000);
    desk.calls.answer(id, '1001');
    await desk.pass(2_000);
    desk.calls.answer(id);
    await desk.pass(20_000 + more);
    desk.calls.end(id);
    await desk.pass(60_000);
    expect(desk.recent?.seconds).toBe(Math.round((20_000 + more) / 1_000));
  },
);

test.each([0, 500, 1_000, 2_500, 4_000])(
  'without push, a placed call that turns out busy %d ms into a poll interval ends as busy',
  async (more) => {
    const desk = await openSignedIn({ dialect: dialects.NO_TOPICS });
    const id = await desk.placeCall(CUSTOMER);
    await desk.pass(3_000);
    desk.calls.answer(id, '1001');
    await desk.pass(8_000 + more);
    desk.calls.end(id, { reason: 'CALLEE_DISCONNECTED', statusCode: 486 });
    await desk.pass(60_000);
    expect(desk.placed?.end?.reason).toBe('busy');
  },
);
