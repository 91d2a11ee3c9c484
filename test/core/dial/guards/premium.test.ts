import google from 'google-libphonenumber';
import { getCountries } from 'libphonenumber-js/max';
import { describe, expect, test, vi } from 'vitest';
import { guardsFor } from '../../../../src/core/dial/guards/guards.ts';
import { readDial } from '../../../../src/core/dial/read-dial.ts';
import { nationalForm } from '../../../../src/core/dial/rules/national-form.ts';
import { PREMIUM_SAMPLES } from '../../../../src/core/dial/rules/sample-numbers.ts';
import { DEFAULT_SETTINGS } from '../../../../src/core/settings/defaults.ts';
import { dialRules } from '../rules/support.ts';

// Every number is looked up in all numbering plans.
vi.setConfig({ testTimeout: 60_000 });

const numbers = google.PhoneNumberUtil.getInstance();

/** The example of a kind of number that libphonenumber gives for a country, in E.164; null where it has none. */
function example(country: string, type: keyof typeof google.PhoneNumberType): string | null {
  const number = numbers.getExampleNumberForType(country, google.PhoneNumberType[type]);
  return number === null ? null : numbers.format(number, google.PhoneNumberFormat.E164);
}

/** Whether typing this in a country asks because of the price. */
function asks(text: string, country: string): boolean {
  const reading = readDial(text, { provenance: 'typed', rules: dialRules([], { country, areaCode: '' }) });
  if (reading.found !== 'one') return false;
  const { plan } = reading;
  const none = { ownCalls: [], placed: null, dialledNumbers: [], recents: [] };
  return guardsFor({ plan, provenance: 'typed', now: 0, country, ...none }, DEFAULT_SETTINGS.dialling.guards).some(
    ({ id }) => id === 'premium-rate',
  );
}

describe.each(Object.entries(PREMIUM_SAMPLES))('the premium numbers of %s', (country, sample) => {
  test('are those of libphonenumber', () => {
    expect(sample).toBe(example(country, 'PREMIUM_RATE'));
  });

  test('ask as they are dialled at home and from abroad, with an own country and without', () => {
    const national = nationalForm(sample, country)?.full;
    expect(asks(sample, country)).toBe(true);
    expect(asks(sample, '')).toBe(true);
    expect(asks(sample, country === 'GB' ? 'DE' : 'GB')).toBe(true);
    if (national !== undefined) expect(asks(national, country)).toBe(true);
    // Israel's premium numbers, 1 919 …, have no national 0 where others have one.
    if (national !== undefined && country !== 'IL') expect(asks(national, '')).toBe(true);
  });
});

test('more than thirty countries are checked', () => {
  expect(Object.keys(PREMIUM_SAMPLES).length).toBeGreaterThan(30);
});

const ORDINARY = getCountries().flatMap((country) =>
  (['FIXED_LINE', 'MOBILE', 'TOLL_FREE'] as const).flatMap((type) => {
    const number = example(country, type);
    return number === null ? [] : [{ country, number, national: nationalForm(number, country)?.full ?? number }];
  }),
);

test('no ordinary number of any country asks, as it is dialled there or with its country code', () => {
  const wrong = ORDINARY.filter(({ country, number, national }) => asks(number, '') || asks(national, country));
  expect(wrong).toEqual([]);
});

test('of the ordinary numbers in national form less than one in six asks where the country is not known', () => {
  const asking = ORDINARY.filter(({ national }) => asks(national, ''));
  expect(asking.length / ORDINARY.length).toBeLessThan(1 / 6);
});
