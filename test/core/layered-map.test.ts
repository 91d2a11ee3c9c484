import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallOrder } from '../../src/core/calls/call-list.ts';
import { LayeredMap } from '../../src/core/layered-map.ts';
import { EMPTY_SESSION, type Session } from '../../src/core/calls/model.ts';
import { Sessions } from '../../src/core/sessions.ts';
import type { Call } from '../../src/shared/call.ts';

const KEYS = Array.from({ length: 200 }, (_, index) => `k${index}`);
const change = fc.record({ key: fc.constantFrom(...KEYS), value: fc.option(fc.integer(), { nil: null }) });
const batches = fc.array(fc.array(change, { maxLength: 90 }), { maxLength: 12 });

test('a layered map holds the entries of a Map in the same order, and its copies are independent', () => {
  fc.assert(
    fc.property(batches, (all) => {
      let layered = new LayeredMap<{ value: number }>();
      const map = new Map<string, { value: number }>();
      for (const batch of all) {
        const [before, held] = [layered, [...layered]];
        layered = layered.copy();
        for (const { key, value } of batch) {
          if (value === null) {
            expect(layered.delete(key)).toBe(map.delete(key));
            continue;
          }
          const entry = { value };
          layered.set(key, entry);
          map.set(key, entry);
        }
        expect([...before]).toEqual(held);
        expect([...layered]).toEqual([...map]);
        expect(layered.size).toBe(map.size);
        const differ = KEYS.filter((key) => before.get(key) !== layered.get(key));
        const changes = [...layered.changesSince(before)].toSorted(([a], [b]) => (a < b ? -1 : 1));
        expect(changes).toEqual(differ.toSorted().map((key) => [key, before.get(key), layered.get(key)]));
      }
    }),
  );
});

function sessionOf(id: string, value: number): Session {
  const call = { id, mine: value % 3 === 0, state: value % 2 === 0 ? 'ringing' : 'talking' } as Call;
  return { ...EMPTY_SESSION, id, sortAt: value % 5, call: value % 7 === 0 ? null : call };
}

/** Enough calls for the sorted order to be split into several blocks. */
const manyCalls = fc
  .array(fc.integer({ min: 0, max: 104 }), { minLength: 300, maxLength: 700 })
  .map((values) => values.map((value, index) => ({ key: `m${index}`, value })));

test('calls that change one by one stay in sorted order', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        batches,
        fc.tuple(manyCalls, batches).map(([many, few]) => [many, ...few]),
      ),
      (all) => {
        const order = new CallOrder();
        let sessions = new Sessions<Session>();
        for (const batch of all) {
          sessions = sessions.copy();
          for (const { key, value } of batch) {
            if (value === null) sessions.delete(key);
            else sessions.set(key, sessionOf(key, Math.abs(value)));
          }
          order.update(sessions);
          const sorted = new CallOrder();
          sorted.update(sessions);
          expect(order.list).toEqual(sorted.list);
          expect(order.list.shown).toEqual(sorted.list.shown);
        }
      },
    ),
  );
});
