import { expect, test } from 'vitest';
import type { PushDirection } from '../../../src/core/pbx/push/types.ts';
import type { PbxLeg } from '../../../src/core/pbx/types.ts';
import { began } from './support/push.ts';
import { CUSTOMER, leg, session } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

const TRUNK = { trunk: 'Telco' };

/** The numbers of a listed call that may not be taken for extensions. */
function external(...legs: PbxLeg[]): string[] {
  const tracking = new Tracking();
  tracking.poll(session('a', ...legs));
  return externalIn(tracking.calls[0]);
}

function externalIn(call: Tracking['calls'][number] | undefined): string[] {
  if (call === undefined) throw new Error('no call');
  return [call.caller, call.callee].flatMap((party) => (party.external === true ? [party.number] : []));
}

test.each<[string, PbxLeg[], string[]]>([
  ['a colleague who calls me', [leg('1002', '1001')], []],
  ['a caller over a trunk with the number of an extension', [leg('1002', '1001', TRUNK)], ['1002']],
  ['the same through a queue', [leg('1002', '6000', TRUNK), leg('1002', '1001')], ['1002']],
  ['a customer', [leg(CUSTOMER, '1001', TRUNK)], []],
  ['a colleague who consults me about a customer', [leg(CUSTOMER, '1002', TRUNK), leg('1002', '1001')], []],
  ['my call over a trunk to a short number', [leg('1001', '110', TRUNK)], ['110']],
  ['my call to a colleague', [leg('1001', '1002')], []],
  ["a colleague's emergency call", [leg('1002', '112', TRUNK)], ['112']],
  ["a colleague's call to a customer", [leg('1002', CUSTOMER, TRUNK)], []],
  ['a trunk between two short numbers, of which either may be outside', [leg('1002', '1003', TRUNK)], ['1002', '1003']],
])('the list shows %s', (_, legs, numbers) => {
  expect(external(...legs)).toEqual(numbers);
});

test.each<[PushDirection | null, string, string, string[]]>([
  ['internal', '1002', '1001', []],
  ['inbound', '1002', '1001', ['1002']],
  ['inbound', CUSTOMER, '1001', []],
  ['outbound', '1001', '110', ['110']],
  // Without evidence nobody is inside.
  [null, '1002', '1001', ['1002']],
  [null, CUSTOMER, '1001', []],
])('push reports a call as %s from %s to %s', (direction, from, to, numbers) => {
  const tracking = new Tracking();
  tracking.withPush();
  tracking.push(began('a', from, to, { direction }));
  expect(externalIn(tracking.calls[0])).toEqual(numbers);
});

test.each<[PushDirection, string, string[]]>([
  ['outbound', '110', ['110']],
  ['inbound', '1003', ['1002']],
  ['inbound-outbound', '110', ['1002', '110']],
  // A PBX may take the direction from the number that the caller sent.
  ['internal', '1003', ['1002']],
])('push reports as %s what the list shows over a trunk from 1002 to %s', (direction, to, numbers) => {
  const tracking = new Tracking();
  tracking.withPush();
  tracking.push(began('a', '1002', to, { direction }));
  tracking.poll(session('a', leg('1002', to, TRUNK)));
  expect(externalIn(tracking.calls[0])).toEqual(numbers);
});
