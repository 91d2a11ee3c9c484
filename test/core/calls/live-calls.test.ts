import { expect, test } from 'vitest';
import type { Call, LinkState } from '../../../src/shared/call.ts';
import { appError } from '../../../src/shared/errors.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { pass } from './support/pass.ts';
import { ScriptedPbx } from './support/scripted-pbx.ts';
import { watching } from './support/live.ts';
import { CUSTOMER, leg, NINE, PLAN, session, talking } from './support/sessions.ts';

function monitoring() {
  const clock = new ManualClock(NINE);
  const pbx = new ScriptedPbx(clock);
  const shown: { calls: Call[]; link: LinkState }[] = [];
  /** What was told, in order: "shown" for each onChange. */
  const told: string[] = [];
  const { live, store } = watching(
    { clock, pbx },
    {
      onChange: (calls, link) => {
        shown.push({ calls, link });
        told.push('shown');
      },
      onEvents: (events) => told.push(...events.map((event) => `${event.type} ${event.call.id}`)),
      onStopped: (error) => told.push(error.code),
    },
  );
  /** A request to place a call to the customer is about to leave. */
  const placing = () => {
    const release = live.placing();
    store.apply({ type: 'placing', key: 'k', plan: PLAN, name: '', phone: '1001' });
    return (fact: 'accepted' | 'unanswered', sessionId = '') => {
      const error = appError('timed-out');
      store.apply(fact === 'accepted' ? { type: fact, key: 'k', sessionId } : { type: fact, key: 'k', error });
      release();
    };
  };
  return { clock, pbx, live, store, placing, shown, told };
}

test('It starts, is live, and tells of a call after it has shown it.', async () => {
  const { clock, pbx, live, shown, told } = monitoring();
  live.start();
  await settle();
  expect(shown.map(({ link }) => link)).toEqual([{ status: 'starting' }, { status: 'live', at: NINE }]);
  pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  await pass(clock, 5_000);
  expect(told).toEqual(['shown', 'shown', 'shown', 'appeared a', 'for-me a']);
  expect(shown.at(-1)).toMatchObject({ calls: [{ id: 'a' }], link: { status: 'live', at: NINE + 5_000 } });
});

test('A look that finds nothing new shows nothing, though the link knows its time.', async () => {
  const { clock, pbx, live, shown } = monitoring();
  pbx.sessions = [session('a', talking('1002', '1003', 5))];
  live.start();
  await settle();
  const before = shown.length;
  for (const seconds of [10, 15]) {
    pbx.sessions = [session('a', talking('1002', '1003', seconds))];
    await pass(clock, 5_000);
  }
  expect(shown).toHaveLength(before);
  expect(live.link).toEqual({ status: 'live', at: NINE + 10_000 });
});

test('When the PBX fails the calls stay as last seen, with since when and when it is tried again.', async () => {
  const { clock, pbx, live, shown, told } = monitoring();
  pbx.sessions = [session('a', talking('1002', '1003', 5))];
  live.start();
  await settle();
  pbx.fails('list', appError('pbx-failed'));
  await pass(clock, 5_000);
  expect(shown.at(-1)).toMatchObject({
    calls: [{ id: 'a' }],
    link: { status: 'stale', since: NINE, retryAt: NINE + 12_500, error: { code: 'pbx-failed' } },
  });
  await pass(clock, 7_500);
  expect(shown.at(-1)?.link).toMatchObject({ status: 'stale', since: NINE, retryAt: NINE + 27_500 });
  pbx.fails('list', null);
  pbx.sessions = [];
  await pass(clock, 15_000);
  expect(shown.at(-1)).toEqual({ calls: [], link: { status: 'live', at: NINE + 27_500 } });
  expect(told.at(-1)).toBe('ended a');
});

test('A PBX that was never reached has no "since".', async () => {
  const { pbx, live, shown } = monitoring();
  pbx.fails('list', appError('no-route'));
  live.start();
  await settle();
  expect(shown.at(-1)?.link).toMatchObject({ status: 'stale', since: null });
});

