import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DialContext } from '../../../src/core/dial/read-dial.ts';
import { errorText } from '../../../src/messages/error-text.ts';
import { ENGLISH } from '../../../src/messages/error-messages.ts';
import { readDial } from '../../../src/core/dial/read-dial.ts';
import type { DialPlan, DialReading } from '../../../src/shared/dial.ts';
import { FOREIGN_PROVENANCES, OWN_PROVENANCES } from '../../../src/shared/provenance.ts';
import { DEFAULT_DIAL_RULES } from '../../support/default-dial-rules.ts';
import { CORPUS } from './corpus/corpus.ts';

const RUNS = { numRuns: 3000 };

const country = fc.constantFrom('', 'US', 'GB', 'DE', 'FR', 'IT', 'CH', 'AT', 'JP', 'AU', 'BR', 'IN', 'MX', 'RU', 'DK');
const context: fc.Arbitrary<DialContext> = fc.record({
  provenance: fc.constantFrom(...OWN_PROVENANCES, ...FOREIGN_PROVENANCES),
  rules: country.map((code) => ({ ...DEFAULT_DIAL_RULES, country: code })),
});

// Pieces of texts from real screens, so that many of the generated texts resemble numbers.
const piece = fc.constantFrom(
  ...'0 00 011 1 49 30 201 555 0123 7946 0958 112 1001 + ++ - . / ( ) (0) , ; # * *31# %2B %20 % x ext. p w'.split(' '),
  ...' :@:\n:\t:tel\\::sip\\::callto\\::;ext=:;postd=:;phone-context=+1:?call: --flag:&:\u00A0:\u202E:\u0000'.split(
    /(?<!\\):/,
  ),
  ...'Tel or order Fax Anna 1-800-FLOWERS 15.01.2024 12:30 1,234.56 € ０ ٣ ☎ < > " \''.split(' '),
  ' ',
);
const nearNumber = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), nearNumber, corpusText());

function corpusText(): fc.Arbitrary<string> {
  const texts = CORPUS.map(([, , each]) => each);
  // One text, two in a row, or one with a character of another in its middle.
  return fc
    .tuple(fc.constantFrom(...texts), fc.constantFrom(...texts), fc.nat(40), fc.nat(2))
    .map(([a, b, at, how]) => {
      return how === 0 ? a : how === 1 ? `${a} ${b}` : a.slice(0, at) + b.charAt(at) + a.slice(at);
    });
}

const plansOf = (reading: DialReading): DialPlan[] =>
  reading.found === 'one' ? [reading.plan] : reading.found === 'choose' ? reading.candidates : [];

test('reads any text completely, and returns nothing that a PBX or a window must not get', () => {
  fc.assert(
    fc.property(text, context, (input, where) => {
      const reading = readDial(input, where);
      if (reading.found === 'choose') expect(reading.candidates.length).toBeGreaterThan(1);
      for (const plan of plansOf(reading)) {
        expect(plan.dial).toMatch(/^\+?[0-9*#]{1,32}$/);
        // A feature code may have no digits, such as **.
        expect(plan.dial).toMatch(/[0-9]|^[*#]{2}$/);
        expect(plan.e164 ?? '+10').toMatch(/^\+[1-9][0-9]{1,14}$/);
        expect(plan.digitsAfterAnswer ?? '0').toMatch(/^[0-9*#](?:[0-9*#,]*[0-9*#])?$/);
        expect(plan.shown + plan.input).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        expect(plan.input.length).toBeLessThanOrEqual(200);
      }
    }),
    RUNS,
  );
});

test('a refusal has a reason and contains no number', () => {
  fc.assert(
    fc.property(text, context, (input, where) => {
      const reading = readDial(input, where);
      if (reading.found !== 'none') return;
      expect(errorText(ENGLISH, reading.refusal).message).not.toBe('');
      expect(JSON.stringify(reading.refusal)).not.toMatch(/[0-9]{5}/);
    }),
    RUNS,
  );
});

test('never joins digits of different numbers: the dialled digits are one piece of the text, in order', () => {
  fc.assert(
    fc.property(nearNumber, (input) => {
      const reading = readDial(input, { provenance: 'typed', rules: DEFAULT_DIAL_RULES });
      for (const plan of plansOf(reading)) {
        if (plan.warnings.includes('vanity')) continue;
        // A short number in a list ("6768 / 6769") begins with the first digits of the number before it.
        const isTail = digitsIn(plan.input).length <= 5 && plan.kind === 'public';
        const text = reading.found === 'one' || isTail ? input : plan.input;
        // A + after the digits means that the groups are in right-to-left order.
        const backwards = /[0-9]\+/.test(text)
          ? text
              .split(/[^0-9]+/)
              .toReversed()
              .join('')
          : '';
        expect([digitsIn(text), backwards]).toSatisfy((orders: string[]) =>
          orders.some((typed) => isSubsequence(plan.dial.replace('+', ''), typed)),
        );
      }
    }),
    RUNS,
  );
});

test('reads groups in right-to-left order, with the + at the end, as one number', () => {
  const [plan] = plansOf(readDial('5550123 201+', { provenance: 'typed', rules: DEFAULT_DIAL_RULES }));
  expect(plan?.dial).toBe('+2015550123');
});

test('separators between the digits of a number do not change how it is read', () => {
  const groups = fc.tuple(
    fc.stringMatching(/^[1-9]{2}$/),
    fc.stringMatching(/^[0-9]{3}$/),
    fc.stringMatching(/^[0-9]{4}$/),
  );
  const separator = fc.constantFrom(' ', '-', '.', '\u00A0', '\u2011', ' - ', '\u2009');
  fc.assert(
    fc.property(groups, separator, (parts, between) => {
      const reading = readDial(`+49 ${parts.join(between)}`, { provenance: 'typed', rules: DEFAULT_DIAL_RULES });
      expect(plansOf(reading).map((plan) => plan.dial)).toEqual([`+49${parts.join('')}`]);
    }),
  );
});

test('the shown number and the dialled number are read as the same call again', () => {
  fc.assert(
    fc.property(text, context, (input, { rules }) => {
      for (const plan of plansOf(readDial(input, { provenance: 'typed', rules }))) {
        for (const again of [plan.dial, plan.shown]) {
          const second = plansOf(readDial(again, { provenance: 'favourite', rules }));
          expect(second.map(({ dial, kind, e164 }) => ({ dial, kind, e164 }))).toEqual([
            { dial: plan.dial, kind: plan.kind, e164: plan.e164 },
          ]);
        }
      }
    }),
    RUNS,
  );
});

test('refuses a link that also contains a switch, a line end or another scheme', () => {
  const number = fc.constantFrom(
    'tel:+12015550123',
    'callto:1001',
    'sip:1001@pbx.example.com',
    'tel:+12015550123;ext=4',
  );
  const rider = fc.constantFrom(
    ' --flag',
    ' -x',
    ' /account:1',
    '\n911',
    '%0A911',
    '%00',
    '?a=b',
    '&b',
    '"x',
    ' tel:1',
    '<i>',
  );
  fc.assert(
    fc.property(number, rider, context, (link, riding, where) => {
      expect(readDial(link + riding, where).found).toBe('none');
    }),
  );
});

const digitsIn = (input: string): string =>
  input
    .normalize('NFKC')
    .replace(/٣/g, '3')
    .replace(/[^0-9*#]/g, '');

function isSubsequence(part: string, whole: string): boolean {
  let from = 0;
  for (const character of part) {
    from = whole.indexOf(character, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
