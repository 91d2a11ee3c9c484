import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDial } from '../../../src/core/dial/read-dial.ts';
import { DEFAULT_DIAL_RULES } from '../../support/default-dial-rules.ts';
import type { DialPlan, DialReading } from '../../../src/shared/dial.ts';

const RUNS = { numRuns: 300 };

const read = (text: string, country: string): DialReading =>
  readDial(text, { source: 'typed', rules: { ...DEFAULT_DIAL_RULES, country } });
const plansOf = (reading: DialReading): DialPlan[] =>
  reading.found === 'one' ? [reading.plan] : reading.found === 'choose' ? reading.candidates : [];
const dialled = (text: string, country: string): string[] => plansOf(read(text, country)).map(({ dial }) => dial);

/** Numbers that exist, as they are written in their country. */
const NUMBERS = {
  US: [
    ['(201) 555-0123', '+12015550123'],
    ['917-555-0199', '+19175550199'],
  ],
  GB: [
    ['020 7946 0018', '+442079460018'],
    ['07911 123456', '+447911123456'],
  ],
  DE: [
    ['030 231250', '+4930231250'],
    ['0171 3920012', '+491713920012'],
  ],
  FR: [
    ['01 99 00 12 34', '+33199001234'],
    ['06 12 34 56 78', '+33612345678'],
  ],
} as const;
const country = fc.constantFrom('US', 'GB', 'DE', 'FR');
const pair = country.map((code) => ({ code, a: NUMBERS[code][0], b: NUMBERS[code][1] }));

test('a * or # between two numbers takes none of them away', () => {
  const sign = fc.constantFrom(' * ', '* ', ' # ', '** ', '*  ');
  const label = fc.constantFrom('Fax ', 'Fax: ', 'Mobile ', 'Tel. ');
  fc.assert(
    fc.property(pair, sign, label, ({ code, a, b }, between, word) => {
      expect(dialled(`Tel. ${a[0]}${between}${word}${b[0]}`, code).sort()).toEqual([a[1], b[1]].sort());
    }),
    RUNS,
  );
});

test('a place, hours, a floor or a count behind a number are no part of it', () => {
  const behind = fc.constantFrom('10115 Berlin', '8 bis 12 Uhr', '24 h', '5. Etage', '12 Mitarbeiter', '3 km');
  const gap = fc.constantFrom(' ', ', ', ' - ');
  fc.assert(
    fc.property(behind, gap, (words, between) => {
      expect(dialled(`Tel. 030 231250${between}${words}`, 'DE')).toEqual(['+4930231250']);
    }),
    RUNS,
  );
});

test('a row of fields has nothing to press after the answer', () => {
  const name = fc.stringMatching(/^[A-Z][a-z]{2,8}$/).filter((word) => !/^(?:Tel|Fax|Call|Mobil|Mob|Ext)/.test(word));
  const digits = fc.stringMatching(/^[1-9][0-9]{2,4}$/);
  fc.assert(
    fc.property(pair, name, digits, fc.constantFrom(';', ','), ({ code, a }, who, more, sign) => {
      const plans = plansOf(read([who, 'Muster', a[0], more].join(sign), code));
      expect(plans.map(({ dial, then }) => [dial, then])).toEqual([[a[1], null]]);
    }),
    RUNS,
  );
});

test('a short tail hangs on the number before it: it is no extension and no emergency number', () => {
  const tail = fc.stringMatching(/^[1-9][0-9]{2,3}$/);
  const join = fc.constantFrom(' / ', '/', ' or ', ' oder ', ' / -', '/-', ', -', ', Fax -');
  fc.assert(
    fc.property(country, tail, join, (code, digits, between) => {
      const [written, whole] = NUMBERS[code][0];
      const plans = plansOf(read(`${written}${between}${digits}`, code));
      expect(plans.every(({ kind }) => kind === 'public')).toBe(true);
      expect(plans.every(({ dial }) => dial.startsWith(whole.slice(0, 5)))).toBe(true);
    }),
    RUNS,
  );
});

test('German and Austrian extensions are dialled through, in place of the 0 of the switchboard', () => {
  const extension = fc.stringMatching(/^[1-9][0-9]{1,3}$/);
  const word = fc.constantFrom(' DW ', ' Durchwahl ', ' Klappe ', ' DW -', ' Durchwahl: ');
  fc.assert(
    fc.property(extension, word, (digits, between) => {
      expect(dialled(`030 4404-0${between}${digits}`, 'DE')).toContain(`+49304404${digits}`);
      expect(dialled(`+43 1 53410${between}${digits}`, 'AT')).toContain(`+43153410${digits}`);
    }),
    RUNS,
  );
});

test('a word for "extension" makes digits something to press, in every language', () => {
  const word = fc.constantFrom(
    ...'ext ext. x Ext- local poste interno int. anexo ramal wew. toestel ankn. linka klapka dahili mellék'.split(' '),
    ...'доб. вн. εσωτ. 内線 转 내선 שלוחה تحويلة داخلی ต่อ press option'.split(' '),
  );
  const digits = fc.stringMatching(/^[1-9][0-9]{1,3}$/);
  fc.assert(
    fc.property(word, digits, (between, extension) => {
      const plans = plansOf(read(`(201) 555-0123 ${between} ${extension}`, 'US'));
      expect(plans.map(({ dial, then }) => [dial, then])).toEqual([['+12015550123', extension]]);
    }),
    RUNS,
  );
});

test('digits behind the name of an id are no number', () => {
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

test('a fax is never the first of several numbers', () => {
  const label = fc.constantFrom('Tel. ', 'Fax ', 'Mobil ', 'Telefax: ', 'F: ', 'T: ', '');
  fc.assert(
    fc.property(pair, label, label, ({ code, a, b }, first, second) => {
      const plans = plansOf(read(`${first}${a[0]} | ${second}${b[0]}`, code));
      const labels = plans.map((plan) => plan.label);
      expect(plans).toHaveLength(2);
      if (labels[0] === 'fax') expect(labels[1]).toBe('fax');
    }),
    RUNS,
  );
});

test('a piece of seven digits or more that cannot be read is not passed over in silence', () => {
  const broken = fc.constantFrom(
    '+999 1234567',
    '+49 30 12 34 56 78 90 12 34 56',
    '020 7946 00189999',
    '201-555-01234',
  );
  fc.assert(
    fc.property(broken, (text) => {
      const reading = read(`Anna (201) 555-0123 | Bert ${text}`, 'US');
      if (reading.found === 'one') expect(reading.plan.warnings).toContain('unread-number');
    }),
  );
});

test('an emergency number behind the digits for an outside line is one', () => {
  const line = fc.constantFrom('0', '9', '8', '00', '*9');
  fc.assert(
    fc.property(line, fc.constantFrom('112', '110'), (outsidePrefix, number) => {
      const rule = {
        id: 'r',
        name: 'r',
        enabled: true,
        target: 'public',
        pattern: '',
        form: 'as-is',
        replacement: '',
      } as const;
      const rules = {
        ...DEFAULT_DIAL_RULES,
        country: 'DE',
        rules: [{ ...rule, internationalPrefix: '', outsidePrefix, trunk: '', callerId: '' }],
      };
      const [plan] = plansOf(readDial(outsidePrefix + number, { source: 'typed', rules }));
      expect(plan).toMatchObject({ kind: 'emergency', dial: outsidePrefix + number });
    }),
  );
});
