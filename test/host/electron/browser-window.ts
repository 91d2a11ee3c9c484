import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, WebPreferences } from 'electron/main';
import { desktop } from '../desktop.ts';
import { makeEvent } from '../event.ts';
import { becomeDestroyed, guardedClass } from '../guard.ts';
import { onlyWhenReady } from '../ready.ts';
import { app } from './app.ts';
import { screen } from './screen.ts';
import { session, type HostSession } from './session.ts';
import { makeWebContents, type HostWebContents } from './web-contents.ts';
import { windows } from './window-list.ts';

type Simulated = Pick<
  BrowserWindow,
  | 'id'
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'focus'
  | 'blur'
  | 'close'
  | 'destroy'
  | 'isVisible'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMinimized'
  | 'isMaximized'
  | 'maximize'
  | 'unmaximize'
  | 'isFullScreen'
  | 'minimize'
  | 'restore'
  | 'getBounds'
  | 'getNormalBounds'
  | 'setBounds'
  | 'setSize'
  | 'getSize'
  | 'setPosition'
  | 'getPosition'
  | 'center'
  | 'setTitle'
  | 'getTitle'
  | 'setMenu'
  | 'setMenuBarVisibility'
  | 'setAutoHideMenuBar'
  | 'removeMenu'
  | 'setSkipTaskbar'
  | 'setAlwaysOnTop'
  | 'flashFrame'
  | 'moveTop'
  | 'setIcon'
  | 'setBackgroundColor'
>;

/** The frame that xfwm4 draws left of and above the area that X11 reports. */
const FRAME = { x: 5, y: 29 };

let lastId = 0;
let focused: HostBrowserWindow | null = null;

