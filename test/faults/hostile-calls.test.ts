import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Call } from '../../src/shared/call.ts';
import { REQUESTS } from './requests.ts';
import { InFlight } from '../support/in-flight.ts';
import { LIST, openFaultDesk, startFaultyPbx, type FaultDesk, type FaultyPbx } from './fault-desk.ts';
import { placesOf, UNREADABLE, VALUES, withValue } from './values.ts';
import { answer } from './wire.ts';

const time = z.number().min(0).max(8.64e15);
const party = z.strictObject({
  number: z.string().max(256),
  name: z.string().max(1024),
  company: z.string().max(1024).exactOptional(),
  several: z.number().int().min(2).exactOptional(),
  claimed: z.literal(true).exactOptional(),
  external: z.literal(true).exactOptional(),
});
const shownCall = z.strictObject({
  id: z.string().min(1).max(512),
  mine: z.boolean(),
  direction: z.enum(['incoming', 'outgoing', 'internal', 'unknown']),
  state: z.enum(['ringing', 'talking', 'unknown']),
  caller: party,
  callee: party,
  other: party,
  trunk: z.string().max(256),
  startedAt: time,
  answeredAt: time.nullable(),
  placedHere: z.boolean(),
}) satisfies z.ZodType<Call>;

let pbx: FaultyPbx;
let it: FaultDesk;
const inFlight = new InFlight();

beforeAll(async () => {
  pbx = await startFaultyPbx();
  it = openFaultDesk(pbx);
  await it.signIn();
});

afterAll(async () => {
  await it.desk.close();
  await pbx.close();
  inFlight.close();
});

/** Makes the desk poll the session list once, and returns the shown calls. */
async function look(list: string) {
  pbx.faulty.set(LIST, answer(201, list));
  const before = pbx.sent(LIST);
  for (let once = 0; once < 60 && pbx.sent(LIST) === before; once++) {
    it.desk.refresh();
    await it.clock.advance(2_000);
    await inFlight.quiet();
  }
  expect(pbx.sent(LIST)).toBe(before + 1);
  return it.desk.calls;
}

const session = (id: unknown) => ({
  id,
  calls: [{ caller: '+12015550123', callee: '1001', started_at: '2026-01-05T09:00:00Z', talking_time: 0 }],
});

test('the window gets calls that it can show, whatever values the list has', async () => {
  const whole = REQUESTS.list.answer;
  for (const place of placesOf(whole)) {
    for (const [what, value] of Object.entries(VALUES)) {
      const { calls, list } = await look(withValue(whole, place, value));
      const where = `${what} at "${place}"`;
      expect(z.array(shownCall).safeParse(calls).error?.issues, where).toBeUndefined();
      if (UNREADABLE.includes(what)) expect(list.status, where).toBe('stale');
    }
  }
});

test('a call with the id 0, "", 10,000 characters or a duplicate id is listed once or not at all', async () => {
  const ids = [0, '', 'x'.repeat(10_000), 'twice', 'twice', null, {}, -1, 'a number'];
  const { calls } = await look(JSON.stringify({ items: ids.map(session) }).replace('"a number"', '884757570370146304'));
  expect(calls.map(({ id }) => id).sort()).toEqual(['-1', '0', '884757570370146304', 'twice']);
});

test('treats calls that began in 1970 or 9999 as just begun', async () => {
  const items = ['1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z'].map((started_at, index) => ({
    id: started_at,
    calls: [{ caller: '1002', callee: '1003', started_at, talking_time: index }],
  }));
  const { calls } = await look(JSON.stringify({ items }));
  expect(calls).toHaveLength(2);
  for (const { startedAt } of calls) expect(Math.abs(startedAt - it.clock.now())).toBeLessThan(10_000);
});
