import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownLanguage } from '../../src/main/own-language.ts';

let userData: string;

beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'traydial-language-'));
});

afterEach(() => rmSync(userData, { recursive: true, force: true }));

const languageWith = (settings: unknown, system: string[]): string => {
  writeFileSync(join(userData, 'settings.json'), JSON.stringify(settings));
  return ownLanguage({ getPath: () => userData, getPreferredSystemLanguages: () => system });
};

test('a sub-command prints in the language that the user chose', () => {
  expect(languageWith({ appearance: { language: 'de' } }, ['en-US'])).toBe('de');
  expect(languageWith({ appearance: { language: 'en' } }, ['de-AT'])).toBe('en');
});

test.each([[{ appearance: { language: 'system' } }], [{ appearance: 7 }], [{}], [null], [[]]])(
  "a sub-command prints in the system's language if the settings contain %j",
  (settings) => {
    expect(languageWith(settings, ['fr-FR', 'de-AT'])).toBe('de');
    expect(languageWith(settings, ['fr-FR'])).toBe('en');
  },
);

test('a byte order mark before the settings changes nothing', () => {
  writeFileSync(join(userData, 'settings.json'), '\uFEFF{"appearance":{"language":"de"}}');
  expect(ownLanguage({ getPath: () => userData, getPreferredSystemLanguages: () => ['en-US'] })).toBe('de');
});

test.skipIf(process.platform === 'win32')(
  'a sub-command does not wait for a pipe in place of the settings file',
  () => {
    execFileSync('mkfifo', [join(userData, 'settings.json')]);
    expect(ownLanguage({ getPath: () => userData, getPreferredSystemLanguages: () => ['de-AT'] })).toBe('de');
  },
);