class HostBrowserWindow extends EventEmitter implements Simulated {
  readonly id = ++lastId;
  readonly webContents: HostWebContents;
  readonly #preferences: WebPreferences;
  #bounds: Rectangle;
  #title: string;
  #visible = false;
  #minimized = false;
  /** Its place before it was maximised. */
  #normal: Rectangle | null = null;
  /** A window that was never shown counts as visible for its page. */
  #wasShown = false;
  /** The window manager has drawn its frame. */
  #framed = false;
  #destroyed = false;
  #readyToShow = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    onlyWhenReady('Cannot create BrowserWindow before app is ready');
    super();
    this.#preferences = options.webPreferences ?? {};
    this.#title = options.title ?? desktop.name;
    const { width = 800, height = 600 } = options;
    this.#bounds = { width, height, x: options.x ?? 960 - width / 2, y: options.y ?? 540 - height / 2 };
    this.webContents = makeWebContents(sessionOf(this.#preferences));
    windows.push(this);
    app.emit('browser-window-created', makeEvent(), this);
    app.emit('web-contents-created', makeEvent(), this.webContents);
    if (options.show !== false) this.show();
  }

  static getAllWindows(): HostBrowserWindow[] {
    return windows.filter((window) => window instanceof HostBrowserWindow);
  }
  static getFocusedWindow(): HostBrowserWindow | null {
    return focused;
  }
  static fromWebContents(contents: unknown): HostBrowserWindow | null {
    return HostBrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }
  static fromId(id: number): HostBrowserWindow | null {
    return HostBrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.hostLoad(url);
    if (this.#readyToShow || this.#destroyed) return;
    this.#readyToShow = true;
    this.emit('ready-to-show');
  }

  show(): void {
    this.showInactive();
    this.focus();
  }
  showInactive(): void {
    if (this.#minimized) this.restore();
    if (this.#visible) return;
    this.#visible = true;
    this.#wasShown = true;
    this.emit('show');
    this.hostUpdatePages();
    this.#frame();
  }
  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.emit('hide');
    this.blur();
    this.hostUpdatePages();
  }
  focus(): void {
    if (!this.#visible || focused === this) return;
    focused?.blur();
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- which of the windows has the focus
    focused = this;
    this.emit('focus');
    app.emit('browser-window-focus', makeEvent(), this);
  }
  blur(): void {
    if (focused !== this) return;
    focused = null;
    this.emit('blur');
    app.emit('browser-window-blur', makeEvent(), this);
  }
  close(): void {
    const event = makeEvent();
    this.emit('close', event);
    if (!event.defaultPrevented && !this.#destroyed) this.destroy();
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.blur();
    this.webContents.hostPost({ kind: 'gone', reason: 'This window was closed.' });
    this.webContents.hostDestroy();
    windows.splice(windows.indexOf(this), 1);
    this.emit('closed', makeEvent());
    becomeDestroyed(this.webContents);
    becomeDestroyed(this);
    if (windows.length === 0) app.lastWindowClosed();
  }
  minimize(): void {
    // X11 does not minimise a hidden window.
    if (!this.#visible) return;
    this.#minimized = true;
    this.blur();
    this.emit('minimize');
    this.hostUpdatePages();
  }
  restore(): void {
    this.#minimized = false;
    this.emit('restore');
    this.hostUpdatePages();
    this.focus();
  }

  /** As on Linux also a window made with `maximizable: false`. */
  maximize(): void {
    if (this.#normal !== null) return;
    this.#normal = this.#bounds;
    this.setBounds(screen.getPrimaryDisplay().workArea);
    this.emit('maximize');
  }
  unmaximize(): void {
    if (this.#normal === null) return;
    const normal = this.#normal;
    this.#normal = null;
    this.setBounds(normal);
    this.emit('unmaximize');
  }

  isVisible(): boolean {
    return this.#visible && !this.#minimized;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isFocused(): boolean {
    return focused === this;
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  isMaximized(): boolean {
    return this.#normal !== null;
  }
  isFullScreen(): boolean {
    return false;
  }

  getBounds(): Rectangle {
    const { x, y, width, height } = this.#bounds;
    return this.#framed ? { x: x + FRAME.x, y: y + FRAME.y, width, height } : { x, y, width, height };
  }
  getNormalBounds(): Rectangle {
    return this.#normal ?? this.getBounds();
  }
  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    if (before.width !== this.#bounds.width || before.height !== this.#bounds.height) this.emit('resize');
    if (before.x !== this.#bounds.x || before.y !== this.#bounds.y) this.emit('move');
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  getPosition(): number[] {
    return [this.#bounds.x, this.#bounds.y];
  }
  center(): void {
    this.setBounds({ x: 960 - this.#bounds.width / 2, y: 540 - this.#bounds.height / 2 });
  }

  setTitle(title: string): void {
    this.#title = title;
  }
  getTitle(): string {
    return this.#title;
  }
  // A browser page has none of these.
  setMenu(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  removeMenu(): void {}
  setSkipTaskbar(): void {}
  setAlwaysOnTop(): void {}
  flashFrame(): void {}
  moveTop(): void {}
  setIcon(): void {}
  setBackgroundColor(): void {}

  /** The frame is drawn shortly after the window was shown, and moves the area inside it. */
  #frame(): void {
    if (desktop.sim.bounds !== 'framed' || this.#framed) return;
    setTimeout(() => {
      if (this.#destroyed) return;
      this.#framed = true;
      this.emit('move');
    }, 50).unref();
  }

  hostPreferences(): WebPreferences {
    return this.#preferences;
  }
  hostUpdatePages(): void {
    this.webContents.hostPost({
      kind: 'window',
      visible: this.#visible,
      pageVisible: !this.#wasShown || this.isVisible(),
      theme: desktop.theme.source,
    });
  }
}

function sessionOf(preferences: WebPreferences): HostSession {
  const { session: given, partition } = preferences;
  // The program can only have got it from this stand-in's session module.
  if (given !== undefined) return given as unknown as HostSession;
  return partition === undefined ? session.defaultSession : session.fromPartition(partition);
}

guardedClass('BrowserWindow', HostBrowserWindow);
export { HostBrowserWindow };
