import parsePhoneNumber, { getCountries, getExampleNumber } from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { isNational, nationalForm, nationalPrefix } from '../../../../src/core/dial/rules/national-form.ts';

test.each<[e164: string, country: string, full: string, withoutPrefix: string]>([
  ['+493012345678', 'DE', '03012345678', '3012345678'],
  ['+12015550123', 'US', '12015550123', '2015550123'],
  ['+16135550123', 'US', '16135550123', '6135550123'],
  ['+442079460958', 'GB', '02079460958', '2079460958'],
  ['+441481960194', 'GB', '01481960194', '1481960194'],
  ['+390612345678', 'IT', '0612345678', '0612345678'],
  ['+390669812345', 'VA', '0669812345', '0669812345'],
  ['+74951234567', 'RU', '84951234567', '4951234567'],
  ['+3612345678', 'HU', '0612345678', '12345678'],
  ['+34912345678', 'ES', '912345678', '912345678'],
  ['+4532123456', 'DK', '32123456', '32123456'],
  ['+5491123456789', 'AR', '0111523456789', '111523456789'],
  ['+573211234567', 'CO', '3211234567', '3211234567'],
])('%s in the country %s has the national form %s', (e164, country, full, withoutPrefix) => {
  expect(nationalForm(e164, country)).toEqual({ full, withoutPrefix });
});

test('the national form of a mobile number is read as the same number in every country', () => {
  for (const country of getCountries()) {
    const e164 = getExampleNumber(country, examples)?.number;
    if (e164 === undefined) continue;
    const form = nationalForm(e164, country);
    const back = parsePhoneNumber(form?.full ?? '', { defaultCountry: country, extract: false })?.number;
    expect(back, `${country} ${String(form?.full)}`).toBe(e164);
  }
});

test.each([
  ['+493012345678', 'FR'],
  ['+493012345678', ''],
  ['+493012345678', 'XX'],
  ['+999123456789', 'DE'],
  ['+49112', 'DE'],
  ['1001', 'DE'],
])('%s has no national form in the country %j', (e164, country) => {
  expect(nationalForm(e164, country)).toBeNull();
});

test.each<[e164: string, country: string, national: boolean | null]>([
  ['+493012345678', 'DE', true],
  ['+441481960194', 'GB', true],
  ['+16135550123', 'US', true],
  ['+77172123456', 'RU', true],
  ['+493012345678', 'AT', false],
  ['+493012345678', '', null],
  ['+999123456789', 'DE', null],
])('%s is national in the country %j: %s', (e164, country, national) => {
  expect(isNational(e164, country)).toBe(national);
});

test('the national prefix is empty for a country without one', () => {
  expect(['DE', 'US', 'RU', 'HU', 'IT', 'ES', '', 'XX'].map(nationalPrefix)).toEqual([
    '0',
    '1',
    '8',
    '06',
    '',
    '',
    '',
    '',
  ]);
});
