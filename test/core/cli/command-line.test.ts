import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCommandLine, type CommandLine } from '../../../src/core/cli/command-line.ts';

const read = (...args: string[]): CommandLine => readCommandLine(args);
const link = (text: string): CommandLine => ({ type: 'start', link: text });

test.each<[string[], CommandLine]>([
  [[], { type: 'start', link: null }],
  [['dial', '+1 201 555 0123'], { type: 'command', command: { name: 'dial', text: '+1 201 555 0123' } }],
  [['dial', '+1', '201', '555', '0123'], { type: 'command', command: { name: 'dial', text: '+1 201 555 0123' } }],
  [['dial', 'tel:1002'], { type: 'command', command: { name: 'dial', text: 'tel:1002' } }],
  [['dial', '030', '12345', '-67'], { type: 'command', command: { name: 'dial', text: '030 12345 -67' } }],
  [['dial', '-', '1002'], { type: 'command', command: { name: 'dial', text: '- 1002' } }],
  [['hangup'], { type: 'command', command: { name: 'hangup' } }],
  [['why'], { type: 'command', command: { name: 'why', number: '' } }],
  [['why', '+1', '201', '555', '0123'], { type: 'command', command: { name: 'why', number: '+1 201 555 0123' } }],
  [['why', '--help'], { type: 'help' }],
  [['show'], { type: 'command', command: { name: 'show' } }],
  [['explain', 'call 1002'], { type: 'explain', text: 'call 1002' }],
  [['help'], { type: 'help' }],
  [['--help'], { type: 'help' }],
  [['-h'], { type: 'help' }],
  [['dial', '--help'], { type: 'help' }],
  [['--version'], { type: 'version' }],
])('%j', (args, expected) => {
  expect(readCommandLine(args)).toEqual(expected);
});

test('ignores switches of Chromium and Electron at any position', () => {
  expect(read('--no-sandbox', '--ozone-platform=wayland', 'dial', '--enable-features=A,B', '1002')).toEqual({
    type: 'command',
    command: { name: 'dial', text: '1002' },
  });
  expect(read('.', '/opt/Traydial', 'C:\\Traydial', '--hidden')).toEqual({ type: 'start', link: null });
});

test.each([
  ['an unknown word', ['ring', '1002']],
  ['a number without a sub-command', ['1002']],
  ['an unknown word before a sub-command', ['foo_1', 'show']],
  ['a missing number', ['dial']],
  ['a blank number', ['dial', ' ']],
  ['an argument after hangup', ['hangup', '1002']],
  ['a link after a sub-command without arguments', ['hangup', 'tel:1002']],
  ['a number that is too long', ['dial', '1'.repeat(5000)]],
  ['a number that is too long to explain', ['why', '1'.repeat(201)]],
])('shows the usage for %s', (_what, args) => {
  expect(readCommandLine(args).type).toBe('usage');
});

describe('links and sub-commands', () => {
  test('ignores sub-commands and switches after a link', () => {
    expect(read('tel:1002', 'hangup')).toEqual(link('tel:1002'));
    expect(read('tel:1002', '--help')).toEqual(link('tel:1002'));
  });

  test('accepts only a link after "--", which Windows inserts before links', () => {
    expect(read('--', 'tel:1002', 'hangup')).toEqual(link('tel:1002'));
    expect(read('--', 'hangup')).toEqual({ type: 'start', link: null });
    expect(read('--', '--help')).toEqual({ type: 'start', link: null });
  });

  test('parses a link as a link, whatever it contains and whatever follows it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('tel:', 'CALLTO:', 'sip:', 'sips:', 'traydial:'),
        fc.string(),
        fc.array(fc.oneof(fc.string(), fc.constantFrom('dial', 'hangup', 'show', '--help', '--', 'tel:911'))),
        (scheme, rest, more) => {
          const parsed = read(`${scheme}${rest}`, ...more);
          expect(parsed.type).toBe('start');
          expect(parsed).toHaveProperty('link', expect.stringMatching(new RegExp(`^${scheme}`)));
        },
      ),
    );
  });

  test('does not throw for any arguments', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (args) => {
        expect(['start', 'command', 'explain', 'help', 'version', 'usage']).toContain(readCommandLine(args).type);
      }),
    );
  });
});
