import { describe, expect, test } from 'vitest';
import { createFormat, duration, localeFor } from '../../src/messages/format.ts';
import { languageOf } from '../../src/shared/language.ts';

const english = createFormat(() => 'en-GB');
const german = createFormat(() => 'de-DE');
const NOW = Date.UTC(2026, 10, 23, 12, 30);

describe('the language', () => {
  test.each([
    ['system', ['de-AT', 'en'], 'de'],
    ['system', ['fr-FR', 'de'], 'de'],
    ['system', ['de_DE'], 'de'],
    ['system', ['fr'], 'en'],
    ['system', [], 'en'],
    ['en', ['de'], 'en'],
  ] as const)('the setting %s with the locales %j of the system gives %s', (choice, locales, language) => {
    expect(languageOf(choice, locales)).toBe(language);
  });

  test('dates follow the region of the computer if it has the same language', () => {
    expect(localeFor('en', 'en-US')).toBe('en-US');
    expect(localeFor('en', 'de-DE')).toBe('en-GB');
    expect(localeFor('de', 'de-AT')).toBe('de-AT');
  });
});

test.each([
  [-5, '0:00'],
  [7_900, '0:07'],
  [760_000, '12:40'],
  [3_723_000, '1:02:03'],
])('%d ms are shown as %s on a running call', (ms, shown) => {
  expect(duration(ms)).toBe(shown);
});

test.each([
  [0, '1 sec', '1 Sek.'],
  [48, '48 sec', '48 Sek.'],
  [185, '3 min', '3 Min.'],
  [3600, '1 hr', '1 Std.'],
  [3900, '1 hr 5 min', '1 Std. 5 Min.'],
])('%d s are %s, in German %s', (seconds, inEnglish, inGerman) => {
  expect(english.length(seconds)).toBe(inEnglish);
  expect(german.length(seconds)).toBe(inGerman);
});

test.each([
  [NOW - 3_600_000, '11:30', '11:30'],
  [NOW - 24 * 3_600_000, 'Yesterday', 'Gestern'],
  [Date.UTC(2026, 10, 20, 12), 'Friday', 'Freitag'],
  [Date.UTC(2026, 9, 12, 12), '12 Oct', '12. Okt.'],
  [Date.UTC(2025, 9, 12, 12), '12 Oct 2025', '12. Okt. 2025'],
])('the time %d is shown as %s, in German as %s', (ms, inEnglish, inGerman) => {
  expect(english.when(ms, NOW)).toBe(inEnglish);
  expect(german.when(ms, NOW)).toBe(inGerman);
});

test('"Yesterday" follows the calendar, not 24 hours', () => {
  const afterMidnight = Date.UTC(2026, 10, 23, 0, 30);
  expect(english.when(afterMidnight - 3_600_000, afterMidnight)).toBe('Yesterday');
});

test('plurals and their numbers follow the language', () => {
  expect(english.plural(1, { one: '# call', other: '# calls' })).toBe('1 call');
  expect(english.plural(2000, { one: '# call', other: '# calls' })).toBe('2,000 calls');
  expect(german.plural(2000, { one: '# Anruf', other: '# Anrufe' })).toBe('2.000 Anrufe');
});

test('lists and names of countries follow the language', () => {
  expect(english.and(['a', 'b', 'c'])).toBe('a, b and c');
  expect(german.or(['a', 'b', 'c'])).toBe('a, b oder c');
  expect(german.country('DE')).toBe('Deutschland');
});
