import { expect, test } from 'vitest';
import { planDial } from '../../../src/core/dial/plan-dial.ts';
import type { DialPlan, DialSource } from '../../../src/shared/dial.ts';
import type { ErrorCode } from '../../../src/shared/errors.ts';

const plan = (text: string, country = '', source: DialSource = 'typed') => planDial(text, { source, country });

/** What the PBX would get, or the code of the refusal. */
function outcome(text: string, country = '', source: DialSource = 'typed'): string {
  const result = plan(text, country, source);
  return result.ok ? result.value.dial : result.error.code;
}

type Dialled = [why: string, text: string, dial: string, kind: DialPlan['kind'], country?: string];

const DIALLED: Dialled[] = [
  // Separators and what copying brings along
  ['plain E.164', '+12015550123', '+12015550123', 'public'],
  ['American writing', '+1 (201) 555-0123', '+12015550123', 'public'],
  ['dots', '+1.201.555.0123', '+12015550123', 'public'],
  ['spaces around it', '   +12015550123  ', '+12015550123', 'public'],
  ['a line end behind it', '+12015550123\r\n', '+12015550123', 'public'],
  ['a space after the +', '+ 49 30 123456', '+4930123456', 'public'],
  ['the country code in brackets', '(+49) 30 123456', '+4930123456', 'public'],
  ['no-break spaces', '+49\u00A030\u202F123456', '+4930123456', 'public'],
  ['no-break hyphens', '+49\u201130\u2011123456', '+4930123456', 'public'],
  ['en dashes and minus signs', '+49\u201330\u2212123456', '+4930123456', 'public'],
  ['marks of writing direction', '\u202A+49 30 123456\u202C\u200E', '+4930123456', 'public'],
  ['a soft hyphen and a byte order mark', '\uFEFF+4930\u00AD123456', '+4930123456', 'public'],
  ['full-width digits and +', '＋４９　３０　１２３４５６', '+4930123456', 'public'],
  ['full-width brackets and hyphen', '＋１（２０１）５５５－０１２３', '+12015550123', 'public'],
  ['Arabic digits', '+٤٩ ٣٠ ١٢٣٤٥٦', '+4930123456', 'public'],
  ['Persian digits', '+۴۹ ۳۰ ۱۲۳۴۵۶', '+4930123456', 'public'],
  ['quotes around it', '"+49 30 123456"', '+4930123456', 'public'],
  ['angle brackets around it', '<+4930123456>', '+4930123456', 'public'],
  ['a comma behind it', '+12015550123,', '+12015550123', 'public'],
  ['a hyphen before it', '- 030 123456', '030123456', 'public'],
  // The 0 that is only dialled inside the country
  ['(0) after the country code', '+44 (0)20 7946 0958', '+442079460958', 'public'],
  ['(0) with spaces', '+49 ( 0 ) 30 123456', '+4930123456', 'public'],
  ['(0) in Italy belongs to the number', '+39 (0)6 1234 5678', '+390612345678', 'public'],
  ['(0) after 00', '0049 (0)30 123456', '004930123456', 'public'],
  ['(0) alone in front', '(0)30 123456', '030123456', 'public'],
  ['0 in the area code', '+49 (030) 123456', '+4930123456', 'public'],
  ['0 left in without brackets', '+44 020 7946 0958', '+442079460958', 'public'],
  // One slash after an area code
  ['German slash', '030/1234567', '0301234567', 'public'],
  ['slash after a long area code', '033203/1234', '0332031234', 'public'],
  ['slash after 00 and an area code', '0049 30/1234567', '0049301234567', 'public'],
  ['slash with spaces', '+49 30 / 1234567', '+49301234567', 'public'],
  ['American slash', '201/555-0123', '2015550123', 'public'],
  // National numbers
  ['national, no country set', '030 1234567', '0301234567', 'public'],
  ['national, Germany', '030 1234567', '+49301234567', 'public', 'DE'],
  ['national, United States', '(201) 555-0123', '+12015550123', 'public', 'US'],
  ['national with the 1', '1-201-555-0123', '+12015550123', 'public', 'US'],
  ['national, Italy', '06 1234 5678', '+390612345678', 'public', 'IT'],
  ['national, Spain (no trunk prefix)', '612 345 678', '+34612345678', 'public', 'ES'],
  ['00 from Germany', '0044 20 7946 0958', '+442079460958', 'public', 'DE'],
  ['011 from the United States', '011 44 20 7946 0958', '+442079460958', 'public', 'US'],
  ['local without area code is not completed', '1234567', '1234567', 'public', 'DE'],
  ['American without area code', '555-0123', '5550123', 'public', 'US'],
  ['a service number', '116117', '116117', 'public', 'DE'],
  ['a number that would be rewritten', '011 15 2345-6789', '0111523456789', 'public', 'AR'],
  ['a + number keeps its country', '+49 30 123456', '+4930123456', 'public', 'US'],
  ['an unknown country is none', '030 1234567', '0301234567', 'public', 'XX'],
  ['a country that is no country', '030 1234567', '0301234567', 'public', '__proto__'],
  // Extensions, codes, emergencies
  ['three digits', '101', '101', 'extension'],
  ['four digits', '1001', '1001', 'extension', 'US'],
  ['five digits', '12345', '12345', 'extension', 'DE'],
  ['six digits are no extension', '123456', '123456', 'public'],
  ['112', '112', '112', 'public', 'DE'],
  ['911', '911', '911', 'public', 'US'],
  ['999', '999', '999', 'public', 'GB'],
  ['pick-up code', '*97', '*97', 'feature-code', 'US'],
  ['short code', '*9', '*9', 'feature-code'],
  ['hash code', '#4', '#4', 'feature-code'],
  ['code with a number', '*31#030 1234567', '*31#0301234567', 'feature-code', 'DE'],
  ['hash code with an extension', '#31#201', '#31#201', 'feature-code'],
  ['code with parameters', '*63601*2', '*63601*2', 'feature-code'],
  ['full-width code', '＊９７＃', '*97#', 'feature-code'],
  ['extension with a code', '601*2', '601*2', 'feature-code'],
  // Links pasted into the field
  ['a tel: link', 'tel:+1-201-555-0123', '+12015550123', 'public'],
  ['a label that reads like a link', 'Tel: +49 30 123456', '+4930123456', 'public'],
  ['a link in angle brackets', '<tel:+4930123456>', '+4930123456', 'public'],
  ['a callto: link', 'callto://+12015550123/', '+12015550123', 'public'],
  ['a sip: address', 'sip:1001@pbx.example.com', '1001', 'extension'],
  // The edge of what is accepted
  ['32 digits', '1'.repeat(32), '1'.repeat(32), 'public'],
  ['15 digits after the +', '+491234567890123', '+491234567890123', 'public'],
];

