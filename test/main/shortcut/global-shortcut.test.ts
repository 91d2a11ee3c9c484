import { beforeEach, expect, test } from 'vitest';
import { clipboardText, isWayland } from '../../../src/main/shortcut/clipboard-text.ts';
import { acceptShortcut } from '../../../src/main/shortcut/accept-shortcut.ts';
import { GlobalShortcut } from '../../../src/main/shortcut/global-shortcut.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** As Electron: one callback for each combination, and none for what others have. */
class Keyboard {
  readonly held = new Map<string, () => void>();
  taken = new Set<string>();

  register(accelerator: string, press: () => void): boolean {
    if (accelerator.endsWith('F24')) throw new TypeError('conversion failure');
    if (this.taken.has(accelerator)) return false;
    this.held.set(accelerator, press);
    return true;
  }
  unregister(accelerator: string): void {
    this.held.delete(accelerator);
  }
  press(accelerator: string): void {
    this.held.get(accelerator)?.();
  }
}

let keyboard: Keyboard;
let clock: ManualClock;
let dialled: number;

beforeEach(() => {
  keyboard = new Keyboard();
  clock = new ManualClock();
  dialled = 0;
});

function open(wayland = false): GlobalShortcut {
  const options = { electron: keyboard, platform: 'linux', wayland, clock, onChange: () => {} } as const;
  return new GlobalShortcut({ ...options, onPress: () => void (dialled += 1) });
}

test('it dials when it is pressed, until another one takes its place', () => {
  const shortcut = open();
  expect(shortcut.status.state).toBe('off');
  shortcut.use('Control+Alt+D');
  expect(shortcut.status.state).toBe('registered');
  keyboard.press('Control+Alt+D');
  shortcut.use('F9');
  expect([...keyboard.held.keys()]).toEqual(['F9']);
  shortcut.use('');
  expect([...keyboard.held.keys()]).toEqual([]);
  expect(shortcut.status.state).toBe('off');
  expect(dialled).toBe(1);
});

test.each([
  ['another program has it', 'Control+Alt+D', 'taken'],
  ['this keyboard cannot', 'Alt+F24', 'taken'],
  ['every program needs it', 'Control+C', 'reserved'],
] as const)('%s', (_why, accelerator, state) => {
  keyboard.taken.add('Control+Alt+D');
  const shortcut = open();
  shortcut.use(accelerator);
  expect(shortcut.status.state).toBe(state);
  expect(keyboard.held.size).toBe(0);
});

test('on Wayland it is proven only once it was heard', () => {
  const shortcut = open(true);
  shortcut.use('Control+Alt+D');
  expect(shortcut.status.state).toBe('unproven');
  keyboard.press('Control+Alt+D');
  expect(shortcut.status.state).toBe('registered');
  shortcut.use('');
  expect(keyboard.held.size).toBe(0);
});

test('a test hears the press and dials nothing', async () => {
  const shortcut = open();
  shortcut.use('F9');
  const heard = shortcut.test();
  keyboard.press('F9');
  expect(await heard).toBe(true);
  expect(dialled).toBe(0);
  keyboard.press('F9');
  expect(dialled).toBe(1);
});

test('a test gives up after ten seconds; a second one ends the first', async () => {
  const shortcut = open();
  shortcut.use('F9');
  const first = shortcut.test();
  const second = shortcut.test();
  expect(await first).toBe(false);
  await clock.advance(10_000);
  expect(await second).toBe(false);
  keyboard.press('F9');
  expect(dialled).toBe(1);
});

test('while another one is being chosen the old one is free, for half a minute at most', async () => {
  const shortcut = open();
  shortcut.use('F9');
  shortcut.record(true);
  expect(keyboard.held.size).toBe(0);
  await clock.advance(30_000);
  expect([...keyboard.held.keys()]).toEqual(['F9']);
  shortcut.record(true);
  shortcut.use('F8');
  shortcut.record(false);
  expect([...keyboard.held.keys()]).toEqual(['F8']);
});

const place = (text: string) => ({ readText: () => Promise.resolve(text) });

test('the selection is read where the system has one, and a clipboard that cannot be read is empty', async () => {
  const clipboard = { ...place('copied'), selection: place('selected') };
  expect(await clipboardText(clipboard, 'selection', 'linux')).toBe('selected');
  expect(await clipboardText(clipboard, 'clipboard', 'linux')).toBe('copied');
  expect(await clipboardText(clipboard, 'selection', 'win32')).toBe('copied');
  expect(await clipboardText({ readText: () => Promise.reject(new Error('busy')) }, 'clipboard', 'win32')).toBe('');
  expect((await clipboardText(place('1'.repeat(1_000_000)), 'clipboard', 'win32')).length).toBe(100_001);
});

test('Wayland is known by its session', () => {
  expect(isWayland({ XDG_SESSION_TYPE: 'wayland' })).toBe(true);
  expect(isWayland({ WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(isWayland({ XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: '' })).toBe(false);
});

test('a change of settings is written the usual way, or refused', () => {
  const patch = { shortcut: { accelerator: 'Alt+Control+D' } };
  expect(acceptShortcut(patch, 'linux')).toEqual({ ok: true, value: { shortcut: { accelerator: 'Control+Alt+D' } } });
  expect(acceptShortcut({ shortcut: { accelerator: 'Control+C' } }, 'linux')).toMatchObject({
    error: { code: 'shortcut-reserved' },
  });
  expect(acceptShortcut({ polling: { intervalSeconds: 5 } }, 'linux').ok).toBe(true);
});
