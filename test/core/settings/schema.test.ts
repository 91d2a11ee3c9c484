import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Store from 'electron-store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import { SETTINGS_VERSION, settingsJsonSchema } from '../../../src/core/settings/schema.ts';
import type { Settings } from '../../../src/shared/settings.ts';

type File = Settings & { version: number };

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'traydial-settings-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Opens settings.json with the real electron-store, after writing `file` to it. */
function open(file: unknown): Store<File> {
  writeFileSync(join(directory, 'settings.json'), JSON.stringify(file));
  return new Store<File>({ name: 'settings', cwd: directory, schema: settingsJsonSchema() });
}

const good: File = { version: SETTINGS_VERSION, ...DEFAULT_SETTINGS };

test('electron-store opens a file of settings and writes it back', () => {
  const store = open(good);
  store.store = { ...good, appearance: { theme: 'dark', trayIcon: 'auto' } };
  const written = JSON.parse(readFileSync(store.path, 'utf8')) as unknown;
  expect(written).toEqual({ ...good, appearance: { theme: 'dark', trayIcon: 'auto' } });
});

test.each<[string, Record<string, unknown>]>([
  ['polling/intervalSeconds', { polling: { intervalSeconds: 1 } }],
  ['polling', { polling: { intervalSeconds: 5, x: 1 } }],
  ['notifications/backend', { notifications: { incoming: true, missed: true, backend: 'growl' } }],
  ['dialling/country', { dialling: { ...DEFAULT_SETTINGS.dialling, country: 'Germany' } }],
  [
    'dialling/options/trunk',
    { dialling: { ...DEFAULT_SETTINGS.dialling, options: { ...DEFAULT_SETTINGS.dialling.options, trunk: 'a\nb' } } },
  ],
  ['dialling/rules/0', { dialling: { ...DEFAULT_SETTINGS.dialling, rules: [{ name: 'half a rule' }] } }],
  ['identity/ownNumbers/0', { identity: { ownNumbers: ['Anna'], callFrom: '' } }],
  ['appearance', { appearance: 'dark' }],
  ['version', { version: 0 }],
])('electron-store refuses a bad %s', (path, change) => {
  expect(() => open({ ...good, ...change })).toThrow(path);
});

test('every group of the settings is an object schema', () => {
  const { version, ...groups } = settingsJsonSchema();
  expect(version).toEqual({ type: 'integer', minimum: 1 });
  expect(Object.keys(groups).sort()).toEqual(Object.keys(DEFAULT_SETTINGS).sort());
  for (const group of Object.values(groups)) expect(group).toMatchObject({ type: 'object', properties: {} });
});
