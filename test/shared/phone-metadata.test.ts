import examples from 'libphonenumber-js/mobile/examples';
import * as max from 'libphonenumber-js/max';
import * as min from 'libphonenumber-js/min';
import { expect, test } from 'vitest';

type Library = Pick<typeof min, 'default'>;

function shown({ default: parse }: Library, text: string, country: min.CountryCode): string {
  const number = parse(text, { extract: false, defaultCountry: country });
  return number === undefined ? 'none' : `${number.formatInternational()} ${number.formatNational()} ${number.country}`;
}

// The build of main takes the full metadata for both; the window keeps the small one.
test('formats numbers alike with the small metadata of the window and the full metadata of main', () => {
  const differing = min.getCountries().flatMap((country) => {
    const { nationalNumber = '', countryCallingCode = '' } = min.getExampleNumber(country, examples) ?? {};
    const texts = [nationalNumber, nationalNumber.slice(0, -2)].flatMap((digits) => [
      `+${countryCallingCode}${digits}`,
      digits,
    ]);
    return texts.filter((text) => shown(min, text, country) !== shown(max, text, country));
  });
  expect(differing).toEqual([]);
});
