import fc from 'fast-check';
import { getCountries } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import {
  countryOfIso,
  countryOfName,
  countryOfZone,
  findCountry,
  firstCountryOf,
  NO_COUNTRY_HINTS,
  type CountryEvidence,
} from '../../../src/core/numbers/own-country.ts';

const nothing: CountryEvidence = { hints: NO_COUNTRY_HINTS, numbers: [], system: '' };

describe('the country comes from the best evidence', () => {
  const all: CountryEvidence = {
    hints: { line: 'AT', tenant: 'DE', zone: 'CH' },
    numbers: ['+442079460958'],
    system: 'us',
  };

  test('in this order: own line, tenant, other own numbers, time zone, region of the computer', () => {
    expect(findCountry(all)).toEqual({ code: 'AT', from: 'line' });
    expect(findCountry({ ...all, hints: { ...all.hints, line: '' } })).toEqual({ code: 'DE', from: 'tenant' });
    expect(findCountry({ ...all, hints: { ...NO_COUNTRY_HINTS, zone: 'CH' } })).toEqual({ code: 'GB', from: 'number' });
    expect(findCountry({ ...all, hints: { ...NO_COUNTRY_HINTS, zone: 'CH' }, numbers: [] })).toEqual({
      code: 'CH',
      from: 'zone',
    });
    expect(findCountry({ ...nothing, system: 'us' })).toEqual({ code: 'US', from: 'system' });
  });

  test('is unknown without evidence and with an unknown code', () => {
    expect(findCountry(nothing)).toBeNull();
    expect(findCountry({ ...nothing, hints: { ...NO_COUNTRY_HINTS, tenant: 'ZZ' }, system: 'XX' })).toBeNull();
  });
});

describe('a number has a country only in E.164', () => {
  test.each([
    ['+1 (201) 555-0100', 'US'],
    ['+16135550123', 'CA'],
    ['+49 30 12345678', 'DE'],
    ['030 12345678', ''],
    ['1001', ''],
    ['+999123456789', ''],
    ['+', ''],
  ])('%s: "%s"', (number, country) => {
    expect(firstCountryOf([number])).toBe(country);
  });

  test('the first number with a country determines the country', () => {
    expect(firstCountryOf(['1001', '030 12345678', '+4315551234', '+12015550100'])).toBe('AT');
  });
});

describe('a PBX names countries in three ways', () => {
  test.each([
    ['DEU', 'DE'],
    ['usa', 'US'],
    ['AUT', 'AT'],
    ['SWE', 'SE'],
    ['CHE', 'CH'],
    ['GBR', 'GB'],
    ['DE', 'DE'],
    ['ATA', ''],
    ['Germany', ''],
    ['', ''],
  ])('ISO 3166-1 %s: "%s"', (code, country) => {
    expect(countryOfIso(code)).toBe(country);
  });

  test.each([
    ['Angola(244)', 'AO'],
    ['Germany(49)', 'DE'],
    ['United States(1)', 'US'],
    ['Canada(1)', 'CA'],
    ['United Kingdom (44)', 'GB'],
    ['Somewhere(1)', ''],
    ['Germany', ''],
    ['(0)', ''],
  ])('with its calling code %s: "%s"', (name, country) => {
    expect(countryOfName(name)).toBe(country);
  });

  test.each([
    ['Europe/Berlin', 'DE'],
    ['America/New_York', 'US'],
    ['Asia/Kolkata', 'IN'],
    ['Europe/Oslo', 'NO'],
    ['UTC', ''],
    ['Europe/Nowhere', ''],
    ['', ''],
  ])('by the time zone %s: "%s"', (zone, country) => {
    expect(countryOfZone(zone)).toBe(country);
  });

  test('any text from a PBX gives a country or nothing', () => {
    const countries = new Set<string>(['', ...getCountries()]);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[A-Z]{2,3}$/)), (text) => {
        for (const read of [countryOfIso, countryOfName, countryOfZone]) expect(countries).toContain(read(text));
        expect(countries).toContain(firstCountryOf([text, `+${text}`]));
      }),
      { numRuns: 300 },
    );
  });
});
