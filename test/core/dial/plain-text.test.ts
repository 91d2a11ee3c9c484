import { expect, test } from 'vitest';
import { plainText } from '../../../src/core/dial/plain-text.ts';

test('names in any script stay as they are', () => {
  expect(plainText('Zoë 山田 👩‍💻', 50)).toBe('Zoë 山田 👩‍💻');
});

test('line breaks, control and direction characters become one space', () => {
  expect(plainText('\u202EAnna\r\n\u0007Smith\u2066', 50)).toBe('Anna Smith');
});

test('a long text is cut without breaking a character in two', () => {
  expect(plainText('😀😀😀😀', 3)).toBe('😀😀…');
  expect(plainText('x'.repeat(100_000), 5)).toBe('xxxx…');
});

test('half a character is replaced', () => {
  expect(plainText('a\uD800b', 5)).toBe('a\uFFFDb');
});
