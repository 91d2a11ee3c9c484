import { expect, test } from 'vitest';
import { readLegs, type Leg } from '../../../src/core/calls/legs.ts';
import { readSession, type SessionReading } from '../../../src/core/calls/read-session.ts';
import type { PbxLeg } from '../../../src/core/pbx/types.ts';
import { ADA, CUSTOMER, leg, NINE, talking } from './support/sessions.ts';

function read(legs: PbxLeg[], before: string | null = null): SessionReading {
  const [first, ...rest] = readLegs(legs);
  if (first === undefined) throw new Error('no legs');
  const all: [Leg, ...Leg[]] = [first, ...rest];
  return readSession(all, ADA, before);
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
  ['A trunk between two short numbers does not tell who is outside', leg('110', '1002', TRUNK), 'unknown'],
  ['A leg without numbers tells nothing', leg('', ''), 'unknown'],
])('%s.', (_, only, direction) => {
  expect(read([only]).seen.direction).toBe(direction);
});

test('The other party is the caller of my incoming and of colleagues, the callee of my outgoing calls.', () => {
  expect(read([leg(CUSTOMER, '1001')]).seen.other.number).toBe(CUSTOMER);
  expect(read([leg('1001', CUSTOMER)]).seen.other.number).toBe(CUSTOMER);
  expect(read([leg('1002', '1003')]).seen.other.number).toBe('1002');
});

test('The state is read from the talking time, and a PBX that leaves it out is not interpreted.', () => {
  expect(read([leg(CUSTOMER, '1001')]).seen.state).toBe('ringing');
  expect(read([talking(CUSTOMER, '1001', 1)]).seen.state).toBe('talking');
  expect(read([leg(CUSTOMER, '1001', { talkingSeconds: null })]).seen.state).toBe('unknown');
  expect(read([leg(CUSTOMER, '1001', { talkingSeconds: -3 })]).seen.state).toBe('unknown');
  expect(read([leg(CUSTOMER, '1001', { talkingSeconds: Number.NaN })]).seen.state).toBe('unknown');
});

test('A caller in the queue who now rings me is ringing, for me, and the trunk of the first leg is that of the call.', () => {
  const { seen, toMe } = read([talking(CUSTOMER, '8000', 40, TRUNK), leg(CUSTOMER, '1001')]);
  expect(seen).toMatchObject({ mine: true, state: 'ringing', direction: 'incoming', trunk: 'Telco' });
  expect(seen.callee.number).toBe('1001');
  expect(toMe).toBe('ringing');
});

test('Of a colleague’s legs the one that was answered last speaks for the call.', () => {
  const { seen } = read([talking(CUSTOMER, '8000', 40), talking(CUSTOMER, '1003', 5), leg(CUSTOMER, '1004')]);
  expect(seen.callee.number).toBe('1003');
});

test('Legs that are equal do not take turns: the one that spoke for the call goes on.', () => {
  const ringing = [leg(CUSTOMER, '1003'), leg(CUSTOMER, '1004')];
  const key = read([leg(CUSTOMER, '1004')]).legKey;
  expect(read(ringing, key).seen.callee.number).toBe('1004');
  expect(read([talking(CUSTOMER, '1003', 5), talking(CUSTOMER, '1004', 6)], key).seen.callee.number).toBe('1004');
});

test('The order of legs does not matter.', () => {
  const legs = [
    leg(CUSTOMER, '1003'),
    leg(CUSTOMER, '1002', { startedAt: NINE + 1 }),
    talking('1004', '8000', 9, TRUNK),
  ];
  expect(read(legs.toReversed())).toEqual(read(legs));
});

test('Two devices of one phone are one leg, which talks when one of them does.', () => {
  const legs = readLegs([leg(CUSTOMER, '1001'), talking('sip:+12015550123@telco', '1001', 7)]);
  expect(legs).toHaveLength(1);
  expect(legs[0]?.talking).toBe(7);
});

test('Endless names and numbers are cut, also in the middle of a character.', () => {
  const { seen } = read([leg('9'.repeat(5000), '1001', { callerName: '😀'.repeat(2000) })]);
  expect(seen.caller.number).toHaveLength(256);
  expect(seen.caller.name).toHaveLength(1024);
  expect(read([leg('1', '2', { callerName: `a${'😀'.repeat(2000)}` })]).seen.caller.name.isWellFormed()).toBe(true);
});
