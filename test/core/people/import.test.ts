import { describe, expect, test } from 'vitest';
import { columnsByHeader } from '../../../src/core/people/import/columns.ts';
import { readAllContacts } from '../../../src/core/people/import/read-file.ts';
import { DEFAULT_EXTENSIONS } from '../../../src/shared/dial-rules.ts';
import { contacts } from '../../../src/messages/en/contacts.ts';
import { BROKEN_ROWS, SPREADSHEET } from './corpus/sheets.ts';
import { VCARD_21, VCARD_ANDROID } from './corpus/vcard.ts';
import { PORTSIP_USERS } from './corpus/pbx.ts';
import { OUTLOOK_POLISH } from './corpus/outlook.ts';
import { DECIMALS } from './corpus/damaged.ts';
import { bytesOf, type Form } from './corpus/form.ts';
import { HEADERS } from './corpus/headers.ts';

function read(bytes: Uint8Array, country = 'DE') {
  const place = { country, areaCode: '', extensions: DEFAULT_EXTENSIONS };
  return readAllContacts(bytes, { source: 'test', place });
}

function readForm(form: Form) {
  const found = read(bytesOf(form), form.country);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}

describe('columns are recognised by their headers', () => {
  test.each(HEADERS)('$language', ({ headers, first, last, company, work, mobile, notNumbers }) => {
    const names = headers.split('|');
    const fields = columnsByHeader(names) ?? [];
    const at = (header: string) => fields[names.indexOf(header)];
    expect(at(first)).toEqual({ is: 'first' });
    expect(at(last)).toEqual({ is: 'last' });
    expect(at(company)).toEqual({ is: 'company' });
    expect(at(work)?.is).toBe('number');
    expect(at(mobile)).toEqual({ is: 'number', kind: 'mobile' });
    // Somebody else's number, and text that is not a number.
    for (const other of notNumbers)
      expect([other, at(other)?.is]).toEqual([other, expect.stringMatching(/ignored|email/)]);
  });
});

test('placeholders that programs write for "nothing" are not names, but Nan and Na are', () => {
  const rows = ['First name,Last name,Phone', 'Nan,Na,030 901821', 'NaN,Berg,030 901822', 'n/a,NULL,030 901823'];
  const found = read(new TextEncoder().encode(rows.join('\n')));
  expect(found.ok && found.value.people.map(({ name }) => name)).toEqual(['Nan Na', 'Berg']);
});

describe('the format of a file', () => {
  test('encoding, delimiter and columns are reported before people are stored', () => {
    const { file } = readForm(OUTLOOK_POLISH);
    expect({ encoding: file.encoding, delimiter: file.delimiter, hasHeaders: file.hasHeaders }).toEqual({
      encoding: 'windows-1250',
      delimiter: ',',
      hasHeaders: true,
    });
    expect(file.columns.filter(({ field }) => field.is === 'number').map(({ header }) => header)).toEqual([
      'Faks służbowy',
      'Telefon służbowy',
      'Telefon służbowy 2',
      'Główny telefon firmy',
      'Telefon domowy',
      'Telefon komórkowy',
    ]);
  });

  test.each([
    ['an empty file', ''],
    ['text without numbers', 'To whom it may concern\nDear all\n'],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR'],
    ['a page', '<html><body>Not a list</body></html>'],
  ])('refuses %s', (_what, text) => {
    const found = read(Buffer.from(text, 'latin1'));
    expect(found.ok ? 'read' : found.error.code).toBe('contacts-unreadable');
  });

  test('reads 50,000 rows', () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => `Person ${at},Firma ${at % 500},030 ${5_000_000 + at}`);
    const found = read(Buffer.from(['Name,Firma,Telefon', ...rows].join('\n')));
    expect(found.ok && found.value.people.length).toBe(50_000);
  });
});

describe('problems are reported for each row', () => {
  test('numbers that a spreadsheet damaged are left out, not guessed', () => {
    const { people, problems } = readForm(SPREADSHEET);
    expect(problems.map(({ code, line, text }) => [code, line, text])).toEqual([
      ['number-rounded', 3, '4,93E+11'],
      ['number-as-formula', 4, '="+4930555020"'],
      ['zero-lost', 5, '305550301'],
      ['number-as-formula', 6, '=+4930555040'],
      ['number-rounded', 7, '1,71555E+09'],
      ['number-rounded', 8, '4.9E+11'],
      ['zero-lost', 9, '1715550007'],
    ]);
    expect(people).toHaveLength(7);
  });

  test('numbers that a program wrote as decimals are used whole', () => {
    expect(readForm(DECIMALS).problems.map(({ code, text }) => [code, text])).toEqual([
      ['number-as-decimal', '49301234567.0'],
      ['number-as-decimal', '101.0'],
      ['zero-lost', '1711234567.0'],
      ['number-as-decimal', '102.0'],
      ['number-as-decimal', '4930123456,0'],
    ]);
  });

  test('a column that looks like phone numbers and is not used is reported once', () => {
    const rows = [
      'Name;Telefon;Xyz;Kundennummer',
      'Anna Berg;030 901821;0171 9018210;10044',
      'Otto;;0171 9018211;10045',
    ];
    const found = read(new TextEncoder().encode(rows.join('\n')));
    const problems = found.ok ? found.value.problems : [];
    expect(problems.map(({ code, line, column }) => [code, line, column])).toEqual([['column-unused', 1, 'Xyz']]);
    expect(found.ok && found.value.people.map(({ name }) => name)).toEqual(['Anna Berg', 'Otto']);
  });

  test('a row that cannot be read is left out completely, and the next row is read', () => {
    const { people, problems } = readForm(BROKEN_ROWS);
    expect(problems.map(contacts.problem)).toEqual([
      'line 3: left out: a quote is not closed ("Bob Birch,Birch Ltd,020 7946 0101,never closed)',
      'line 5: left out: more fields than columns (Dan  Deal Deal Ltd 020 7946 0103 a comma too many)',
      'line 6: left out: no name and no company (  020 7946 0104 no name)'.replace('(  ', '('),
      'line 9, Phone: number cannot be read (call me)',
      'line 10: left out: no name and no company (020 7946 0106  020 7946 0106 a number for a name)',
    ]);
    expect(people.map(({ name }) => name)).toEqual([
      'Alice Ash',
      'Carol Cedar',
      'Eve "Evie" Elm',
      'Frank Fir',
      'Gina Gum',
    ]);
  });

  test('a card without an end is left out', () => {
    const { people, problems } = readForm(VCARD_ANDROID);
    expect(people.map(({ name }) => name)).not.toContain('Sans Fin');
    expect(problems.map(({ code }) => code)).toEqual(['broken-card']);
  });
});

test('passwords, notes and pictures of a file are not stored', () => {
  const kept = JSON.stringify([readForm(PORTSIP_USERS).people, readForm(VCARD_21).people]);
  for (const secret of ['Geheim', 'Pw9876543', '/9j/4AAQ']) expect(kept).not.toContain(secret);
});
