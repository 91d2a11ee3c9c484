import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { expect, test } from 'vitest';
import { silentLog } from '../../src/core/log-port.ts';
import { MainWindow, onScreen } from '../../src/main/window.ts';
import { ManualClock } from '../support/manual-clock.ts';

/** A window that notes what it is asked, and fails to load when told so. */
class FakeWindow extends EventEmitter {
  webContents = Object.assign(new EventEmitter(), { send: (...sent: unknown[]) => void this.sent.push(sent) });
  sent: unknown[][] = [];
  loads = 0;
  visible = false;
  minimized = false;
  readonly options: BrowserWindowConstructorOptions;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }

  loadURL(): Promise<void> {
    this.loads += 1;
    return Promise.resolve();
  }
  show = () => void (this.visible = true);
  hide = () => void (this.visible = false);
  focus = () => {};
  minimize = () => void (this.minimized = true);
  restore = () => void (this.minimized = false);
  isMinimized = () => this.minimized;
  isDestroyed = () => false;
  getBounds = (): Rectangle => ({ x: 1, y: 2, width: 380, height: 620 });

  /** The user closes it; true when it is really gone. */
  close(): boolean {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    return !prevented;
  }
}

function open({ mayHide = true } = {}) {
  const clock = new ManualClock();
  const made: FakeWindow[] = [];
  const bounds: Rectangle[] = [];
  const window = new MainWindow({
    create: (options) => {
      const fake = new FakeWindow(options);
      made.push(fake);
      return fake as unknown as BrowserWindow;
    },
    clock,
    log: silentLog,
    background: '#000',
    devTools: false,
    preload: '/preload.cjs',
    icon: '/icon.png',
    bounds: null,
    onBounds: (rectangle) => bounds.push(rectangle),
    onShow: () => {},
    mayHide: () => mayHide,
  });
  window.show('dial');
  const [fake] = made;
  if (fake === undefined) throw new Error('no window was made');
  return { window, fake, clock, made, bounds };
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

test('closing hides and remembers the place; quitting closes', () => {
  const { window, fake, bounds } = open();
  expect(fake.close()).toBe(false);
  expect(fake.visible).toBe(false);
  expect(bounds).toEqual([{ x: 1, y: 2, width: 380, height: 620 }]);
  window.quitting();
  expect(fake.close()).toBe(true);
});

test('without a tray it is minimised instead, and comes back', () => {
  const { window, fake } = open({ mayHide: false });
  fake.close();
  expect(fake).toMatchObject({ visible: true, minimized: true });
  window.show();
  expect(fake.minimized).toBe(false);
});

test('a view that is asked for before the page is there waits for it', () => {
  const { window, fake } = open();
  expect(fake.sent).toEqual([]);
  fake.webContents.emit('did-finish-load');
  expect(fake.sent).toEqual([['push:show', { view: 'dial' }]]);
  window.show('settings');
  expect(fake.sent).toHaveLength(2);
});

test('there is only ever one', () => {
  const { window, made } = open();
  window.show();
  window.prepare();
  expect(made).toHaveLength(1);
});

test('a page that crashes is loaded again, and a page that cannot live rests', async () => {
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

test.each<[string, Rectangle | null, Partial<Rectangle> | null]>([
  ['on the screen', { x: 100, y: 50, width: 380, height: 620 }, { x: 100, y: 50, width: 380, height: 620 }],
  ['on the second screen', { x: 2000, y: 50, width: 380, height: 620 }, { x: 2000, y: 50, width: 380, height: 620 }],
  ['on a screen that is gone', { x: -5000, y: 9000, width: 380, height: 620 }, { width: 380, height: 620 }],
  ['hardly to be grasped', { x: 1910, y: 1070, width: 380, height: 620 }, { width: 380, height: 620 }],
  ['never placed', null, null],
])('bounds %s', (_name, bounds, kept) => {
  const screens = [
    { x: 0, y: 0, width: 1920, height: 1080 },
    { x: 1920, y: 0, width: 1920, height: 1000 },
  ];
  expect(onScreen(bounds, screens.slice(0, _name.includes('second') ? 2 : 1))).toEqual(kept);
});
