import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_TEXT } from '../../../src/core/cli/command-line.ts';
import { MAX_LINE, readAnswer, readRequest, writeAnswer, writeRequest } from '../../../src/core/cli/wire.ts';

test('what one side writes the other reads', () => {
  const request = { token: 'secret', command: { name: 'dial', text: 'tel:1\n"2"' } } as const;
  expect(readRequest(writeRequest(request).trimEnd())).toEqual(request);
  const answer = { exit: 1, text: 'That is\nrefused.' };
  expect(readAnswer(writeAnswer(answer).trimEnd())).toEqual(answer);
});

test('the longest text fits into the longest line, whatever it consists of', () => {
  const text = '\u0007'.repeat(MAX_TEXT);
  expect(writeRequest({ token: 'x'.repeat(200), command: { name: 'dial', text } }).length).toBeLessThan(MAX_LINE);
});

test.each([
  ['another version', { v: 2, token: 't', command: { name: 'show' } }],
  ['no token', { v: 1, command: { name: 'show' } }],
  ['an unknown command', { v: 1, token: 't', command: { name: 'quit' } }],
  ['a number that is none', { v: 1, token: 't', command: { name: 'dial', text: 5 } }],
  ['a text that is too long', { v: 1, token: 't', command: { name: 'dial', text: '1'.repeat(MAX_TEXT + 1) } }],
  ['something riding on it', { v: 1, token: 't', command: { name: 'show', text: '1' } }],
])('%s is no request', (_what, value) => {
  expect(readRequest(JSON.stringify(value))).toBeNull();
});

test('no line makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
      expect(readRequest(line)).toBeNull();
      readAnswer(line);
    }),
  );
});