type Refused = [why: string, text: string, code: ErrorCode];

const REFUSED: Refused[] = [
  ['nothing', '', 'number-empty'],
  ['spaces', ' \u00A0\t ', 'number-empty'],
  ['separators only', '(-)', 'number-empty'],
  ['invisible characters only', '\u200B\u200E', 'number-empty'],
  ['letters', 'Anna', 'number-letters'],
  ['letters of another script', 'Анна', 'number-letters'],
  ['number with letters in it', '1-800-FLOWERS', 'number-letters'],
  ['number in a sentence', 'call 201 555 0123 today', 'number-letters'],
  ['a label that is no link', 'Tel.: +49 30 123456', 'number-letters'],
  ['an order number and a phone number', 'order 12, call 800 555 0199', 'number-letters'],
  ['a switch', '--flag', 'number-letters'],
  ['markup', '<img src=x onerror=alert(1)>', 'number-letters'],
  ['a web link', 'https://example.com/1234567', 'number-letters'],
  ['an undecoded escape', '+1%20201', 'number-invalid'],
  ['a superscript footnote', '1234²', 'number-invalid'],
  ['a control character', '12345\u00006789', 'number-invalid'],
  ['a time of day', '12:30', 'number-invalid'],
  ['a lone +', '+', 'number-invalid'],
  ['two + in front', '++49 30 123456', 'number-invalid'],
  ['a + behind', '030 123456+', 'number-invalid'],
  ['a + and a code', '+*97', 'number-invalid'],
  ['a code and a +', '*31#+49 30 123456', 'number-invalid'],
  ['a code inside a + number', '+49*30123456', 'number-invalid'],
  ['a country code that begins with 0', '+0 30 123456', 'number-invalid'],
  ['(0) in the middle', '+49 30 (0) 123456', 'number-invalid'],
  ['a # behind a number', '2015550123#', 'number-invalid'],
  ['A / B', '030 1234567 / 030 7654321', 'number-several'],
  ['A / B with +', '+49 30 123456 / +49 30 123457', 'number-several'],
  ['two extensions with a slash', '1001/1002', 'number-several'],
  ['alternative last digits', '030 1234567/68', 'number-several'],
  ['a short number and its alternative', '030 1234/5678', 'number-several'],
  ['an emergency number and another', '112/1234567', 'number-several'],
  ['two slashes', '01/02/2024', 'number-several'],
  ['A or B', '030 1234567 or 030 7654321', 'number-several'],
  ['A oder B', '1001 oder 1002', 'number-several'],
  ['telephone and fax', 'Tel 030 123456 Fax 030 123457', 'number-several'],
  ['two + signs', '+49 30 123456 +49 30 123457', 'number-several'],
  ['two lines', '030 123456\n030 123457', 'number-several'],
  ['two cells of a table', '1001\t1002', 'number-several'],
  ['a list', '1001, 1002', 'number-several'],
  ['another list', '+4930123456;+4930123457', 'number-several'],
  ['two area codes', '(201) 555-0123 (201) 555-0124', 'number-several'],
  ['two numbers and a space', '2015550123 2015550124', 'number-several'],
  ['two numbers and a hyphen', '2015550123-2015550124', 'number-several'],
  ['two numbers in groups', '201 555 0123 201 555 0124', 'number-several'],
  ['two numbers in groups with hyphens', '201-555-0123 201-555-0124', 'number-several'],
  ['numbers of two countries in groups', '201 555 0123 44 20 7946 0958', 'number-several'],
  ['the number of a credit card', '4111 1111 1111 1111', 'number-several'],
  ['an extension in words', '+1 201 555 0123 ext. 456', 'number-several'],
  ['an extension with x', '201-555-0123 x456', 'number-several'],
  ['an extension with #', '+1 201 555 0123 #456', 'number-several'],
  ['pauses', '+12015550123,,456#', 'number-several'],
  ['one digit', '5', 'number-too-short'],
  ['two digits', '12', 'number-too-short'],
  ['a lone star', '*', 'number-too-short'],
  ['too little after a +', '+49 30', 'number-too-short'],
  ['33 digits', '1'.repeat(33), 'number-too-long'],
  ['16 digits after the +', '+4912345678901234', 'number-too-long'],
  ['over a thousand characters', `+49 30 ${' '.repeat(1000)}123456`, 'number-too-long'],
  ['a link with nothing in it', 'tel:', 'link-invalid'],
  ['a link with a switch', 'tel:--flag', 'link-invalid'],
  ['a broken escape', 'tel:%zz', 'link-invalid'],
];

