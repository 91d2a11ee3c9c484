import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nextQuietChange, quietUntil, type QuietHours } from '../../../src/core/notify/quiet-hours.ts';
import { WEEKDAYS } from '../../../src/shared/weekdays.ts';

const NIGHT: QuietHours = { on: true, from: '22:00', until: '07:00', days: [...WEEKDAYS] };
let zone: string | undefined;

beforeEach(() => {
  zone = process.env['TZ'];
  process.env['TZ'] = 'Europe/Berlin';
});
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

/** Local time, as in "2026-01-05 22:00". */
const at = (text: string): number => new Date(text.replace(' ', 'T')).getTime();
const shown = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).slice(0, 16);
const until = (quiet: QuietHours, now: string): string | null => shown(quietUntil(quiet, at(now)));
const next = (quiet: QuietHours, now: string): string | null => shown(nextQuietChange(quiet, at(now)));

// 5 January 2026 is a Monday.
test.each<[string, QuietHours, string, string | null]>([
  ['before they begin', NIGHT, '2026-01-05 21:59', null],
  ['when they begin', NIGHT, '2026-01-05 22:00', '2026-01-06 07:00'],
  ['after midnight', NIGHT, '2026-01-06 03:00', '2026-01-06 07:00'],
  ['when they end', NIGHT, '2026-01-06 07:00', null],
  ['within one day', { ...NIGHT, from: '12:00', until: '13:30' }, '2026-01-05 13:29', '2026-01-05 13:30'],
  ['off', { ...NIGHT, on: false }, '2026-01-06 03:00', null],
  ['the night that began on a chosen day', { ...NIGHT, days: ['monday'] }, '2026-01-06 03:00', '2026-01-06 07:00'],
  ['the night after it', { ...NIGHT, days: ['monday'] }, '2026-01-06 23:00', null],
  ['the night of Sunday', { ...NIGHT, days: ['sunday'] }, '2026-01-05 03:00', '2026-01-05 07:00'],
  ['equal times, a whole day', { ...NIGHT, from: '07:00', until: '07:00' }, '2026-01-05 07:00', '2026-01-06 07:00'],
  ['no day', { ...NIGHT, days: [] }, '2026-01-06 03:00', null],
])('quiet hours: %s', (_what, quiet, now, end) => {
  expect(until(quiet, now)).toBe(end);
});

describe('when the clocks change', () => {
  test('in spring the night is an hour shorter, and ends by the clock on the wall', () => {
    const now = at('2026-03-28 22:00');
    expect(until(NIGHT, '2026-03-28 22:00')).toBe('2026-03-29 07:00');
    expect((quietUntil(NIGHT, now) ?? 0) - now).toBe(8 * 3_600_000);
  });

  test('in autumn it is an hour longer', () => {
    const now = at('2026-10-24 22:00');
    expect((quietUntil(NIGHT, now) ?? 0) - now).toBe(10 * 3_600_000);
  });

  test('a time that the day skips is an hour later', () => {
    expect(until({ ...NIGHT, until: '02:30' }, '2026-03-29 01:00')).toBe('2026-03-29 03:30');
  });
});

test('quiet hours are those of the time zone of this computer', () => {
  const now = at('2026-01-05 22:30');
  process.env['TZ'] = 'America/New_York';
  expect(quietUntil(NIGHT, now)).toBeNull();
});

test.each<[string, QuietHours, string, string | null]>([
  ['the beginning today', NIGHT, '2026-01-05 12:00', '2026-01-05 22:00'],
  ['the end', NIGHT, '2026-01-05 23:00', '2026-01-06 07:00'],
  ['the beginning next week', { ...NIGHT, days: ['monday'] }, '2026-01-06 08:00', '2026-01-12 22:00'],
  ['never', { ...NIGHT, days: [] }, '2026-01-06 08:00', null],
])('the next change: %s', (_what, quiet, now, change) => {
  expect(next(quiet, now)).toBe(change);
});
