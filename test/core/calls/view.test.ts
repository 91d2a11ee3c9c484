import { expect, test } from 'vitest';
import { Draft } from '../../../src/core/calls/draft.ts';
import { listedLegs, newLeg } from '../../../src/core/calls/legs.ts';
import { EMPTY_MODEL, EMPTY_SESSION } from '../../../src/core/calls/model.ts';
import { deriveView } from '../../../src/core/calls/view.ts';
import { OwnPhones } from '../../../src/core/numbers/own-numbers.ts';
import type { PbxLeg } from '../../../src/core/pbx/types.ts';
import type { Call } from '../../../src/shared/call.ts';
import { ADA, CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

/** The call that is shown of a session with these legs, twenty minutes after it began. */
function read(legs: PbxLeg[]): Call {
  const desk = new Tracking().after(1_200);
  desk.poll(session('a', ...legs));
  const [call] = desk.calls;
  if (call === undefined) throw new Error('no call');
  return call;
}

const TRUNK = { trunk: 'Telco' };

test.each<[string, PbxLeg, string]>([
  ['A customer who rings my phone is incoming', leg(CUSTOMER, '1001', TRUNK), 'incoming'],
  ['A colleague who rings my phone is incoming too', leg('1002', '1001'), 'incoming'],
  ['A call to my direct number is incoming', leg(CUSTOMER, '0012015550199', TRUNK), 'incoming'],
  ['My call to a customer is outgoing', leg('1001', CUSTOMER, TRUNK), 'outgoing'],
  ['My call to a colleague is outgoing', leg('1001', '1002'), 'outgoing'],
  ['My mobile calling my desk is incoming', leg('+491701234567', '1001', TRUNK), 'incoming'],
  ['My phone calling itself is my own doing', leg('1001', '1001'), 'outgoing'],
  ['Two colleagues are internal', leg('1002', '1003'), 'internal'],
  ['A colleague and a feature code are internal', leg('1002', '*68'), 'internal'],
  ['A customer who calls a colleague is incoming for the company', leg(CUSTOMER, '1002', TRUNK), 'incoming'],
  ['A colleague who calls a customer is outgoing for the company', leg('1002', CUSTOMER, TRUNK), 'outgoing'],
  ['So it is when the PBX leaves the trunk out', leg('1002', CUSTOMER), 'outgoing'],
  ['A hidden number on a trunk is incoming', leg('anonymous', '1002', TRUNK), 'incoming'],
  ['A hidden number without a trunk could be anybody', leg('', '1002'), 'unknown'],
  ['Two outside numbers could be anything', leg(CUSTOMER, '+442079460000', TRUNK), 'unknown'],
  ['A trunk between two short numbers does not show who is outside', leg('110', '1002', TRUNK), 'unknown'],
  ['A leg without numbers shows no direction', leg('', ''), 'unknown'],
])('%s.', (_, only, direction) => {
  expect(read([only]).direction).toBe(direction);
});

test('shows the caller as the other party of incoming and colleagues’ calls, the callee of my outgoing ones', () => {
  expect(read([leg(CUSTOMER, '1001')]).other.number).toBe(CUSTOMER);
  expect(read([leg('1001', CUSTOMER)]).other.number).toBe(CUSTOMER);
  expect(read([leg('1002', '1003')]).other.number).toBe('1002');
});

test('reads the state from the talking time, and claims none without it', () => {
  expect(read([leg(CUSTOMER, '1001')]).state).toBe('ringing');
  expect(read([talking(CUSTOMER, '1001', 1)]).state).toBe('talking');
  expect(read([leg(CUSTOMER, '1001', { talkingSeconds: null })]).state).toBe('unknown');
  expect(read([leg(CUSTOMER, '1001', { talkingSeconds: -3 })]).state).toBe('unknown');
  expect(read([leg(CUSTOMER, '1001', { talkingSeconds: Number.NaN })]).state).toBe('unknown');
});

test('shows a queue’s caller who rings me as ringing for me, with the trunk of the first leg', () => {
  const seen = read([talking(CUSTOMER, '8000', 40, TRUNK), leg(CUSTOMER, '1001')]);
  expect(seen).toMatchObject({ mine: true, state: 'ringing', direction: 'incoming', trunk: 'Telco' });
  expect(seen.callee.number).toBe('1001');
});

test('shows a colleague’s call by the leg that was answered last', () => {
  const seen = read([talking(CUSTOMER, '8000', 40), talking(CUSTOMER, '1003', 5), leg(CUSTOMER, '1004')]);
  expect(seen.callee.number).toBe('1003');
});

test('shows a leg that talks before one that rings if no answer has a known time', () => {
  const own = new OwnPhones(ADA);
  const talks = (callee: string) => ({ ...newLeg(own, CUSTOMER, callee), state: 'talking' as const });
  const legs = [newLeg(own, CUSTOMER, '1004'), talks('1003'), talks('1005')];
  const input = { own: ADA, now: 1_000_000, wall: NINE, placeholderDelayMs: 0, historyPolled: false };
  const { context } = new Draft(EMPTY_MODEL, input);
  const { call } = deriveView({ ...EMPTY_SESSION, id: 'a', legs, hasBegun: true }, { ...context, onlyMine: false });
  expect(call).toMatchObject({ state: 'talking', callee: { number: '1003' } });
});

test('keeps showing the same leg among equal ones', () => {
  const desk = new Tracking().after(1_200);
  desk.poll(session('a', leg(CUSTOMER, '1004')));
  desk.after(5).poll(session('a', leg(CUSTOMER, '1003'), leg(CUSTOMER, '1004')));
  expect(desk.calls[0]?.callee.number).toBe('1004');
  desk.after(5).poll(session('a', talking(CUSTOMER, '1003', 5), talking(CUSTOMER, '1004', 6)));
  expect(desk.calls[0]?.callee.number).toBe('1004');
});

test('says through which queue or menu a call of mine came, also once I talk, and nothing where it came directly', () => {
  const desk = new Tracking().after(1_200);
  desk.poll(session('a', talking(CUSTOMER, '8000', 40)));
  expect(desk.calls[0]?.via).toBeUndefined();
  desk.after(5).poll(session('a', talking(CUSTOMER, '8000', 45), leg(CUSTOMER, '1001')));
  expect(desk.calls[0]?.via).toBe('8000');
  desk.after(5).poll(session('a', talking(CUSTOMER, '8000', 50), talking(CUSTOMER, '1001', 2)));
  expect(desk.calls[0]).toMatchObject({ state: 'talking', via: '8000' });
  desk.after(5).poll(session('a', talking(CUSTOMER, '8000', 55), talking(CUSTOMER, '1002', 2)));
  expect(desk.calls[0]?.via).toBeUndefined();
  expect(read([leg(CUSTOMER, '1001')]).via).toBeUndefined();
});

test('does not show the trunk of another guest of a conference', () => {
  const call = read([talking('1001', '7000', 60), talking(CUSTOMER, '7000', 90, { trunk: 'Acme' })]);
  expect(call).toMatchObject({ mine: true, trunk: '' });
});

test('shows the same call whatever the order of its legs', () => {
  const legs = [
    leg(CUSTOMER, '1003'),
    leg(CUSTOMER, '1002', { startedAt: NINE + 1 }),
    talking('1004', '8000', 9, TRUNK),
  ];
  expect(read(legs.toReversed())).toEqual(read(legs));
});

test('shows two devices of one phone as one leg, which talks when one of them does', () => {
  const both = [leg(CUSTOMER, '1001'), talking('sip:+12015550123@telco', '1001', 7)];
  const legs = listedLegs(both, new OwnPhones(ADA));
  expect(legs).toHaveLength(1);
  expect(legs[0]?.talking).toBe(7);
});

test('cuts very long names and numbers, also in the middle of a character', () => {
  const seen = read([leg('9'.repeat(5000), '1001', { callerName: '😀'.repeat(2000) })]);
  expect(seen.caller.number).toHaveLength(256);
  expect(seen.caller.name).toHaveLength(1024);
  expect(read([leg('1', '2', { callerName: `a${'😀'.repeat(2000)}` })]).caller.name.isWellFormed()).toBe(true);
});