test.each(DIALLED)('%s: %j is dialled as %s', (_why, text, dial, kind, country = '') => {
  expect(plan(text, country)).toMatchObject({ ok: true, value: { dial, kind } });
});

test.each(REFUSED)('%s: %j is refused', (_why, text, code) => {
  expect(outcome(text)).toBe(code);
});

test('a country does not make anything dialable that was refused without one', () => {
  for (const [, text, code] of REFUSED) expect(outcome(text, 'US')).toBe(code);
});

test('a refusal carries a sentence and what to do, and never the number', () => {
  const result = plan('2015550123 2015550124');
  expect(result).toEqual({
    ok: false,
    error: {
      code: 'number-several',
      message: 'There is more than one number in that text.',
      action: 'Leave only the number to dial.',
    },
  });
});

test('the plan says what was typed and shows the number for people', () => {
  expect(plan('  +1 (201)\u00A0555-0123 ')).toMatchObject({
    ok: true,
    value: { input: '+1 (201) 555-0123', shown: '+1 201 555 0123', dial: '+12015550123', kind: 'public' },
  });
});

test('direction marks in what was typed do not reach the window', () => {
  const result = plan('\u202E+12015550123\u202C');
  expect(result.ok && result.value.input).toBe('+12015550123');
});

test('the password in a SIP address does not reach the window', () => {
  const result = plan('sip:1001:secret@pbx.example.com');
  expect(result.ok && result.value.input).toBe('sip:1001@pbx.example.com');
});

test('a PBX with longer extensions has them told apart', () => {
  const context = { source: 'typed', country: 'DE', extensionDigits: { min: 6, max: 6 } } as const;
  expect(planDial('123456', context)).toMatchObject({ ok: true, value: { kind: 'extension', dial: '123456' } });
  // Too short to be completed: a service of the network.
  expect(planDial('01234', context)).toMatchObject({ ok: true, value: { kind: 'public', dial: '01234' } });
});

test('a PBX with extensions of two digits can be dialled', () => {
  const context = { source: 'typed', country: '', extensionDigits: { min: 2, max: 3 } } as const;
  expect(planDial('12', context)).toMatchObject({ ok: true, value: { kind: 'extension', dial: '12' } });
  expect(planDial('1', context)).toMatchObject({ ok: false, error: { code: 'number-too-short' } });
});

test('a number of recent calls or the menu is read like a typed one', () => {
  expect(outcome('0301234567', 'DE', 'menu')).toBe('+49301234567');
  expect(outcome('anonymous', 'DE', 'menu')).toBe('number-letters');
});

test('from a link only a link is taken', () => {
  expect(outcome('+12015550123', '', 'link')).toBe('link-invalid');
  expect(outcome('tel:+12015550123', '', 'link')).toBe('+12015550123');
});
