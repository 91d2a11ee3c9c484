import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDial } from '../../../src/core/dial/read-dial.ts';
import { DEFAULT_DIAL_RULES } from '../../support/default-dial-rules.ts';
import { country, dialled, NUMBERS, pair, plansOf, read, RUNS } from './typed-text.ts';

test('finds both numbers if there is a * or # between them', () => {
  const sign = fc.constantFrom(' * ', '* ', ' # ', '** ', '*  ');
  const label = fc.constantFrom('Fax ', 'Fax: ', 'Mobile ', 'Tel. ');
  fc.assert(
    fc.property(pair, sign, label, ({ code, a, b }, between, word) => {
      expect(dialled(`Tel. ${a[0]}${between}${word}${b[0]}`, code).sort()).toEqual([a[1], b[1]].sort());
    }),
    RUNS,
  );
});

test('reads no digits to press after the answer from a row of fields', () => {
  const name = fc.stringMatching(/^[A-Z][a-z]{2,8}$/).filter((word) => !/^(?:Tel|Fax|Call|Mobil|Mob|Ext)/.test(word));
  const digits = fc.stringMatching(/^[1-9][0-9]{2,4}$/);
  fc.assert(
    fc.property(pair, name, digits, fc.constantFrom(';', ','), ({ code, a }, who, more, sign) => {
      const plans = plansOf(read([who, 'Muster', a[0], more].join(sign), code));
      expect(plans.map(({ dial, digitsAfterAnswer }) => [dial, digitsAfterAnswer])).toEqual([[a[1], null]]);
    }),
    RUNS,
  );
});

