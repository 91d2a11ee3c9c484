import { expect, test } from 'vitest';
import { migrate, type Migration } from '../../../src/core/settings/migrations.ts';

// Examples of later steps: a key that moved, then one that changed its unit.
const STEPS: Migration[] = [
  ({ interval, ...rest }) => ({ ...rest, polling: { interval } }),
  (raw) => ({ ...raw, unit: 'seconds' }),
];

test('applies all steps in order to a file of the first version', () => {
  expect(migrate({ version: 1, interval: 5 }, STEPS)).toEqual({
    raw: { version: 1, polling: { interval: 5 }, unit: 'seconds' },
    newer: false,
    failed: false,
  });
});

test('treats a file without a version as one of the first version', () => {
  expect(migrate({ interval: 5 }, STEPS).raw).toEqual({ polling: { interval: 5 }, unit: 'seconds' });
});

test('applies only the later steps to a file of a version in between', () => {
  expect(migrate({ version: 2, interval: 5 }, STEPS).raw).toEqual({ version: 2, interval: 5, unit: 'seconds' });
});

test('does not change a file of this version', () => {
  const raw = { version: 3, interval: 5 };
  expect(migrate(raw, STEPS)).toEqual({ raw, newer: false, failed: false });
});

test('does not change a file of a later version, and reports it', () => {
  const raw = { version: 4, interval: 5 };
  expect(migrate(raw, STEPS)).toEqual({ raw, newer: true, failed: false });
});

test.each([['1'], [0], [-1], [1.5], [Number.NaN], [{}]])('reports the version %j as unreadable', (version) => {
  const raw = { version, interval: 5 };
  expect(migrate(raw, STEPS)).toEqual({ raw, newer: false, failed: true });
});

test('does not change a file if a step fails', () => {
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
])('turns the switch for links, %j, into a choice for each source', (confirmLinks, link) => {
  const { raw } = migrate({ version: 1, dialling: { confirmLinks, country: 'DE' }, other: 1 });
  expect(raw).toEqual({ version: 1, dialling: { confirm: { link }, country: 'DE' }, other: 1 });
});

test.each([[{}], [{ dialling: 5 }], [{ dialling: { country: 'DE' } }]])(
  'does not change %j, which has no switch for links',
  (raw) => {
    expect(migrate(raw).raw).toEqual(raw);
  },
);

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
])('turns the choices by source, %j, into choices by provenance', (confirm, expected) => {
  const { raw } = migrate({ version: 2, dialling: { confirm, country: 'DE' } });
  expect(raw).toEqual({ version: 2, dialling: { confirm: expected, country: 'DE' } });
});
