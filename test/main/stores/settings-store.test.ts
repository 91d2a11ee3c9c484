import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../support/silent-log.ts';
import { SETTINGS_VERSION } from '../../../src/core/settings/schema.ts';
import { SettingsStore } from '../../../src/main/stores/settings-store.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { Notices } from '../../support/notices.ts';

let folder: string;
let notices: Notices;
function open(): SettingsStore {
  notices = new Notices();
  const store = new SettingsStore(folder, new ManualClock(), silentLog, notices);
  store.settle();
  return store;
}
const write = (text: string) => writeFileSync(join(folder, 'settings.json'), text);
const read = (name = 'settings.json') =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a first start has the defaults and no notice', () => {
  const store = open();
  expect(notices.lines).toEqual([]);
  expect(store.get().polling.intervalSeconds).toBe(5);
  expect(store.get().dialling.confirm.link).toBe('ask');
});

test('a change survives a restart', () => {
  expect(open().change({ polling: { intervalSeconds: 30 } }).ok).toBe(true);
  expect(open().get().polling.intervalSeconds).toBe(30);
});

test('an invalid change is rejected and changes no setting', () => {
  const store = open();
  expect(store.change({ polling: { intervalSeconds: 0 } })).toMatchObject({
    ok: false,
    error: { code: 'settings-invalid' },
  });
  expect(store.get().polling.intervalSeconds).toBe(5);
  expect(open().get().polling.intervalSeconds).toBe(5);
});

test('a file that is not JSON is kept aside, reported and replaced by the defaults', () => {
  write('{ "polling": ');
  const store = open();
  expect(notices.lines).toEqual([
    'settings-broken: Your settings were damaged. The defaults are in use. ' +
      'Copy: settings.broken-2026-01-05T09-00-00.json',
  ]);
  expect(readFileSync(join(folder, 'settings.broken-2026-01-05T09-00-00.json'), 'utf8')).toBe('{ "polling": ');
  expect(store.get().polling.intervalSeconds).toBe(5);
});

test('an invalid value is the only one that is reset; the file is kept aside and the notice names the value', () => {
  write(JSON.stringify({ version: 1, polling: { intervalSeconds: -5 }, appearance: { theme: 'dark' } }));
  const store = open();
  expect(notices.lines).toEqual([expect.stringContaining('These have their defaults again: polling.intervalSeconds.')]);
  expect(store.get().appearance.theme).toBe('dark');
  expect(store.get().polling.intervalSeconds).toBe(5);
  expect(readdirSync(folder).some((name) => name.includes('broken'))).toBe(true);
  open();
  expect(notices.lines).toEqual([]);
});

test('the written file has the documented format', () => {
  open().change({ appearance: { theme: 'light' } });
  expect(read()).toMatchObject({ version: SETTINGS_VERSION, appearance: { theme: 'light' } });
});
