import { beforeEach, describe, expect, test } from 'vitest';
import { acceptShortcut } from '../../../src/main/shortcut/accept-shortcut.ts';
import { GlobalShortcut } from '../../../src/main/shortcut/global-shortcut.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** Like Electron: one callback for each combination, and none for those of other programs. */
class Keyboard {
  readonly held = new Map<string, () => void>();
  taken = new Set<string>();
  /** The combinations that were registered, in order. */
  readonly registered: string[] = [];
  suspended = false;

  register(accelerator: string, press: () => void): boolean {
    if (accelerator.endsWith('F24')) throw new TypeError('conversion failure');
    if (this.taken.has(accelerator)) return false;
    this.held.set(accelerator, press);
    return true;
  }
  unregister(accelerator: string): void {
    this.held.delete(accelerator);
  }
  setSuspended(suspended: boolean): void {
    this.suspended = suspended;
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

test('a shortcut dials when it is pressed, until it is replaced', () => {
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

describe('on Wayland, whose portal accepts every shortcut and unregisters none', () => {
  const portal = (): Keyboard => {
    keyboard.register = (accelerator, press) => {
      keyboard.registered.push(accelerator);
      keyboard.held.set(accelerator, press);
      return true;
    };
    keyboard.unregister = () => {};
    return keyboard;
  };

  test('a shortcut is proven only after it was pressed', () => {
    portal();
    const shortcut = open(true);
    shortcut.use('Control+Alt+D');
    expect(shortcut.status.state).toBe('unproven');
    keyboard.press('Control+Alt+D');
    expect(shortcut.status.state).toBe('registered');
  });

  test('a shortcut that was changed or switched off does not dial', () => {
    portal();
    const shortcut = open(true);
    shortcut.use('F8');
    shortcut.use('F9');
    keyboard.press('F8');
    expect(dialled).toBe(0);
    keyboard.press('F9');
    expect(dialled).toBe(1);
    shortcut.use('');
    keyboard.press('F9');
    expect([dialled, shortcut.status.state]).toEqual([1, 'off']);
  });

  test('a shortcut that is chosen again is not registered a second time, and dials once', () => {
    portal();
    const shortcut = open(true);
    for (const accelerator of ['F8', 'F9', 'F8', '', 'F8']) shortcut.use(accelerator);
    expect(keyboard.registered).toEqual(['F8', 'F9']);
    keyboard.press('F8');
    expect(dialled).toBe(1);
  });

  test('the shortcut is suspended and does not dial while another one is being chosen', async () => {
    portal();
    const shortcut = open(true);
    shortcut.use('F9');
    shortcut.record(true);
    keyboard.press('F9');
    expect([dialled, keyboard.suspended]).toEqual([0, true]);
    await clock.advance(30_000);
    expect(keyboard.suspended).toBe(false);
    keyboard.press('F9');
    expect(dialled).toBe(1);
  });

  test('a shortcut does not dial while the program ends', () => {
    portal();
    const shortcut = open(true);
    shortcut.use('F9');
    shortcut.stop();
    keyboard.press('F9');
    expect(dialled).toBe(0);
  });
});

test('a test detects the press and dials nothing', async () => {
  const shortcut = open();
  shortcut.use('F9');
  const pressed = shortcut.test();
  keyboard.press('F9');
  expect(await pressed).toBe(true);
  expect(dialled).toBe(0);
  keyboard.press('F9');
  expect(dialled).toBe(1);
});

test('a test stops after ten seconds, or when a second test starts', async () => {
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

test('the old shortcut is disabled while another one is recorded, for at most half a minute', async () => {
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

test('a shortcut in a settings change is normalised or refused', () => {
  const patch = { shortcut: { accelerator: 'Alt+Control+D' } };
  expect(acceptShortcut(patch, 'linux')).toEqual({ ok: true, value: { shortcut: { accelerator: 'Control+Alt+D' } } });
  expect(acceptShortcut({ shortcut: { accelerator: 'Control+C' } }, 'linux')).toMatchObject({
    error: { code: 'shortcut-reserved' },
  });
  expect(acceptShortcut({ polling: { intervalSeconds: 5 } }, 'linux').ok).toBe(true);
});
