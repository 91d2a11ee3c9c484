import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { describe, expect, test } from 'vitest';
import type { Log } from '../../src/core/log-port.ts';
import { MainWindow } from '../../src/main/window.ts';
import { ManualClock } from '../support/manual-clock.ts';

const OPENED: Rectangle = { x: 100, y: 100, width: 380, height: 620 };

/** A window on Wayland, where it can be minimised but never reports it. */
interface Manners {
  wayland?: boolean;
  /** Windows and macOS: it is shown exactly at the requested place. */
  exact?: boolean;
  /** The frame that the window manager draws left of and above the client area, which is what getBounds() reports. */
  frame?: { x: number; y: number };
}

/** A window with a window manager; records the calls. */
class FakeWindow extends EventEmitter {
  webContents = Object.assign(new EventEmitter(), { send: (...sent: unknown[]) => void this.sent.push(sent) });
  sent: unknown[][] = [];
  loads = 0;
  visible = false;
  minimized = false;
  maximized = false;
  readonly options: BrowserWindowConstructorOptions;
  readonly #manners: Manners;

  constructor(options: BrowserWindowConstructorOptions, manners: Manners) {
    super();
    this.options = options;
    this.#manners = manners;
  }

  load: Promise<void> = Promise.resolve();
  loadURL(): Promise<void> {
    this.loads += 1;
    return this.load;
  }
  show = () => this.showInactive();
  showInactive = () => {
    this.visible = true;
    this.emit('show');
  };
  hide = () => void (this.visible = false);
  focused = false;
  takesFocus = true;
  focus = () => {
    if (!this.takesFocus) return;
    this.focused = true;
    this.emit('focus');
  };
  isFocused = () => this.focused;
  /** A window that was never shown cannot be minimised. */
  minimize = () => void (this.minimized = this.visible);
  restore = () => void (this.minimized = false);
  isVisible = () => this.visible && (this.#manners.wayland === true || !this.minimized);
  isMinimized = () => this.minimized && this.#manners.wayland !== true;
  isMaximized = () => this.maximized;
  isFullScreen = () => false;
  isDestroyed = () => false;
  moved = { x: 0, y: 0 };
  framed = false;
  /** The window manager draws its frame, which takes a busy desktop a while. */
  drawFrame(): void {
    if (this.#manners.frame === undefined) return;
    this.framed = true;
    this.emit('move');
  }
  drag(x: number, y: number): void {
    this.moved = { x, y };
    this.emit('move');
  }
  getBounds = (): Rectangle => {
    const { x = 0, y = 0, width = 0, height = 0 } = this.options;
    if (this.#manners.wayland === true) return { x: 0, y: 0, width, height };
    const frame = (this.framed ? this.#manners.frame : undefined) ?? { x: 0, y: 0 };
    return { x: x + frame.x + this.moved.x, y: y + frame.y + this.moved.y, width, height };
  };

  /** The user closes it; true when it was destroyed. */
  close(): boolean {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    return !prevented;
  }
}

interface Opening {
  mayHide?: boolean;
  manners?: Manners;
  /** The requested place. */
  at?: Rectangle;
  /** 'never': not shown yet. */
  shown?: boolean | 'never';
}

function open({ mayHide = true, manners = {}, at = OPENED, shown = true }: Opening = {}) {
  const clock = new ManualClock();
  const made: FakeWindow[] = [];
  const bounds: Rectangle[] = [];
  const hidden: number[] = [];
  const logged: string[] = [];
  const log: Log = { info: (text) => void logged.push(text), warn: (text) => void logged.push(text) };
  const desktop = { mayHide };
  const window = new MainWindow({
    create: (options) => {
      const fake = new FakeWindow(options, manners);
      made.push(fake);
      return fake as unknown as BrowserWindow;
    },
    clock,
    log,
    background: () => '#000',
    devTools: false,
    preload: '/preload.cjs',
    icon: '/icon.png',
    bounds: () => at,
    framed: manners.exact !== true,
    onBounds: (rectangle) => bounds.push(rectangle),
    onShow: () => {},
    onHide: () => hidden.push(clock.now()),
    mayHide: () => desktop.mayHide,
  });
  if (shown === true) window.show('dial');
  else if (!shown) window.park();
  const fake = made[0] ?? (shown === 'never' ? new FakeWindow({}, manners) : undefined);
  if (fake === undefined) throw new Error('no window was made');
  return { window, fake, clock, made, bounds, hidden, logged, desktop };
}

test('the page is sandboxed and has no Node', () => {
  expect(open().fake.options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('closing hides the window, and quitting destroys it', () => {
  const { window, fake, hidden } = open();
  expect(fake.close()).toBe(false);
  expect(fake.visible).toBe(false);
  expect(hidden).toHaveLength(1);
  window.quitting();
  expect(fake.close()).toBe(true);
});

test.each([
  ['is logged', false, ['The window did not load: Error: ERR_FAILED']],
  ['is not logged when the program was quit meanwhile', true, []],
])('a page that cannot be loaded %s', async (_what, quit, lines) => {
  const { window, fake, clock, logged } = open();
  fake.load = new Promise((_resolve, reject) => void clock.after(1_000, () => reject(new Error('ERR_FAILED'))));
  fake.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
  await clock.advance(900);
  if (quit) window.quitting();
  await clock.advance(900);
  expect(logged).toEqual(lines);
});

describe('without a tray', () => {
  test.each([{ wayland: false }, { wayland: true }])('closing minimises it, and it can be restored (%o)', (manners) => {
    const { window, fake, hidden } = open({ mayHide: false, manners });
    fake.close();
    expect(fake).toMatchObject({ visible: true, minimized: true });
    expect(window.isVisible).toBe(false);
    expect(hidden).toEqual([]);
    window.show();
    expect(fake.minimized).toBe(false);
    expect(window.isVisible).toBe(true);
  });

  test('restored from the task bar it counts as visible, also on Wayland', () => {
    const { window, fake } = open({ mayHide: false, manners: { wayland: true } });
    fake.close();
    fake.restore();
    fake.focus();
    expect(window.isVisible).toBe(true);
  });

  test('a window that was never shown goes to the task bar', () => {
    const { window, fake } = open({ shown: false });
    expect(fake).toMatchObject({ visible: true, minimized: true });
    expect(window.isVisible).toBe(false);
  });

  test('a hidden window goes to the task bar, a visible one stays', () => {
    const { window, fake } = open();
    window.park();
    expect(fake.minimized).toBe(false);
    window.hide();
    window.park();
    expect(fake).toMatchObject({ visible: true, minimized: true });
  });

  test('when a tray appears, a window that the user did not open leaves the task bar', () => {
    const { window, fake } = open({ shown: false });
    window.unpark();
    expect(fake.visible).toBe(false);
  });

  test('focus from the window manager on the way to the task bar does not count as opened by the user', async () => {
    const { window, fake, clock } = open({ shown: false });
    fake.focus();
    await clock.advance(5_000);
    window.unpark();
    expect(fake.visible).toBe(false);
  });

  test('when a tray appears, a window that the user restored or minimised stays', async () => {
    const back = open({ shown: false });
    await back.clock.advance(1_000);
    back.fake.restore();
    back.fake.focus();
    back.window.unpark();
    expect(back.fake.visible).toBe(true);
    const minimised = open();
    minimised.fake.minimize();
    minimised.window.park();
    minimised.window.unpark();
    expect(minimised.fake).toMatchObject({ visible: true, minimized: true });
  });
});

describe('its place', () => {
  /** Opens and quits the program repeatedly, each time at the saved place. */
  async function restarts(count: number, manners: Manners, frameMs: number, each?: (fake: FakeWindow) => void) {
    let at = OPENED;
    for (let start = 0; start < count; start++) {
      const { window, fake, clock, bounds } = open({ manners, at });
      await clock.advance(frameMs);
      fake.drawFrame();
      await clock.advance(15_000);
      each?.(fake);
      window.quitting();
      fake.close();
      at = bounds.at(-1) ?? at;
    }
    return at;
  }

  const FRAME = { frame: { x: 5, y: 29 } };

  test.each<[string, Manners, number]>([
    ['a frame drawn around it at once', FRAME, 0],
    ['a frame that takes a busy desktop three seconds', FRAME, 3_000],
    ['no frame', {}, 0],
    ['Windows or macOS', { exact: true }, 0],
    ['Wayland, which reports 0, 0', { wayland: true }, 0],
  ])('is the same after ten restarts with %s', async (_name, manners, frameMs) => {
    expect(await restarts(10, manners, frameMs)).toEqual(OPENED);
  });

  test.each<[string, Manners]>([
    ['a frame', FRAME],
    ['no frame', {}],
    ['Windows or macOS', { exact: true }],
  ])('follows the user with %s', async (_name, manners) => {
    const moved = await restarts(1, manners, 0, (fake) => fake.drag(-30, 40));
    expect(moved).toEqual({ ...OPENED, x: 70, y: 140 });
  });

  test('is not taken from a window that is closed before the window manager drew the frame', async () => {
    const { window, fake, clock, bounds } = open({ manners: FRAME });
    await clock.advance(500);
    window.quitting();
    fake.close();
    expect(bounds).toEqual([OPENED]);
  });

  test('is not taken from a hidden or a maximised window', async () => {
    const { window, fake, clock, bounds } = open();
    await clock.advance(10_000);
    fake.maximized = true;
    window.hide();
    window.quitting();
    fake.close();
    expect(bounds).toEqual([]);
  });
});

test('a view that is requested before the page has loaded is shown afterwards', () => {
  const { window, fake } = open();
  expect(fake.sent).toEqual([]);
  fake.webContents.emit('did-finish-load');
  expect(fake.sent).toEqual([['push:show', { view: 'dial' }]]);
  const call = { id: '7', at: 0 };
  window.show('history', call);
  expect(fake.sent[1]).toEqual(['push:show', { view: 'history', call }]);
});

test('takeFocus waits until the window has keyboard focus, and gives up after two seconds', async () => {
  const { window, fake, clock } = open();
  fake.focused = false;
  fake.takesFocus = false;
  const given = window.takeFocus();
  fake.takesFocus = true;
  fake.focus();
  expect(await given).toBe(true);
  expect(window.isFocused).toBe(true);
  fake.focused = false;
  fake.takesFocus = false;
  const refused = window.takeFocus();
  await clock.advance(2_000);
  expect(await refused).toBe(false);
});

test('no window is created before it is first shown, and no earlier push is lost', () => {
  const { window, made } = open({ shown: 'never' });
  window.push('show', { view: 'calls' });
  window.hide();
  expect([made.length, window.isVisible, window.native]).toEqual([0, false, null]);
  window.show();
  expect(made[0]).toMatchObject({ visible: true, loads: 1 });
});

test('showing the window again does not create a second one', () => {
  const { window, made } = open();
  window.show();
  window.show('settings');
  expect(made).toHaveLength(1);
});

test('a page that crashes is reloaded, with growing pauses if it keeps crashing', async () => {
  const { fake, clock } = open();
  fake.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  await clock.advance(1_000);
  expect(fake.loads).toBe(2);
  for (let crash = 0; crash < 20; crash++) {
    fake.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    await clock.advance(3_000);
  }
  expect(fake.loads).toBeLessThan(8);
});
