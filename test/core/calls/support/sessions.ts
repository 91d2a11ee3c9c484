import type { OwnNumbers } from '../../../../src/core/numbers/own-numbers.ts';
import type { PbxCdr, PbxLeg, PbxSession } from '../../../../src/core/pbx/types.ts';
import type { DialPlan } from '../../../../src/shared/dial.ts';

/** Ada: extension 1001, her direct number and her mobile. */
export const ADA: OwnNumbers = { extension: '1001', numbers: ['+12015550199', '+491701234567'] };
export const CUSTOMER = '+12015550123';
export const NINE = Date.UTC(2026, 0, 5, 9, 0, 0);

/** A leg that began at nine and rings, unless `more` says otherwise. */
export function leg(caller: string, callee: string, more: Partial<PbxLeg> = {}): PbxLeg {
  return { caller, callerName: '', callee, trunk: '', startedAt: NINE, talkingSeconds: 0, ...more };
}

export function talking(caller: string, callee: string, seconds: number, more: Partial<PbxLeg> = {}): PbxLeg {
  return leg(caller, callee, { talkingSeconds: seconds, ...more });
}

export function session(id: string, ...legs: PbxLeg[]): PbxSession {
  return { id, legs };
}

export function cdr(more: Partial<PbxCdr>): PbxCdr {
  return {
    caller: '1001',
    callee: CUSTOMER,
    startedAt: NINE,
    answeredAt: null,
    endedAt: NINE + 10_000,
    endReason: '',
    statusCode: 0,
    ...more,
  };
}

export const PLAN: DialPlan = {
  input: CUSTOMER,
  shown: '+1 201 555 0123',
  number: CUSTOMER,
  dial: CUSTOMER,
  kind: 'public',
  e164: CUSTOMER,
  digitsAfterAnswer: null,
  rule: null,
  trunk: '',
  callerId: '',
  warnings: [],
  afterRules: null,
  provenance: 'typed',
};
