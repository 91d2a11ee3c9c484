import { expect, test } from 'vitest';
import { readAccelerator } from '../../../src/core/shortcut/accelerator.ts';

test.each([
  ['', ''],
  ['Control+Alt+D', 'Control+Alt+D'],
  ['Alt+Control+D', 'Control+Alt+D'],
  ['F9', 'F9'],
  ['Shift+F9', 'Shift+F9'],
  ['Super+Shift+7', 'Shift+Super+7'],
])('normalises "%s" to "%s"', (text, written) => {
  expect(readAccelerator(text, 'linux')).toEqual({ ok: true, value: written });
});

test.each([
  'D',
  'Shift+D',
  'Control',
  'Control+',
  '+D',
  'Control+Control+D',
  'Control+Ä',
  'Ctrl+D',
  'Alt+F25',
  ' Alt+D',
])('refuses "%s" as a shortcut', (text) => {
  expect(readAccelerator(text, 'linux')).toMatchObject({ error: { code: 'shortcut-invalid' } });
});

test.each([
  ['linux', 'Control+C'],
  ['win32', 'Control+V'],
  ['linux', 'Shift+Control+V'],
  ['win32', 'Alt+F4'],
  ['win32', 'Super+D'],
  ['darwin', 'Command+C'],
  ['darwin', 'Command+Space'],
] as const)('on %s, refuses %s, which the system or other programs use', (platform, text) => {
  expect(readAccelerator(text, platform)).toMatchObject({ error: { code: 'shortcut-reserved' } });
});

test('accepts a shortcut that only another system uses', () => {
  expect(readAccelerator('Control+C', 'darwin').ok).toBe(true);
});
