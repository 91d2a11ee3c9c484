import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dialRulesOf } from '../../../src/core/settings/dial-rules-of.ts';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import { applyPatch, readSettings } from '../../../src/core/settings/read-settings.ts';
import type { SettingProblem } from '../../../src/shared/errors.ts';
import { SETTINGS_VERSION, settingsSchema } from '../../../src/core/settings/schema.ts';
import { DEFAULT_EXTENSIONS, type DialRule } from '../../../src/shared/dial-rules.ts';
import type { Settings } from '../../../src/shared/settings.ts';

const RULE: DialRule = {
  id: 'rule-1',
  name: 'Outside line',
  enabled: true,
  target: 'pattern',
  pattern: '\\+49([0-9]+)',
  form: 'replacement',
  replacement: '0$1',
  internationalPrefix: '00',
  outsidePrefix: '9',
  trunk: 'Main',
  callerId: '100',
};

/** A file in which every value differs from its default. */
const CHOSEN: Settings = {
  polling: { intervalSeconds: 30, requestsPerMinute: 30 },
  notifications: {
    incoming: false,
    missed: false,
    calls: { internal: false, external: false, queue: false },
    quiet: { on: true, from: '20:00', until: '06:30', days: ['saturday', 'sunday'] },
    people: [{ number: '+12015550100', name: 'Anna Berg', notify: 'never' }],
    sound: false,
    favouritesAlways: true,
    backend: 'node-notifier',
  },
  dialling: {
    confirm: {
      typed: 'ask',
      dialled: 'ask',
      favourite: 'undo',
      caller: 'ask',
      history: 'ask',
      directory: 'ask',
      link: 'undo',
      clipboard: 'undo',
      command: 'undo',
    },
    guards: {
      rewritten: false,
      'premium-rate': false,
      satellite: false,
      unassigned: false,
      'foreign-host': false,
      distant: false,
      stranger: false,
      'on-the-phone': false,
      repeated: false,
      'in-a-call': false,
    },
    country: 'DE',
    areaCode: '30',
    extensions: '[1-4][0-9]{2}',
    rules: [RULE],
    options: {
      sendSdp: false,
      callerDisplayName: 'Reception',
      trunk: 'Main',
      rewriteFrom: '100',
      rewritePai: '101',
      rewriteRpi: '102',
      userData: 'data',
      target: 'target',
      targetInstanceId: 'instance',
      targetExtensionNumber: '1001',
      additionalHeader: 'CALL_INFO',
      headerDirection: 'ALL',
    },
  },
  history: { keepDays: 30 },
  identity: { ownNumbers: ['+49 (30) 123456', '1002'], callFrom: '1003' },
  appearance: { theme: 'dark', textSize: 150, trayIcon: 'colour', language: 'de' },
  shortcut: { accelerator: 'Control+Alt+D', from: 'selection' },
  startup: { openAtLogin: true, startHidden: true },
  trust: { authoritiesFile: '/etc/pbx/ca.pem' },
  secrets: { weakStorage: 'never', keepPassword: true },
};

/** The file with the value at a path replaced. */
function fileWith(path: string, value: unknown): unknown {
  const file: unknown = { version: SETTINGS_VERSION, ...structuredClone(CHOSEN) };
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce((at, key) => (at as Record<string, unknown>)[key], file) as Record<string, unknown>;
  holder[last] = value;
  return file;
}

const at = (settings: Settings, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], settings);

/** Every setting by its path. */
const LEAVES = leaves(CHOSEN, '');

function leaves(value: object, path: string): string[] {
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? leaves(inner, `${path}${key}.`)
      : [`${path}${key}`],
  );
}