test('A list that becomes forbidden is empty; when it is allowed again what it shows is no news.', async () => {
  const { clock, pbx, live, shown, told } = monitoring();
  pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  live.start();
  await settle();
  pbx.fails('list', appError('list-forbidden'));
  await pass(clock, 5_000);
  expect(shown.at(-1)).toMatchObject({ calls: [], link: { status: 'forbidden', error: { code: 'list-forbidden' } } });
  const before = shown.length;
  await pass(clock, 600_000);
  expect(shown).toHaveLength(before);
  pbx.fails('list', null);
  await pass(clock, 600_000);
  expect(shown.at(-1)).toMatchObject({ calls: [{ id: 'a' }], link: { status: 'live' } });
  // It rang, and nobody will tell when it stops: what announces it goes.
  expect(told.filter((word) => word !== 'shown')).toEqual(['moved a']);
});

test('When the sign-in ends it stops, keeps the calls as last seen, and says why.', async () => {
  const { clock, pbx, live, shown, told } = monitoring();
  pbx.sessions = [session('a', talking('1002', '1003', 5))];
  live.start();
  await settle();
  pbx.fails('list', appError('session-expired'));
  await pass(clock, 600_000);
  expect(shown.at(-1)).toMatchObject({ calls: [{ id: 'a' }], link: { status: 'off' } });
  expect(told.at(-1)).toBe('session-expired');
  expect(pbx.asked.list).toEqual([0, 5_000]);
});

test('Started again it lists without announcing.', async () => {
  const { pbx, live, told } = monitoring();
  live.start();
  await settle();
  live.stop();
  pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  live.start();
  await settle();
  expect(live.calls).toHaveLength(1);
  expect(told.filter((word) => word !== 'shown')).toEqual([]);
});

test('Once stopped it is silent.', async () => {
  const { clock, pbx, live, told } = monitoring();
  live.start();
  await settle();
  live.stop();
  const before = told.length;
  pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  live.pollNow();
  live.wake();
  await pass(clock, 60_000);
  expect(told).toHaveLength(before);
  expect(live.link).toEqual({ status: 'off' });
});

test('While a call is being placed nothing is looked at; then at once, and the call is known as placed here.', async () => {
  const { clock, pbx, live, placing, told } = monitoring();
  live.start();
  await pass(clock, 4_000);
  const answered = placing();
  await pass(clock, 10_000);
  expect(pbx.asked.list).toEqual([0]);
  pbx.sessions = [session('p', leg('operator', '1001'))];
  answered('accepted', 'p');
  await settle();
  expect(pbx.asked.list).toEqual([0, 14_000]);
  expect(live.calls).toMatchObject([{ placedHere: true, other: { number: CUSTOMER } }]);
  expect(told.filter((word) => word !== 'shown')).toEqual(['appeared p']);
});

test('A request without an answer whose call shows up later is known as placed here.', async () => {
  const { clock, pbx, live, store, placing, told } = monitoring();
  live.start();
  await pass(clock, 4_000);
  placing()('unanswered');
  await pass(clock, 60_000);
  expect(store.model.placings.get('k')?.call).toMatchObject({ sessionId: null, step: 'ended' });
  pbx.sessions = [session('p', leg(CUSTOMER, '1001'))];
  await pass(clock, 20_000);
  expect(store.model.placings.get('k')?.call).toMatchObject({
    sessionId: 'p',
    step: 'phone-ringing',
    phoneRings: true,
  });
  expect(told.filter((word) => word !== 'shown')).toEqual(['appeared p']);
});

test('Two minutes after such a request a call from that number is a call from that number.', async () => {
  const { clock, pbx, live, store, placing, told } = monitoring();
  live.start();
  await settle();
  placing()('unanswered');
  await pass(clock, 121_000);
  pbx.sessions = [session('q', leg(CUSTOMER, '1001'))];
  await pass(clock, 5_000);
  expect(store.model.placings.get('k')?.call.sessionId).toBeNull();
  expect(told.filter((word) => word !== 'shown')).toEqual(['appeared q', 'for-me q']);
});

test('Where the list is forbidden, placing a call does not ask for it again.', async () => {
  const { clock, pbx, live, placing } = monitoring();
  pbx.fails('list', appError('list-forbidden'));
  live.start();
  await pass(clock, 10_000);
  placing()('accepted', 'p');
  await pass(clock, 10_000);
  expect(pbx.asked.list).toEqual([0]);
});
