import { describe, expect, test } from 'vitest';
import { ProgramError, type Run } from '../../../src/main/run-program.ts';
import { copiedDialler } from '../../../src/main/shortcut/dial-copied.ts';
import { clipboardText, isWayland } from '../../../src/main/shortcut/clipboard-text.ts';

const place = (text: string) => ({ readText: () => Promise.resolve(text) });
const noRun: Run = (program) => Promise.reject(new ProgramError(program, 'ENOENT', false));

/** A window that gets keyboard focus when it is shown, or does not. */
class FakeWindow {
  isFocused = false;
  broughtUp = 0;
  readonly #gives: boolean;

  constructor({ gives = true, focused = false } = {}) {
    this.#gives = gives;
    this.isFocused = focused;
  }
  takeFocus(): Promise<boolean> {
    this.broughtUp += 1;
    this.isFocused = this.#gives;
    return Promise.resolve(this.#gives);
  }
}

describe('when every program may read the clipboard', () => {
  const read = (clipboard: Parameters<typeof clipboardText>[0]['clipboard'], platform: NodeJS.Platform = 'linux') =>
    clipboardText({ clipboard, platform, wayland: false, run: noRun, window: new FakeWindow() }, 'clipboard');

  test('the selection is read if the system has one', async () => {
    const clipboard = { ...place('copied'), selection: place('selected') };
    const options = { clipboard, wayland: false, run: noRun, window: new FakeWindow() };
    expect(await clipboardText({ ...options, platform: 'linux' }, 'selection')).toBe('selected');
    expect(await clipboardText({ ...options, platform: 'linux' }, 'clipboard')).toBe('copied');
    expect(await clipboardText({ ...options, platform: 'win32' }, 'selection')).toBe('copied');
  });

  test('an unreadable clipboard counts as empty, and a text over the limit is not shortened to fit', async () => {
    expect(await read({ readText: () => Promise.reject(new Error('busy')) }, 'win32')).toBe('');
    expect(await read(place('1'.repeat(1_000_000)))).toHaveLength(100_001);
  });
});

describe('on Wayland, where only the focused program may read the clipboard', () => {
  /** Electron returns the last text that it read while the window has no keyboard focus. */
  const clipboardOf = (window: FakeWindow) => ({
    readText: () => Promise.resolve(window.isFocused ? '1002' : 'an older number'),
  });
  const read = (window: FakeWindow, run: Run, from: 'clipboard' | 'selection' = 'clipboard') =>
    clipboardText({ clipboard: clipboardOf(window), platform: 'linux', wayland: true, run, window }, from);

  test('wl-paste reads the clipboard, and no window is shown', async () => {
    const window = new FakeWindow();
    const asked: (readonly string[])[] = [];
    const run: Run = (_program, args) => {
      asked.push(args);
      return Promise.resolve('1003');
    };
    expect(await read(window, run)).toBe('1003');
    expect(await read(window, run, 'selection')).toBe('1003');
    expect(asked.map((args) => args.includes('--primary'))).toEqual([false, true]);
    expect(window.broughtUp).toBe(0);
  });

  test('an empty clipboard is empty and does not return an older number', async () => {
    const run: Run = (program) => Promise.reject(new ProgramError(program, 'Nothing is copied\n', false));
    expect(await read(new FakeWindow(), run)).toBe('');
  });

  test('without a working wl-paste the window takes keyboard focus first', async () => {
    const fails: Run = (program) => Promise.reject(new ProgramError(program, 'Failed to connect', false));
    const hangs: Run = (program) => Promise.reject(new ProgramError(program, '', true));
    for (const run of [noRun, fails, hangs]) {
      const window = new FakeWindow();
      expect(await read(window, run)).toBe('1002');
      expect(window.broughtUp).toBe(1);
    }
  });

  test('a window that already has keyboard focus reads at once', async () => {
    const window = new FakeWindow({ focused: true });
    expect(await read(window, noRun)).toBe('1002');
    expect(window.broughtUp).toBe(0);
  });

  test('the clipboard is not read if the window does not get keyboard focus', async () => {
    expect(await read(new FakeWindow({ gives: false }), noRun)).toBe(null);
  });
});

test('a Wayland session is recognised, unless a switch makes Electron use X11', () => {
  const x11 = { getSwitchValue: (name: string) => (name === 'ozone-platform' ? 'x11' : '') };
  expect(isWayland({ XDG_SESSION_TYPE: 'wayland' })).toBe(true);
  expect(isWayland({ WAYLAND_DISPLAY: 'wayland-0' }, { getSwitchValue: () => '' })).toBe(true);
  expect(isWayland({ XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: '' })).toBe(false);
  expect(isWayland({ XDG_SESSION_TYPE: 'wayland' }, x11)).toBe(false);
});

test('a clipboard that cannot be read gives a notice and no call; the notice goes once it can be read', async () => {
  const notices = new Set<string>();
  const dialled: string[] = [];
  const dialler = (gives: boolean) =>
    copiedDialler({
      reading: {
        clipboard: place('1002'),
        platform: 'linux',
        wayland: true,
        run: noRun,
        window: new FakeWindow({ gives }),
      },
      desktop: { showNotice: ({ id }) => void notices.add(id), withdraw: (id) => void notices.delete(id) },
      dial: (text) => Promise.resolve(dialled.push(text)),
    });
  await dialler(false)('clipboard');
  expect([[...notices], dialled]).toEqual([['clipboard-unread'], []]);
  await dialler(true)('clipboard');
  expect([[...notices], dialled]).toEqual([[], ['1002']]);
});
