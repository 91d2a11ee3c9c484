import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextRows } from '../../../src/renderer/state/row-steps.ts';
import type { Call } from '../../../src/shared/call.ts';
import { call } from '../support/samples.ts';

const MOST = 8;
const rowsOf = (ids: readonly number[], changes: Partial<Call> = {}): Call[] =>
  ids.map((id) => call({ id: String(id), ...changes }));
const idsOf = (rows: readonly Call[]): string[] => rows.map(({ id }) => id);

function stepsFrom(shown: readonly Call[], wanted: readonly Call[]): (readonly Call[])[] {
  const steps = [shown];
  while (steps.at(-1) !== wanted && steps.length < 100) steps.push(nextRows(steps.at(-1) ?? [], wanted, MOST));
  return steps;
}

describe('rows follow their calls in steps', () => {
  const ids = fc.uniqueArray(fc.nat(60), { maxLength: 40 });

  test('each step creates and removes only some rows, and the last one has the calls as they are', () => {
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const wanted = rowsOf(after, { startedAt: 2 });
        const steps = stepsFrom(rowsOf(before, { startedAt: 1 }), wanted);
        expect(steps.at(-1)).toBe(wanted);
        for (const [index, step] of steps.slice(1).entries()) {
          const [old, now] = [idsOf(steps[index] ?? []), idsOf(step)];
          expect(new Set(now).size).toBe(now.length);
          expect(now.filter((id) => !old.includes(id)).length).toBeLessThanOrEqual(MOST);
          expect(old.filter((id) => !now.includes(id)).length).toBeLessThanOrEqual(MOST);
          expect(step.every(({ id, startedAt }) => startedAt === (after.includes(Number(id)) ? 2 : 1))).toBe(true);
        }
      }),
    );
  });

  test('a few changes are one step', () => {
    const wanted = rowsOf([1, 3, 4]);
    expect(nextRows(rowsOf([1, 2, 3]), wanted, MOST)).toBe(wanted);
  });

  test('a list that changes completely keeps its length', () => {
    const before = Array.from({ length: 20 }, (_, id) => id);
    const steps = stepsFrom(rowsOf(before), rowsOf(before.map((id) => id + 100)));
    expect(steps.map(({ length }) => length)).toEqual([20, 20, 20, 20]);
    expect(idsOf(steps[1] ?? []).slice(6, 10)).toEqual(['106', '107', '8', '9']);
  });
});
