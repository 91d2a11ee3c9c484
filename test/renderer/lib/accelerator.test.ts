import { expect, test } from 'vitest';
import { acceleratorOf, shownAccelerator } from '../../../src/renderer/lib/accelerator.ts';

const press = (key: string, more: Partial<Parameters<typeof acceleratorOf>[0]> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...more,
});

test.each([
  [press('d', { ctrlKey: true, altKey: true }), 'Control+Alt+D'],
  [press('D', { ctrlKey: true, shiftKey: true }), 'Control+Shift+D'],
  [press('7', { metaKey: true, altKey: true }), 'Alt+Super+7'],
  [press('F9'), 'F9'],
  [press(' ', { altKey: true }), 'Alt+Space'],
  [press('d'), 'D'],
  [press('Control', { ctrlKey: true }), null],
  [press('ä', { ctrlKey: true, code: 'Quote' }), null],
])('%j', (pressed, accelerator) => {
  expect(acceleratorOf(pressed, false)).toBe(accelerator);
});

test('identifies a key by its position if a modifier changes its character', () => {
  expect(acceleratorOf(press('∂', { altKey: true, metaKey: true, code: 'KeyD' }), true)).toBe('Alt+Command+D');
  expect(acceleratorOf(press('z', { ctrlKey: true, code: 'KeyY' }), false)).toBe('Control+Z');
});

test('shows keys by the names printed on them', () => {
  expect(shownAccelerator('Control+Alt+D', false, { control: 'Strg', system: 'System key' })).toBe('Strg + Alt + D');
  expect(shownAccelerator('Alt+Command+D', true, { control: 'Ctrl', system: 'System key' })).toBe(
    'Option + Command + D',
  );
});
