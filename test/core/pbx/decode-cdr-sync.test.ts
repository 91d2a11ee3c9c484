import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCdrDiff, decodeSyncToken } from '../../../src/core/pbx/decode-cdr-sync.ts';

const NINE = Date.UTC(2026, 10, 23, 9);

test('reads changes of the call history, each with its legs', () => {
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

test('keeps the token of the request if the answer has none', () => {
  expect(decodeCdrDiff({ items: [] }, 'asked')).toEqual({ token: 'asked', changes: [] });
  expect(decodeCdrDiff({ token: {}, items: null }, 'asked')?.token).toBe('asked');
});

test.each([[{}], [{ token: 'x' }], [null], ['list']])('reads no changes from %j', (body) => {
  expect(decodeCdrDiff(body, 'asked')).toBeNull();
});

test.each([
  [{ token: 'abc' }, 'abc'],
  [{ token: 12 }, '12'],
  [{ token: '' }, null],
  [{ token: 'x'.repeat(2049) }, null],
  [{ token: null }, null],
  [undefined, null],
])('reads the sync token of %j as %j', (body, token) => {
  expect(decodeSyncToken(body)).toBe(token);
});

test('does not throw for any answer', () => {
  fc.assert(
    fc.property(fc.anything(), (body) => {
      const items = { items: [body, { id: 'x', items: [body] }] };
      expect(() => [decodeSyncToken(body), decodeCdrDiff(body, 't'), decodeCdrDiff(items, 't')]).not.toThrow();
    }),
  );
});
