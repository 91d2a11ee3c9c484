import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUserStatus } from '../../../src/core/pbx/decode-user-status.ts';

test.each([
  [{ status: 'ONLINE', presence: 'AVAILABLE' }, 'idle'],
  [{ status: 'OFFLINE' }, 'idle'],
  [{ status: '', presence: '' }, 'idle'],
  [{ status: 'ON_CALL', presence: 'AVAILABLE' }, 'on-call'],
  [{ status: 'On Call' }, 'on-call'],
  [{ status: 'ON_ACLL' }, 'on-call'],
  [{ status: 'OTHER_CALL', presence: 'ONLINE' }, 'on-call'],
  [{ status: 'ONLINE', presence: 'RINGING' }, 'ringing'],
  [{ status: 'ON_CALL', presence: 'RINGING' }, 'ringing'],
  [{ status: 'BAKING', presence: 7 }, 'unknown'],
  [{ status: 'BAKING', presence: 'LUNCH' }, 'idle'],
  [{ status: null, presence: ['RINGING'] }, null],
  [{}, null],
  [[], null],
  ['ONLINE', null],
  [undefined, null],
])('reads the user’s status %j as %j', (body, activity) => {
  expect(decodeUserStatus(body)).toBe(activity);
});

test('does not throw for any answer', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (status, presence) => {
      expect(['idle', 'ringing', 'on-call', 'unknown', null]).toContain(decodeUserStatus({ status, presence }));
    }),
  );
});
