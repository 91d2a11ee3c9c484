import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { english as messages } from '../../../src/messages/en/command-line.ts';
import { explainHere } from '../../../src/main/cli/explain-here.ts';

let userData: string;

beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'traydial-explain-'));
});

afterEach(() => rmSync(userData, { recursive: true, force: true }));

const write = (name: string, content: object): void => writeFileSync(join(userData, name), JSON.stringify(content));
const dials = (text: string): string | undefined =>
  /dials +(\S+)/.exec(explainHere(text, userData, messages).text)?.[1];

test('reads a national number by the country of the account used last', () => {
  expect(dials('030 12345678')).toBe('03012345678');
  write('state.json', { shownCountries: { 'pbx.example.com alex': ['DE', 'US'], other: ['US'] } });
  expect(dials('030 12345678')).toBe('+493012345678');
});

test('prefers the country that the user chose to the country that the window showed', () => {
  write('state.json', { shownCountries: { other: ['DE'] } });
  write('settings.json', { version: 2, dialling: { country: 'US' } });
  expect(dials('201 555 0123')).toBe('+12015550123');
});

test.each([[], {}, { shownCountries: 7 }, { shownCountries: { a: 'DE' } }, { shownCountries: { a: ['Germany'] } }])(
  'uses no country from a state file that contains %j',
  (content) => {
    write('state.json', content);
    expect(dials('030 12345678')).toBe('03012345678');
  },
);

test('a byte order mark before the settings changes nothing, as in the running program', () => {
  writeFileSync(join(userData, 'settings.json'), '\uFEFF{"version":2,"dialling":{"country":"US"}}');
  expect(dials('201 555 0123')).toBe('+12015550123');
});

test.skipIf(process.platform === 'win32')('does not wait for a pipe in place of a file', () => {
  execFileSync('mkfifo', [join(userData, 'settings.json')]);
  expect(dials('030 12345678')).toBe('03012345678');
});
