import fc from 'fast-check';
import { expect, test } from 'vitest';
import { country, dialled, pair, plansOf, read, RUNS } from './typed-text.ts';

test('a place, hours, a floor or a count after a number is not part of it', () => {
  const after = fc.constantFrom('10115 Berlin', '8 bis 12 Uhr', '24 h', '5. Etage', '12 Mitarbeiter', '3 km');
  const gap = fc.constantFrom(' ', ', ', ' - ');
  fc.assert(
    fc.property(after, gap, (words, between) => {
      expect(dialled(`Tel. 030 231250${between}${words}`, 'DE')).toEqual(['+4930231250']);
    }),
    RUNS,
  );
});

test('digits after the name of an id are not read as a phone number', () => {
  const id = fc.constantFrom(
    ...'partita IVA:|P.IVA|RCS Paris|SIRET|NIP|REGON|KRS|Org.nr:|CVR|Y-tunnus|KvK|Company No.|VAT Reg No'.split('|'),
    ...'Registered in England|NPI|Routing|ABN|ИНН|ΑΦΜ|CNPJ|Vergi No:|Handelsregister HRB|NIF|IČO:|GST Reg No.'.split(
      '|',
    ),
  );
  const digits = fc.stringMatching(/^[0-9]{8}$/);
  fc.assert(
    fc.property(id, digits, country, (name, number, code) => {
      expect(read(`${name} ${number}`, code).found).toBe('none');
    }),
    RUNS,
  );
});

test('a compound that contains a word for "number" labels a phone number only if the rest is a word for a phone', () => {
  const number = fc.constantFrom('nummer', 'nr.', '-Nr.', '-Nummer');
  const id = fc.constantFrom(
    ...'Rechnungs Versicherungs Handelsregister Zähler Mitglieds Klant Factuur Kund Faktura Person Bestell Steuer'.split(
      ' ',
    ),
  );
  const phone = fc.constantFrom(...'Telefon Service Handy Ruf Büro Fax Mobil Hotline Notruf Kontakt Direkt'.split(' '));
  fc.assert(
    fc.property(number, id, phone, fc.constantFrom('', ':'), (ending, other, named, colon) => {
      expect(read(`${other}${ending}${colon} 0301234567`, 'DE').found).toBe('none');
      expect(dialled(`${named}${ending}${colon} 0301234567`, 'DE')).toEqual(['+49301234567']);
    }),
    RUNS,
  );
});

test('an id is recognised by a label in another cell or on the line before', () => {
  const id = fc.constantFrom('NIP', 'REGON', 'Y-tunnus', 'Adószám', 'DVR-Nummer', 'SIRET', 'KvK', 'CVR', 'IČO');
  const frame = fc.constantFrom(
    (name: string, digits: string) => `|${name}|${digits}|`,
    (name: string, digits: string) => `| **${name}** | ${digits} |`,
    (name: string, digits: string) => `**${name}:** ${digits}`,
    (name: string, digits: string) => `${name}:\n${digits}`,
    (name: string, digits: string) => `**${name}**:\n${digits}`,
  );
  fc.assert(
    fc.property(id, fc.stringMatching(/^[0-9]{7}$/), frame, pair, (name, digits, write, { code, a }) => {
      expect(read(write(name, digits), code).found).toBe('none');
      expect(dialled(`Tel. ${a[0]}\n${write(name, digits)}`, code)).toEqual([a[1]]);
    }),
    RUNS,
  );
});

test('an id without digits or a surname in a table does not hide the number after it', () => {
  const front = fc.constantFrom(
    'CHE-123.456.789 MWST | ',
    'VAT | Tel. ',
    '| Ion | Pan | ',
    'Pan | ',
    'VAT: Tel. ',
    'NIP\n',
  );
  fc.assert(
    fc.property(front, pair, (before, { code, a }) => {
      expect(dialled(before + a[0], code)).toEqual([a[1]]);
    }),
    RUNS,
  );
});

