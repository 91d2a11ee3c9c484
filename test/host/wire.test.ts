import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pack, unpack } from './wire.ts';

test('any value arrives as structuredClone would copy it', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
  });
  fc.assert(
    fc.property(anything, (value) => {
      expect(unpack(pack(value))).toEqual(structuredClone(value));
    }),
  );
});

test('a key named __proto__ stays a key and changes no prototype', () => {
  const hostile: unknown = JSON.parse('{"__proto__": {"admin": true}}');
  const back = unpack(pack(hostile));
  expect(Object.keys(back as object)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
});

test('shared objects stay shared', () => {
  const shared = { name: 'Ann' };
  const back = unpack(pack([shared, shared])) as unknown[];
  expect(back[0]).toBe(back[1]);
});

test.each([[() => 1], [Symbol('x')], [Promise.resolve()], [{ deep: [() => 1] }], [new WeakMap()]])(
  '%o cannot be cloned',
  (value) => {
    expect(() => pack(value)).toThrow('An object could not be cloned.');
  },
);
