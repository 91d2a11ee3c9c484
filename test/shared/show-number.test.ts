import { expect, test } from 'vitest';
import { showNumber } from '../../src/shared/show-number.ts';

test.each([
  ['+12015550123', '', '+1 201 555 0123'],
  ['+12015550123', 'DE', '+1 201 555 0123'],
  ['+442079460958', '', '+44 20 7946 0958'],
  ['2015550123', 'US', '(201) 555-0123'],
  ['0301234567', 'DE', '030 1234567'],
  ['+12015550123 ext. 12', '', '+1 201 555 0123 ext. 12'],
  // Shown as given
  ['2015550123', '', '2015550123'],
  ['1001', 'US', '1001'],
  ['911', 'US', '911'],
  ['*97#', 'US', '*97#'],
  ['anonymous', 'US', 'anonymous'],
  ['sip:1001@pbx', 'US', 'sip:1001@pbx'],
  ['1234567', 'XX', '1234567'],
  ['', 'US', ''],
])('shows %j with the country %j as %s', (number, country, shown) => {
  expect(showNumber(number, country)).toBe(shown);
});

test('shows the given digits even if the library would change them', () => {
  expect(showNumber('+4402079460958', '')).toBe('+4402079460958');
});

test('removes control and direction characters, and cuts long texts', () => {
  expect(showNumber('\u202E1001\n\u0000evil', '')).toBe('1001 evil');
  expect(showNumber('9'.repeat(5000), 'US')).toBe(`${'9'.repeat(63)}…`);
});