test('a short ending in a list belongs to the number before it, and is not an extension or emergency number', () => {
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

test('does not read short digits after a number in a list as an extension of this PBX or an emergency number', () => {
  const tail = fc.oneof(fc.constantFrom('112', '911', '999', '110', '15'), fc.stringMatching(/^[1-9][0-9]{1,4}$/));
  const join = fc.constantFrom(' / ', '/', ', ', '; ', ' & ', ' or ', ' oder ', ' od. ', ' und ', ' et ', ', and ');
  const middle = fc.constantFrom('', ' x12', ' ext. 998', ' DW 805', ' Klappe 11', '-110');
  fc.assert(
    fc.property(
      fc.constantFrom('US', 'GB', 'DE', 'FR', ''),
      tail,
      tail,
      join,
      middle,
      (code, a, b, between, ending) => {
        const written = NUMBERS[code === '' ? 'DE' : code][0][0] + ending;
        for (const text of [`${written}${between}${a}`, `Tel. ${written}${between}${a}${between}${b}`]) {
          const kinds = plansOf(read(text, code)).map(({ kind }) => kind);
          expect(kinds.filter((kind) => kind !== 'public')).toEqual([]);
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('a second extension in a list is of the same kind as the first', () => {
  const extension = fc.stringMatching(/^[1-9][0-9]{2}$/);
  const join = fc.constantFrom(' or ', ' oder ', '/', ' / ', ', ', ' und ', ' od. ');
  fc.assert(
    fc.property(extension, extension, join, (a, b, between) => {
      fc.pre(a !== b);
      const pressed = plansOf(read(`(201) 555-0123 ext. ${a}${between}${b}`, 'US'));
      expect(pressed.map(({ dial, digitsAfterAnswer }) => [dial, digitsAfterAnswer])).toEqual([
        ['+12015550123', a],
        ['+12015550123', b],
      ]);
      expect(dialled(`+43 1 53410 DW ${a}${between}${b}`, 'AT')).toEqual([`+43153410${a}`, `+43153410${b}`]);
      expect(dialled(`030 4404-${a}${between}${b}`, 'DE')).toEqual([`+49304404${a}`, `+49304404${b}`]);
    }),
    RUNS,
  );
});

test('German and Austrian extensions replace the 0 of the switchboard', () => {
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

test('digits after a word for "extension" are pressed after the answer, in every language', () => {
  const word = fc.constantFrom(
    ...'ext ext. x Ext- local poste interno int. anexo ramal wew. toestel ankn. linka klapka dahili mellék'.split(' '),
    ...'доб. вн. εσωτ. 内線 转 내선 שלוחה تحويلة داخلی ต่อ press option'.split(' '),
  );
  const digits = fc.stringMatching(/^[1-9][0-9]{1,3}$/);
  fc.assert(
    fc.property(word, digits, (between, extension) => {
      const plans = plansOf(read(`(201) 555-0123 ${between} ${extension}`, 'US'));
      expect(plans.map(({ dial, digitsAfterAnswer }) => [dial, digitsAfterAnswer])).toEqual([
        ['+12015550123', extension],
      ]);
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

const KINDS = [
  ['phone', ['Tel.', 'phone', 'Office', 'voice', 'Fone', 'Direkt']],
  ['mobile', ['Mobile', 'mobil', 'cell', 'Handy']],
  ['fax', ['Fax', 'Telefax', 'Faxnummer', 'Télécopieur', 'Téléc.', 'Faxnr.', 'Belgegeçer', 'Telecópia']],
] as const;
const kind = fc
  .constantFrom(...KINDS)
  .chain(([label, words]) => fc.constantFrom(...words).map((word) => ({ label, word })));

test('a number gets its label, whether the label is before or after it', () => {
  const divider = fc.constantFrom(', ', ' | ', ' / ', '; ', '\n', ' - ', ' or ', ' · ');
  fc.assert(
    fc.property(pair, kind, kind, divider, fc.boolean(), ({ code, a, b }, first, second, between, isAfter) => {
      const write = (number: string, word: string): string => (isAfter ? `${number} ${word}` : `${word} ${number}`);
      const plans = plansOf(read(write(a[0], first.word) + between + write(b[0], second.word), code));
      expect(plans.map(({ dial, label }) => [dial, label]).sort()).toEqual(
        [
          [a[1], first.label],
          [b[1], second.label],
        ].sort(),
      );
    }),
    RUNS,
  );
});

test('labels without dividers are assigned in order, all before or all after their numbers', () => {
  fc.assert(
    fc.property(pair, kind, kind, ({ code, a, b }, first, second) => {
      const before = plansOf(read(`${first.word} ${a[0]} ${second.word} ${b[0]}`, code));
      expect(before.find(({ dial }) => dial === a[1])?.label).toBe(first.label);
      expect(before.find(({ dial }) => dial === b[1])?.label).toBe(second.label);
      const after = plansOf(read(`${a[0]} ${first.word} ${b[0]} ${second.word}`, code));
      expect(after.find(({ dial }) => dial === a[1])?.label).toBe(first.label);
      expect(after.find(({ dial }) => dial === b[1])?.label).toBe(second.label);
    }),
    RUNS,
  );
});

test('in a text with a fax, the first of two numbers may be the fax only if the second may be it, too', () => {
  const text = fc.tuple(fc.constantFrom('', 'Anna ', 'Fax ', 'fax: ', 'Tel '), fc.constantFrom(' ', ' fax ', ', '));
  const end = fc.constantFrom('', ' fax', ' (fax)', '\nPhone and fax by appointment');
  fc.assert(
    fc.property(pair, text, end, ({ code, a, b }, [head, between], tail) => {
      const written = head + a[0] + between + b[0] + tail;
      fc.pre(/fax/i.test(written) && !/and fax/.test(written));
      const [first, second] = plansOf(read(written, code));
      if (second === undefined) return;
      const certain = [first, second].filter((plan) => plan?.label === 'fax').length > 0;
      if (!certain) expect([first?.label, second.label]).toContain('maybe-fax');
      if (first?.label === 'fax' || first?.label === 'maybe-fax') expect(second.label).toMatch(/fax/);
    }),
    RUNS,
  );
});

test('a piece of seven or more digits that cannot be read is reported', () => {
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

test('an emergency number after the digits for an outside line is recognised', () => {
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
      const [plan] = plansOf(readDial(outsidePrefix + number, { provenance: 'typed', rules }));
      expect(plan).toMatchObject({ kind: 'emergency', dial: outsidePrefix + number });
    }),
  );
});