test('the defaults are valid and have the documented values', () => {
  expect(settingsSchema.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
  expect(DEFAULT_SETTINGS).toMatchObject({
    polling: { intervalSeconds: 5, requestsPerMinute: 20 },
    notifications: { incoming: true, missed: true, backend: 'auto', quiet: { on: false }, favouritesAlways: false },
    dialling: {
      confirm: { typed: 'at-once', link: 'ask', dialled: 'at-once', caller: 'undo' },
      options: { sendSdp: true, headerDirection: 'CALLER' },
    },
    appearance: { theme: 'system', textSize: 100, trayIcon: 'auto', language: 'system' },
    startup: { openAtLogin: false, startHidden: false },
    trust: { authoritiesFile: '' },
    secrets: { weakStorage: 'ask', keepPassword: false },
  });
});

test('uses the defaults at a first start, without a problem', () => {
  for (const nothing of [undefined, {}]) {
    expect(readSettings(nothing)).toEqual({ settings: DEFAULT_SETTINGS, problems: [], newer: false });
  }
});

test('reads a valid file unchanged', () => {
  const file: unknown = JSON.parse(JSON.stringify({ version: SETTINGS_VERSION, ...CHOSEN }));
  expect(readSettings(file)).toEqual({ settings: CHOSEN, problems: [], newer: false });
});

test.each(LEAVES)('replaces an invalid %s by its default, reports it, and keeps everything else', (path) => {
  const { settings, problems } = readSettings(fileWith(path, { not: 'valid' }));
  expect(problems).toEqual([path]);
  expect(at(settings, path)).toEqual(at(DEFAULT_SETTINGS, path));
  for (const other of LEAVES) if (other !== path) expect(at(settings, other)).toEqual(at(CHOSEN, other));
});

test.each(LEAVES)('uses the default of a missing %s, without a problem', (path) => {
  const file = JSON.parse(JSON.stringify(fileWith(path, undefined))) as unknown;
  const { settings, problems } = readSettings(file);
  expect(problems).toEqual([]);
  expect(at(settings, path)).toEqual(at(DEFAULT_SETTINGS, path));
});

test('replaces an invalid group as a whole', () => {
  const { settings, problems } = readSettings({ ...CHOSEN, appearance: 'dark' });
  expect(settings).toEqual({ ...CHOSEN, appearance: DEFAULT_SETTINGS.appearance });
  expect(problems).toEqual(['appearance']);
});

test.each([
  [true, 'ask', []],
  [false, 'undo', []],
  ['perhaps', 'ask', ['dialling.confirm.link']],
])('reads a file of the first version with confirmLinks %j', (confirmLinks, link, problems) => {
  const read = readSettings({ version: 1, dialling: { confirmLinks, country: 'DE' } });
  expect(read.problems).toEqual(problems);
  expect(read.settings.dialling).toEqual({
    ...DEFAULT_SETTINGS.dialling,
    country: 'DE',
    confirm: { ...DEFAULT_SETTINGS.dialling.confirm, link },
  });
});

test('drops invalid own numbers and keeps the others', () => {
  const { settings, problems } = readSettings(fileWith('identity.ownNumbers', ['1002', 5, 'Anna', '+49 30 1']));
  expect(settings.identity.ownNumbers).toEqual(['1002', '+49 30 1']);
  expect(problems).toEqual(['identity.ownNumbers.1', 'identity.ownNumbers.2']);
});

test('drops invalid dial rules and keeps the others', () => {
  const list = [RULE, { ...RULE, id: 'b', pattern: '(' }, { ...RULE, id: 'c' }, RULE, { name: 'half' }];
  const { settings, problems } = readSettings(fileWith('dialling.rules', list));
  expect(settings.dialling.rules.map(({ id }) => id)).toEqual(['rule-1', 'c']);
  expect(problems).toEqual(['dialling.rules.1', 'dialling.rules.3', 'dialling.rules.4']);
});

test('reads a file from before dial rules existed, with its country', () => {
  const { confirm, guards, country, options } = CHOSEN.dialling;
  const { settings, problems } = readSettings({ ...CHOSEN, dialling: { confirm, guards, country, options } });
  expect(problems).toEqual([]);
  expect(dialRulesOf(settings)).toEqual({ country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS, rules: [] });
});

test('drops unknown keys', () => {
  const file = JSON.parse('{"__proto__":{"polluted":1},"polling":{"intervalSeconds":9,"x":1},"other":2}') as unknown;
  const { settings, problems } = readSettings(file);
  expect(settings).toEqual({ ...DEFAULT_SETTINGS, polling: { ...DEFAULT_SETTINGS.polling, intervalSeconds: 9 } });
  expect(problems).toEqual([]);
  expect({}).not.toHaveProperty('polluted');
});

test('uses the known settings of a file of a later version, and reports the version', () => {
  const file = {
    ...CHOSEN,
    version: SETTINGS_VERSION + 1,
    appearance: { theme: 'sepia', trayIcon: 'colour' },
  };
  const { settings, problems, newer } = readSettings(file);
  expect(newer).toBe(true);
  expect(settings).toEqual({ ...CHOSEN, appearance: { ...DEFAULT_SETTINGS.appearance, trayIcon: 'colour' } });
  expect(problems).toEqual(['appearance.theme']);
});

test('reports an invalid version, and uses the values', () => {
  expect(readSettings({ ...CHOSEN, version: 'two' })).toEqual({
    settings: CHOSEN,
    problems: ['version'],
    newer: false,
  });
});

test.each([[null], [[]], ['text'], [5], [true]])('reports the whole file if it contains %j', (raw) => {
  expect(readSettings(raw)).toEqual({ settings: DEFAULT_SETTINGS, problems: ['(the whole file)'], newer: false });
});

test('reads valid settings from any file, which can be changed', () => {
  const values = fc.oneof(fc.jsonValue(), fc.constantFrom(...LEAVES.map((path) => at(CHOSEN, path))));
  fc.assert(
    fc.property(fc.constantFrom('version', ...Object.keys(CHOSEN), ...LEAVES), values, (path, value) => {
      const { settings } = readSettings(fileWith(path, value));
      expect(settingsSchema.safeParse(settings).success).toBe(true);
      expect(applyPatch(settings, { polling: { intervalSeconds: 60 } }).ok).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('changing the settings that were read does not change the defaults', () => {
  readSettings(undefined).settings.identity.ownNumbers.push('1');
  readSettings({}).settings.identity.ownNumbers.push('1');
  readSettings(null).settings.dialling.options.trunk = 'changed';
  expect(readSettings(undefined).settings).toEqual(DEFAULT_SETTINGS);
  expect(DEFAULT_SETTINGS.identity.ownNumbers).toEqual([]);
});

test('a change of one key keeps everything else', () => {
  expect(applyPatch(CHOSEN, { appearance: { theme: 'light' }, polling: { intervalSeconds: 2 } })).toEqual({
    ok: true,
    value: {
      ...CHOSEN,
      appearance: { ...CHOSEN.appearance, theme: 'light' },
      polling: { ...CHOSEN.polling, intervalSeconds: 2 },
    },
  });
});

test('three changes to different fields of one group are all kept', () => {
  const patches = [{ trunk: 'Berlin' }, { target: '1002' }, { sendSdp: false }];
  const settings = patches.reduce((before, options) => {
    const next = applyPatch(before, { dialling: { options } });
    return next.ok ? next.value : before;
  }, CHOSEN);
  const options = { ...CHOSEN.dialling.options, trunk: 'Berlin', target: '1002', sendSdp: false };
  expect(settings).toEqual({ ...CHOSEN, dialling: { ...CHOSEN.dialling, options } });
});

test('a list is replaced as a whole', () => {
  const next = applyPatch(CHOSEN, { identity: { ownNumbers: ['7'] }, dialling: { rules: [] } });
  expect(next).toMatchObject({ ok: true, value: { identity: { ownNumbers: ['7'] }, dialling: { rules: [] } } });
});

test('does not modify the settings that it is given', () => {
  const before = structuredClone(CHOSEN);
  applyPatch(before, { appearance: { theme: 'light' } });
  expect(before).toEqual(CHOSEN);
});

test('an empty change and undefined keys change nothing', () => {
  for (const patch of [{}, { polling: {} }, { polling: undefined }, { polling: { intervalSeconds: undefined } }]) {
    expect(applyPatch(CHOSEN, patch)).toEqual({ ok: true, value: CHOSEN });
  }
});

test.each<[patch: unknown, key: string]>([
  [{ polling: { intervalSeconds: 1 } }, 'polling.intervalSeconds'],
  [{ polling: { intervalSeconds: 301 } }, 'polling.intervalSeconds'],
  [{ polling: { intervalSeconds: 2.5 } }, 'polling.intervalSeconds'],
  [{ polling: { intervalSeconds: '5' } }, 'polling.intervalSeconds'],
  [{ polling: { interval: 5 } }, 'polling.interval'],
  [{ polling: 5 }, 'polling'],
  [{ polling: null }, 'polling'],
  [{ colour: {} }, 'colour'],
  [{ dialling: { country: 'de' } }, 'dialling.country'],
  [{ dialling: { areaCode: '0 30' } }, 'dialling.areaCode'],
  [{ dialling: { extensions: '(' } }, 'dialling.extensions'],
  [{ dialling: { rules: [RULE, { ...RULE, id: 'b', pattern: '(' }] } }, 'dialling.rules.1.pattern'],
  [{ dialling: { rules: [RULE, RULE] } }, 'dialling.rules.1.id'],
  [{ dialling: { rules: [{ ...RULE, extra: 1 }] } }, 'dialling.rules.0.extra'],
  [{ dialling: { options: 'x' } }, 'dialling.options'],
  [{ dialling: { guards: { distant: 1 } } }, 'dialling.guards.distant'],
  [
    { dialling: { options: { ...CHOSEN.dialling.options, rewriteFrom: 'x'.repeat(17) } } },
    'dialling.options.rewriteFrom',
  ],
  [{ dialling: { options: { ...CHOSEN.dialling.options, extra: 1 } } }, 'dialling.options.extra'],
  [{ identity: { ownNumbers: ['1001', 'Anna'] } }, 'identity.ownNumbers.1'],
  [{ identity: { callFrom: 'Anna' } }, 'identity.callFrom'],
  [{ constructor: {} }, 'constructor'],
  [JSON.parse('{"__proto__":{"polling":1}}'), '__proto__'],
  [JSON.parse('{"polling":{"__proto__":1}}'), 'polling.__proto__'],
  [{ [`\n\u202E${'x'.repeat(200)}`]: {} }, 'x'.repeat(80)],
  [null, 'not a set of settings'],
  [[], 'not a set of settings'],
  ['polling', 'not a set of settings'],
])('refuses the change %j and names %s', (patch, key) => {
  expect(applyPatch(CHOSEN, patch)).toMatchObject({ ok: false, error: { code: 'settings-invalid', detail: key } });
});

test.each<[unknown, SettingProblem]>([
  [{ polling: { intervalSeconds: 1 } }, { setting: 'polling.intervalSeconds', min: 2, max: 300 }],
  [{ polling: { intervalSeconds: NaN } }, { setting: 'polling.intervalSeconds', min: 2, max: 300 }],
  [{ identity: { callFrom: 'Desk' } }, { setting: 'identity.callFrom' }],
  [{ identity: { ownNumbers: ['1001', 'x'] } }, { setting: 'identity.ownNumbers' }],
  [{ identity: { ownNumbers: Array.from({ length: 51 }, () => '1001') } }, { setting: 'identity.ownNumbers', max: 50 }],
  [
    { dialling: { options: { ...CHOSEN.dialling.options, rewriteFrom: '1'.repeat(17) } } },
    { setting: 'dialling.options.rewriteFrom', max: 16 },
  ],
  [{ dialling: { options: { ...CHOSEN.dialling.options, trunk: 'a\nb' } } }, { setting: 'dialling.options.trunk' }],
  [{ appearance: { theme: 'pink' } }, { setting: 'appearance.theme' }],
])('refuses %j with the setting and its limits', (patch, params) => {
  expect(applyPatch(CHOSEN, patch)).toMatchObject({ ok: false, error: { code: 'settings-invalid', params } });
});
