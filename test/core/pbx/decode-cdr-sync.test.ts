import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCdrDiff, decodeSyncToken } from '../../../src/core/pbx/decode-cdr-sync.ts';

const NINE = Date.UTC(2026, 10, 23, 9);

test('changes of the call history are read, each with its legs', () => {
  const body = {
    token: 'next',
    items: [
      {
        id: 'a',
        change_type: 'CREATED',
        items: [
          {
            caller: '+12015550123',
            caller_display_name: 'Maple & Sons',
            callee: '101',
            started_at: '2026-11-23T09:00:00Z',
            answered_at: '',
            status_code: 487,
          },
          'not a leg',
        ],
      },
      { id: 7, change_type: 'Updated', caller: '102', callee: '101' },
      { id: 'gone', change_type: 'DELETED', items: null },
      { change_type: 'CREATED' },
      null,
    ],
  };
  expect(decodeCdrDiff(body, 'asked')).toEqual({
    token: 'next',
    changes: [
      {
        id: 'a',
        change: 'created',
        legs: [
          {
            caller: '+12015550123',
            callee: '101',
            callerName: 'Maple & Sons',
            did: '',
            startedAt: NINE,
            answeredAt: null,
            endedAt: null,
            endReason: '',
            statusCode: 487,
          },
        ],
      },
      { id: '7', change: 'updated', legs: [expect.objectContaining({ caller: '102', callee: '101' })] },
      { id: 'gone', change: 'deleted', legs: [expect.objectContaining({ caller: '', callee: '' })] },
    ],
  });
});

test('an answer without a token leaves the one that was asked with in use', () => {
  expect(decodeCdrDiff({ items: [] }, 'asked')).toEqual({ token: 'asked', changes: [] });
  expect(decodeCdrDiff({ token: {}, items: null }, 'asked')?.token).toBe('asked');
});

test.each([[{}], [{ token: 'x' }], [null], ['list']])('%j holds no changes', (body) => {
  expect(decodeCdrDiff(body, 'asked')).toBeNull();
});

test.each([
  [{ token: 'abc' }, 'abc'],
  [{ token: 12 }, '12'],
  [{ token: '' }, null],
  [{ token: 'x'.repeat(2049) }, null],
  [{ token: null }, null],
  [undefined, null],
])('the sync token of %j is %j', (body, token) => {
  expect(decodeSyncToken(body)).toBe(token);
});

test('whatever the answer is, reading it does not throw', () => {
  fc.assert(
    fc.property(fc.anything(), (body) => {
      const items = { items: [body, { id: 'x', items: [body] }] };
      expect(() => [decodeSyncToken(body), decodeCdrDiff(body, 't'), decodeCdrDiff(items, 't')]).not.toThrow();
    }),
  );
});
