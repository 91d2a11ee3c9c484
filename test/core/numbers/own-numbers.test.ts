import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OwnPhones, type OwnNumbers } from '../../../src/core/numbers/own-numbers.ts';
import { leadsTo, normaliseNumber, sameNumber, sameParty } from '../../../src/shared/same-number.ts';
import { ADA } from '../calls/support/sessions.ts';

const isMine = (own: OwnNumbers, number: string): boolean => new OwnPhones(own).has(number);

test.each([
  '1001',
  ' 1001 ',
  'sip:1001@pbx.example.com',
  'SIPS:1001@pbx.example.com;transport=tls',
  '"Ada" <sip:1001@10.0.0.1:5060>',
  '+12015550199',
  '+1 (201) 555-0199',
  'tel:+1-201-555-0199',
  '0012015550199',
  '12015550199',
  '201.555.0199',
  '0170 1234567',
  '+49 (170) 123 45 67',
  '\u202A+1\u00A0201\u2011555\u20110199\u202C',
])('%j is one of my numbers', (number) => {
  expect(isMine(ADA, number)).toBe(true);
});

test.each([
  ['a hidden number', ''],
  ['a hidden number', 'anonymous'],
  ['a hidden number', 'sip:anonymous@anonymous.invalid'],
  ['a hidden number', 'Restricted'],
  ['another extension', '1002'],
  ['a public number that ends like my extension', '+12015551001'],
  ['a public number that ends like my extension', '5551001'],
  ['my extension with a plus', '+1001'],
  ['my extension with zeros', '001001'],
  ['my direct number with one more digit', '+120155501990'],
  ['the local part of my direct number', '5550199'],
  ['a number in another country with the same ending', '+4412015550199'],
])('%s, %j, is not one of my numbers', (_, number) => {
  expect(isMine(ADA, number)).toBe(false);
});

test('matches no number while none of mine is known, not even an empty one', () => {
  const nobody = { extension: '', numbers: ['', ' ', 'anonymous'] };
  for (const number of ['', 'anonymous', '1001', '+12015550199']) expect(isMine(nobody, number)).toBe(false);
});

test('treats two hidden numbers as the same party, but not as the same number', () => {
  expect([sameParty('', 'anonymous'), sameNumber('', 'anonymous')]).toEqual([true, false]);
  expect([sameParty('', '1001'), sameParty('0049 30 901820', '+4930901820')]).toEqual([false, true]);
});

test('does not match two long extensions by their last digits', () => {
  expect(isMine({ extension: '12345678', numbers: [] }, '912345678')).toBe(false);
  expect(sameNumber('912345678', '12345678')).toBe(false);
  expect(isMine({ extension: '15550199', numbers: [] }, '+4915550199')).toBe(false);
});

test('ignores an outside line before a number, but does not confuse two extensions', () => {
  expect(leadsTo('9012015550123', '+12015550123')).toBe(true);
  expect(leadsTo('01112015550123', '+12015550123')).toBe(true);
  expect(leadsTo('91002', '1002')).toBe(false);
  expect(leadsTo('+12015550124', '+12015550123')).toBe(false);
});

test('compares feature codes and SIP user names as written', () => {
  expect(sameNumber('*63601*2', 'sip:*63601*2@pbx')).toBe(true);
  expect(sameNumber('bob.smith', 'Bob.Smith@pbx')).toBe(true);
  expect(sameNumber('bob.smith', 'bobsmith')).toBe(false);
});

test('compares any texts symmetrically and reflexively, without throwing', () => {
  const digits = fc.stringMatching(/^(\+|00|0)?[0-9]{1,14}$/);
  const text = fc.oneof(
    digits,
    fc.string({ unit: 'binary' }),
    fc.string().map((s) => `sip:${s}@host`),
  );
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(sameNumber(a, b)).toBe(sameNumber(b, a));
      expect(leadsTo(a, b)).toBe(leadsTo(b, a));
      expect(sameNumber(a, a)).toBe(normaliseNumber(a) !== '');
    }),
  );
});

test('does not treat a public number as an extension of up to six digits', () => {
  const extension = fc.stringMatching(/^[0-9]{3,6}$/);
  const front = fc.stringMatching(/^(\+|00)?[0-9]{1,10}$/);
  fc.assert(
    fc.property(extension, front, (own, more) => {
      expect(isMine({ extension: own, numbers: [own] }, more + own)).toBe(false);
    }),
  );
});
