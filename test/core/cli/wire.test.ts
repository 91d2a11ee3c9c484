import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_TEXT } from '../../../src/core/cli/command-line.ts';
import { MAX_LINE, readAnswer, readRequest, writeAnswer, writeRequest } from '../../../src/core/cli/wire.ts';

test('reads the requests and answers that the other side writes', () => {
  const request = { token: 'secret', command: { name: 'dial', text: 'tel:1\n"2"' } } as const;
  expect(readRequest(writeRequest(request).trimEnd())).toEqual(request);
  const answer = { exit: 1, text: 'That is\nrefused.' };
  expect(readAnswer(writeAnswer(answer).trimEnd())).toEqual(answer);
});

test('a text of the maximum length fits into one line, even if all of it is escaped', () => {
  const text = '\u0007'.repeat(MAX_TEXT);
  expect(writeRequest({ token: 'x'.repeat(200), command: { name: 'dial', text } }).length).toBeLessThan(MAX_LINE);
});

test.each([
  ['another version', { v: 2, token: 't', command: { name: 'show' } }],
  ['no token', { v: 1, command: { name: 'show' } }],
  ['an unknown command', { v: 1, token: 't', command: { name: 'quit' } }],
  ['a text that is a number', { v: 1, token: 't', command: { name: 'dial', text: 5 } }],
  ['a text that is too long', { v: 1, token: 't', command: { name: 'dial', text: '1'.repeat(MAX_TEXT + 1) } }],
  ['an unknown field', { v: 1, token: 't', command: { name: 'show', text: '1' } }],
])('rejects a request with %s', (_what, value) => {
  expect(readRequest(JSON.stringify(value))).toBeNull();
});

test('rejects every random line without throwing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
      expect(readRequest(line)).toBeNull();
      readAnswer(line);
    }),
  );
});
