import { expect, test } from 'vitest';
import { evidenceFromRecord, type Evidence } from '../../../src/core/history/evidence.ts';
import { entryOf } from '../../../src/core/history/merge.ts';
import type { CdrChange, PbxCdr } from '../../../src/core/pbx/types.ts';

const OFFICE = '+12015550100';
const context = { own: { extension: '1001', numbers: [OFFICE] }, offset: 0 };

const leg = (caller: string, callee: string): PbxCdr => ({
  caller,
  callee,
  startedAt: 1_000_000,
  answeredAt: null,
  endedAt: 1_010_000,
  endReason: '',
  statusCode: 487,
});

const record = (...legs: PbxCdr[]): CdrChange => ({ id: '9', change: 'created', legs });

test("a call to the user that shows the office's number, which is also one of the user's numbers, is incoming", () => {
  expect(evidenceFromRecord(record(leg(OFFICE, '1001')), context)).toMatchObject({
    direction: 'incoming',
    number: OFFICE,
    outcome: 'missed',
  });
});

test('the record of an incoming call has the name that the caller sent, the one of an outgoing call has none', () => {
  const named = (caller: string, callee: string) => ({ ...leg(caller, callee), callerName: 'Maple & Sons\nJoinery' });
  expect(evidenceFromRecord(record(named('+12015550123', '1001')), context)?.name).toBe('Maple & Sons Joinery');
  expect(evidenceFromRecord(record(named('1001', '+12015550123')), context)?.name).toBe('');
});

test("a call placed by the user is outgoing, although the PBX first rang the user's phone with the office's number", () => {
  expect(evidenceFromRecord(record(leg(OFFICE, '1001'), leg('1001', '1002')), context)).toMatchObject({
    direction: 'outgoing',
    number: '1002',
  });
});

test("a call from the user's phone to itself, for example to voice mail, gives no evidence", () => {
  expect(evidenceFromRecord(record(leg('1001', '1001')), context)).toBeNull();
});

test('an extension that a record shows as the caller over a trunk is not known to be inside', () => {
  const outside = evidenceFromRecord(record({ ...leg('1002', '1001'), overTrunk: true }), context);
  expect(outside).toMatchObject({ number: '1002', external: true });
  expect(evidenceFromRecord(record(leg('1002', '1001')), context)).not.toHaveProperty('external');
  const live = { ...outside, id: '1', source: 'live' } as Evidence;
  const { external, ...inside } = live;
  expect(external).toBe(true);
  expect(entryOf([inside, outside ?? inside])).toMatchObject({ external: true });
  expect(entryOf([inside])).not.toHaveProperty('external');
});
