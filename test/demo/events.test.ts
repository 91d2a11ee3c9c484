import { expect, test } from 'vitest';
import { openSignedInDemo, type SessionView } from './support/api.ts';

/** A session as [callee, is talking] per leg; null when it is gone. */
const phones = (session: SessionView | null) =>
  session?.calls.map((leg) => [leg.callee, (leg.talking_time ?? 0) > 0]) ?? null;

test('an incoming call rings Alex for 12 s, is answered and lasts 40 s', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  const id = pbx.make('incoming');
  await clock.advance(11_999);
  expect(phones(await api.session(id))).toEqual([['1001', false]]);
  await clock.advance(1);
  expect(phones(await api.session(id))).toEqual([['1001', true]]);
  await clock.advance(39_999);
  expect(await api.session(id)).not.toBeNull();
  await clock.advance(1);
  expect(await api.session(id)).toBeNull();
  expect(await api.cdrs()).toMatchObject([{ callee: '1001', duration: 40, status_code: 0 }]);
});

test('an incoming call that is answered early talks from then on', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  const id = pbx.make('incoming');
  await clock.advance(2_000);
  pbx.answer(id);
  await clock.advance(39_999);
  expect(phones(await api.session(id))).toEqual([['1001', true]]);
  await clock.advance(1);
  expect(await api.session(id)).toBeNull();
});

test('a call for a colleague never rings Alex', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  const id = pbx.make('colleague');
  await clock.advance(4_000);
  const session = await api.session(id);
  expect(session?.calls).toMatchObject([{ talking_time: 1 }]);
  expect(session?.calls[0]?.callee).not.toBe('1001');
});

test('a transferred call gets a leg to Alex after 4 s, which replaces the colleague’s leg', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  const id = pbx.make('transferred');
  await clock.advance(3_999);
  const colleague = (await api.session(id))?.calls[0]?.callee;
  expect(colleague).not.toBe('1001');
  expect(phones(await api.session(id))).toEqual([[colleague, true]]);
  await clock.advance(1);
  expect(phones(await api.session(id))).toEqual([
    [colleague, true],
    ['1001', false],
  ]);
  await clock.advance(12_000);
  expect(phones(await api.session(id))).toEqual([['1001', true]]);
  await clock.advance(40_000);
  expect(await api.session(id)).toBeNull();
  expect(await api.cdrs()).toMatchObject([{ callee: '1001', reroute_reason: 'TRANSFER', duration: 40 }]);
});

test('the caller of a missed call gives up after 6 s', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  const id = pbx.make('missed');
  await clock.advance(5_999);
  expect(phones(await api.session(id))).toEqual([['1001', false]]);
  await clock.advance(1);
  expect(await api.session(id)).toBeNull();
  expect(await api.cdrs()).toMatchObject([{ callee: '1001', answered_at: '', end_reason: 'CANCELLED' }]);
});

test('two events at once have different callers', async () => {
  const { pbx, api } = await openSignedInDemo();
  pbx.make('incoming');
  pbx.make('incoming');
  const [first, second] = await api.sessions();
  expect(first?.calls[0]?.caller).not.toBe(second?.calls[0]?.caller);
});
