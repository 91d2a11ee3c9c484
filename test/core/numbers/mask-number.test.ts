import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskNumbers } from '../../../src/core/numbers/mask-number.ts';

test.each([
  ['dialling +12015550123 now', 'dialling +…123 now'],
  ['dialling +1 (201) 555-0123', 'dialling +…123'],
  ['+49\u00A030\u20111234567', '+…567'],
  ['extension 12345', 'extension …45'],
  ['123456 and 1234567', '…56 and …567'],
  ['tel:+1-201-555-0123;ext=45', 'tel:+…123;ext=45'],
  ['tel:%2B1%20201%20555%200123', 'tel:%2B…123'],
  ['tel:%2B%31%32%33%34%35%36%37', 'tel:%2B…567'],
  [
    'https://pbx.example.com:8887/api/users?number=2015550123&x=1',
    'https://pbx.example.com:8887/api/users?number=…123&x=1',
  ],
  ['{"callee":"0301234567","caller":"1001"}', '{"callee":"…567","caller":"1001"}'],
  ['*31#0301234567', '*…567'],
  ['１２３４５６７', '…５６７'],
  ['201.555.0123', '…123'],
  ['20.79.46.09', '…609'],
])('logs "%s" as "%s"', (text, masked) => {
  expect(maskNumbers(text)).toBe(masked);
});

test.each([
  'extension 1001 called 911',
  'HTTP 500 after 1200 ms',
  '2026-01-05T09:00:00.123Z polling',
  'retry at 2026-01-05T09:00:00+01:00',
  'connecting to https://192.168.100.20:8887/api/sessions',
  'no numbers at all',
])('does not mask "%s"', (text) => {
  expect(maskNumbers(text)).toBe(text);
});

test('masks a number in a link although it looks like an IP address', () => {
  expect(maskNumbers('tel://20.79.46.09')).toBe('tel://…609');
});

test('leaves at most three digits of a number visible, in any spelling and at any position', () => {
  const separator = fc.constantFrom(
    '',
    ' ',
    '-',
    '.',
    '\u00A0',
    '\u2011',
    ' - ',
    ') ',
    ' (',
    '/',
    '%20',
    '%2D',
    '%C2%A0',
    '%28',
  );
  const digit = fc.oneof(fc.integer({ min: 0, max: 9 }).map(String), fc.constantFrom('%31', '%39', '٣', '７', '९'));
  const pieces = fc.array(fc.tuple(digit, separator), { minLength: 5, maxLength: 20 });
  const around = fc.constantFrom(
    '',
    'call ',
    'tel:',
    'tel:+',
    'tel:%2B',
    'n=',
    '"',
    '(',
    'https://pbx/?q=',
    '%',
    '%2',
    'x',
  );
  fc.assert(
    fc.property(around, pieces, fc.constantFrom('', ' now', '"', '&x=', ')'), (before, number, behind) => {
      const masked = maskNumbers(before + number.flat().join('') + behind);
      const left = masked.slice(masked.indexOf('…')).replace(/%3([0-9])|%[0-9A-F]{2}|\s/gi, '$1');
      expect(masked).toContain('…');
      expect(left.replace(/[^0-9٣７९]/g, '').length).toBeLessThanOrEqual(3);
    }),
    { numRuns: 5000 },
  );
});

// If the time grew with the square of the length, this would take minutes on any machine.
test('masks a megabyte of digits and separators in linear time', () => {
  for (const piece of ['1', '1 ', '%20', '2026-', 'http://1.']) {
    expect(maskNumbers(piece.repeat(1_000_000 / piece.length)).length).toBeGreaterThan(0);
  }
});