test('a range of days is not read as a phone number', () => {
  const day = fc.tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 12 }));
  const two = (value: number): string => String(value).padStart(2, '0');
  const sign = fc.constantFrom('-', ' - ', '–', ' – ', '  - ');
  const year = fc.constantFrom(['', '2015'], ['.2015', '2015'], ['.15', '15'], ['.', '2015'], ['.', '']);
  fc.assert(
    fc.property(day, day, sign, year, ([d1, m1], [d2, m2], between, [first, last]) => {
      const text = `${two(d1)}.${two(m1)}${first}${between}${two(d2)}.${two(m2)}.${last}`;
      expect(read(text, 'DE')).toMatchObject({ found: 'none', refusal: { code: 'looks-date' } });
    }),
    RUNS,
  );
});

test('a house number and a postal code are not read as a phone number', () => {
  const address = fc.constantFrom(
    ['IT', 'Via Garibaldi', '38122 Trento'],
    ['PL', 'ul. Długa', '00-113 Warszawa'],
    ['DE', 'Hauptstraße', '10115 Berlin'],
    ['BE', 'Provinciesteenweg', '2530 Boechout'],
    ['ES', 'Calle Mayor', '28013 Madrid'],
  );
  const house = fc.constantFrom('1', '10', '19', '22a', '1/2', '118');
  const between = fc.constantFrom(' ', ', ', ' - ', '   ', ' – ');
  fc.assert(
    fc.property(address, house, between, ([code, street, town], number, gap) => {
      const text = `${street} ${number}${gap}${town}`;
      expect(read(text, code).found).toBe('none');
      expect(dialled(`${text} | Tel. +44 20 7946 0018`, code)).toEqual(['+442079460018']);
    }),
    RUNS,
  );
});

test('signs around a number do not change how it is read', () => {
  const frame = fc.constantFrom(
    '**_**',
    '| **Tel.** | _ |',
    '**Tel.:** _',
    '-=( Tel: _   )=-',
    '( Tel. _ )',
    '_#',
    '*Tel* _',
  );
  fc.assert(
    fc.property(frame, pair, (signs, { code, a }) => {
      expect(dialled(signs.replace('_', a[0]), code)).toEqual([a[1]]);
    }),
    RUNS,
  );
});

test('three letters in the middle of a free number are dialled as their keys', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z]{3}$/), fc.stringMatching(/^[0-9]{4}$/), (letters, digits) => {
      const [plan] = plansOf(read(`1-888-${letters}-${digits}`, 'US'));
      expect(plan?.dial ?? '').toMatch(new RegExp(`^\\+1888[0-9]{3}${digits}$`));
    }),
    RUNS,
  );
});

test('two groups of four digits after a street are a number with a label and an address without one', () => {
  const street = fc.constantFrom('Plaza Mayor', 'Calle Real', 'Avenida Central');
  const label = fc.constantFrom(', tel. ', ' - Tel: ', ', móvil ');
  fc.assert(
    fc.property(street, label, fc.constantFrom('-', ' '), (place, word, gap) => {
      expect(dialled(`${place}${word}2233${gap}4455 Ana`, 'SV')).toEqual(['+50322334455']);
      expect(read(`${place} 12 1101 San Salvador`, 'SV').found).toBe('none');
    }),
    RUNS,
  );
});

test('endings after a number with letters have the warning that letters were read as digits', () => {
  const tail = fc.constantFrom('/0958', ' / 0958', ' ext. 12 / 13', "*0958 '(x011");
  fc.assert(
    fc.property(tail, (ending) => {
      const plans = plansOf(read(`+1-800-FLOWERS${ending}`, 'US'));
      expect(plans.length).toBeGreaterThan(0);
      expect(plans.filter(({ warnings }) => !warnings.includes('vanity'))).toEqual([]);
    }),
  );
});
