import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planDial, type DialContext } from '../../../src/core/dial/plan-dial.ts';

const context: fc.Arbitrary<DialContext> = fc.record({
  source: fc.constantFrom('typed', 'link', 'menu'),
  country: fc.constantFrom('', 'US', 'DE', 'IT', 'GB', 'RU', 'AR', 'XX'),
});

const anyOf = (characters: string, ...more: string[]) => fc.constantFrom(...Array.from(characters), ...more);

// What numbers are made of, so that many samples can be dialled; then what stands around them in links and texts.
const nearNumber = fc.string({ unit: anyOf('00112233445566778899+*# -./()\u00A0'), maxLength: 20 });
const nearLink = fc.string({
  unit: anyOf('0123456789+*#-/ ,;x%2?=@:\u202E\u2011０９＋٣\n', 'tel:', 'sip:', ' or ', '(0)', '%20'),
  maxLength: 40,
});
const text = fc.oneof(
  nearNumber,
  nearNumber.map((number) => `tel:${number}`),
  nearLink,
  nearLink.map((rest) => `tel:${rest}`),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

const RUNS = { numRuns: 5000 };

test('no text makes the plan throw, and what is dialled is only + in front, digits, * and #', () => {
  fc.assert(
    fc.property(text, context, (input, where) => {
      const result = planDial(input, where);
      if (!result.ok) return;
      expect(result.value.dial).toMatch(/^\+?[0-9*#]{1,32}$/);
      expect(result.value.dial).toMatch(/[0-9]/);
      expect(result.value.shown).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
      expect(Array.from(result.value.input).length).toBeLessThanOrEqual(200);
    }),
    RUNS,
  );
});

test('what is refused holds nothing that could be dialled', () => {
  fc.assert(
    fc.property(text, context, (input, where) => {
      const result = planDial(input, where);
      if (result.ok) return;
      expect(Object.keys(result)).toEqual(['ok', 'error']);
      expect(JSON.stringify(result.error).replace(/more than 15 digits|at most 32 digits/g, '')).not.toMatch(
        /[0-9]{5}/,
      );
    }),
    RUNS,
  );
});

test('no digit is dialled that was not there, and none in another order', () => {
  fc.assert(
    fc.property(nearNumber, (input) => {
      const result = planDial(input, { source: 'typed', country: '' });
      if (!result.ok) return;
      const typed = input.replace(/[^0-9*#]/g, '');
      const dialled = result.value.dial.replace('+', '');
      // Only the 0 that is for inside the country may go.
      expect([typed.length, typed.length - 1]).toContain(dialled.length);
      expect(isSubsequence(dialled, typed)).toBe(true);
    }),
    RUNS,
  );
});

test('separators between the digits of a number change nothing', () => {
  const groups = fc.tuple(
    fc.stringMatching(/^[1-9]{2}$/),
    fc.stringMatching(/^[0-9]{3}$/),
    fc.stringMatching(/^[0-9]{4}$/),
  );
  fc.assert(
    fc.property(groups, fc.constantFrom(' ', '-', '.', '\u00A0', '\u2011', ' - '), (parts, separator) => {
      const apart = planDial(`+49 ${parts.join(separator)}`, { source: 'typed', country: '' });
      expect(apart.ok && apart.value.dial).toBe(`+49${parts.join('')}`);
    }),
  );
});

test('dialling what is shown or what was dialled before gives the same call', () => {
  fc.assert(
    fc.property(nearNumber, context, (input, { country }) => {
      const first = planDial(input, { source: 'typed', country });
      if (!first.ok) return;
      for (const again of [first.value.dial, first.value.shown]) {
        const second = planDial(again, { source: 'menu', country });
        expect(second.ok && second.value.dial).toBe(first.value.dial);
      }
    }),
    RUNS,
  );
});

test.each(['1', ' ', '+', '(', '(0)', '%20', ',', '/', '"', 'a', '1 ', '\u202E', '-1'])(
  'a hundred kilobytes of %j are refused at once',
  (piece) => {
    const flood = piece.repeat(100_000 / piece.length);
    const began = performance.now();
    for (const input of [flood, `tel:${flood}`, flood.slice(0, 10_000), flood.slice(0, 1000)]) {
      expect(planDial(input, { source: 'typed', country: 'US' }).ok).toBe(false);
    }
    expect(performance.now() - began).toBeLessThan(200);
  },
);

function isSubsequence(part: string, whole: string): boolean {
  let from = 0;
  for (const character of part) {
    from = whole.indexOf(character, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
