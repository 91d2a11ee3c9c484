import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutMarkup } from '../../src/core/notify/without-markup.ts';
import { plainText } from '../../src/shared/plain-text.ts';
import { HOSTILE_NAMES } from '../support/hostile-names.ts';

const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });

describe('makes one readable line of a hostile name:', () => {
  test.for(HOSTILE_NAMES)('$what', ({ raw, seen }) => {
    expect(plainText(raw, 80)).toBe(seen);
  });
});

test('leaves text that fits unchanged', () => {
  expect(plainText('Anna Berg', 9)).toBe('Anna Berg');
  expect(plainText('Zoë-Marie D’Angelo (Köln)', 80)).toBe('Zoë-Marie D’Angelo (Köln)');
});

test('cuts text that is too long, with the ellipsis within the limit', () => {
  expect(plainText('Anna Berg', 8)).toBe('Anna Be…');
  expect(plainText('Anna Berg', 6)).toBe('Anna…');
});

test('never cuts inside an emoji, also not inside a joined one', () => {
  expect(plainText('ab😀cd', 4)).toBe('ab…');
  expect(plainText('ab👩‍👩‍👧cd', 8)).toBe('ab…');
});

test('cuts a joined emoji that is longer than the limit between its parts', () => {
  const crowd = Array.from({ length: 200 }, () => '👩').join('\u200d');
  const seen = plainText(crowd, 20);
  expect(seen).toMatch(/^👩.*…$/u);
  expect(seen.length).toBeLessThanOrEqual(20);
});

test('returns short, well-formed text without control and bidi characters for any text', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 100 }), (text, max) => {
      const seen = plainText(text, max);
      expect(seen.length).toBeLessThanOrEqual(max);
      expect(seen.isWellFormed()).toBe(true);
      expect(seen).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u200b\u2060\ufeff]/u);
      expect(seen).toBe(seen.trim());
    }),
    { numRuns: 500 },
  );
});

test('never returns an empty name for one with a visible letter', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom('A', '李', '7', '-', '<', 'ع', '😀'), anyText, (before, visible, after) => {
      expect(plainText(before + visible + after, 60)).not.toBe('');
    }),
    { numRuns: 500 },
  );
});

test('changes nothing when applied a second time', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = plainText(text, 40);
      expect(plainText(once, 40)).toBe(once);
    }),
    { numRuns: 500 },
  );
});

test('replaces markup characters in a body with look-alikes that no desktop parses', () => {
  expect(withoutMarkup('<b>R&D</b> &lt;i&gt;')).toBe('‹b›R＆D‹/b› ＆lt;i＆gt;');
});
