import { expect, test } from 'vitest';
import { migrate, type Migration } from '../../../src/core/settings/migrations.ts';

// How steps of later versions could look: a key that moved, then one that changed its unit.
const STEPS: Migration[] = [
  ({ interval, ...rest }) => ({ ...rest, polling: { interval } }),
  (raw) => ({ ...raw, unit: 'seconds' }),
];

test('a file of the first version goes through all steps in order', () => {
  expect(migrate({ version: 1, interval: 5 }, STEPS)).toEqual({
    raw: { version: 1, polling: { interval: 5 }, unit: 'seconds' },
    newer: false,
    failed: false,
  });
});

test('a file without a version is of the first one', () => {
  expect(migrate({ interval: 5 }, STEPS).raw).toEqual({ polling: { interval: 5 }, unit: 'seconds' });
});

test('a file of a version in between goes through the rest only', () => {
  expect(migrate({ version: 2, interval: 5 }, STEPS).raw).toEqual({ version: 2, interval: 5, unit: 'seconds' });
});

test('a file of this version stays as it is', () => {
  const raw = { version: 3, interval: 5 };
  expect(migrate(raw, STEPS)).toEqual({ raw, newer: false, failed: false });
});

test('a file of a later version stays unchanged and is reported', () => {
  const raw = { version: 4, interval: 5 };
  expect(migrate(raw, STEPS)).toEqual({ raw, newer: true, failed: false });
});

test.each([['1'], [0], [-1], [1.5], [Number.NaN], [{}]])('the version %j cannot be read', (version) => {
  const raw = { version, interval: 5 };
  expect(migrate(raw, STEPS)).toEqual({ raw, newer: false, failed: true });
});

test('a step that fails over a file leaves it as it was', () => {
  const raw = { version: 1, interval: 5 };
  const fails: Migration = () => {
    throw new TypeError('no such key');
  };
  expect(migrate(raw, [fails])).toEqual({ raw, newer: false, failed: true });
});

test.each([
  [true, 'ask'],
  [false, 'undo'],
  ['yes', 'yes'],
])('one switch for links, %j, becomes a choice for each source', (confirmLinks, link) => {
  const { raw } = migrate({ version: 1, dialling: { confirmLinks, country: 'DE' }, other: 1 });
  expect(raw).toEqual({ version: 1, dialling: { confirm: { link }, country: 'DE' }, other: 1 });
});

test.each([[{}], [{ dialling: 5 }], [{ dialling: { country: 'DE' } }]])('%j has no switch for links', (raw) => {
  expect(migrate(raw).raw).toEqual(raw);
});

test.each([
  [
    { typed: 'at-once', link: 'at-once', redial: 'undo', command: 'at-once', menu: 'undo' },
    { typed: 'at-once', link: 'undo', command: 'undo', dialled: 'at-once', favourite: 'at-once' },
  ],
  [
    { typed: 'undo', clipboard: 'undo', redial: 'ask', menu: 'ask' },
    { typed: 'undo', clipboard: 'undo', dialled: 'ask', favourite: 'ask' },
  ],
  [{ redial: 'at-once', menu: 5 }, {}],
])('what happened by source, %j, happens by who chose the number', (confirm, expected) => {
  const { raw } = migrate({ version: 2, dialling: { confirm, country: 'DE' } });
  expect(raw).toEqual({ version: 2, dialling: { confirm: expected, country: 'DE' } });
});
