import { join } from 'node:path';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log-port.ts';
import type { PushName, Pushes, ShowTarget } from '../shared/ipc.ts';
import { APP_URL } from './app-scheme.ts';
import { WindowPlace } from './window-place.ts';

export interface MainWindowOptions {
  create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  clock: Clock;
  log: Log;
  /** The colour of the window until its page has painted, so that a dark window does not flash white. */
  background: () => string;
  devTools: boolean;
  preload: string;
  icon: string;
  /** Where to open the window; called each time it is made. */
  bounds: () => Rectangle;
  /** Whether the desktop adds a frame after the window was shown, which moves the window (Linux). */
  framed: boolean;
  /** Called with the bounds that open the window where it is now. */
  onBounds: (bounds: Rectangle) => void;
  /** Whether there is a tray to reopen the window from; without one the window goes to the task bar. */
  mayHide: () => boolean;
  onShow: () => void;
  /** The window was hidden. */
  onHide: () => void;
}

export const WINDOW_SIZE = { width: 380, height: 620 };
const MIN_SIZE = { minWidth: 340, minHeight: 420 };

/** If the window was not moved within this time after it was shown, the desktop draws no frame. */
const PLACED_MS = 10_000;
/** How long a window may take to reach the task bar. */
const PARKING_MS = 1_000;
/** How long to wait for keyboard focus after the window was shown. */
const FOCUS_MS = 2_000;

/**
 * The main window. It is created when it is first shown: its page needs a quarter of the program's memory, and Chromium
 * treats a window that was never shown as visible. Closing hides it; it is destroyed only when the program quits.
 */
export class MainWindow {
  readonly #options: MainWindowOptions;
  readonly #reloadDelay = new ReloadDelay();
  #window: BrowserWindow | null = null;
  #loaded = false;
  /** What to show once the page has loaded. */
  #waiting: Pushes['show'] | null = null;
  #quitting = false;
  #place: WindowPlace | null = null;
  /** The program minimised it. On Wayland isMinimized() is never true. */
  #minimised = false;
  /** It is in the task bar because there is no tray; the user has not opened it. */
  #parked = false;
  /** It is being minimised for that reason. */
  #parking = false;

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  /** Shows the window, and the named view in it, or a call with its details. */
  show(view: ShowTarget | null = null, call: Pushes['show']['call'] | null = null): void {
    const window = this.#ensure();
    if (view !== null) {
      const shown = call === null ? { view } : { view, call };
      if (this.#loaded) this.push('show', shown);
      else this.#waiting = shown;
    }
    this.#parked = false;
    if (window.isMinimized() || this.#minimised) window.restore();
    this.#minimised = false;
    window.show();
    window.focus();
    this.#options.onShow();
  }

  /** Hides the window, or minimises it when there is no tray. */
  hide(): void {
    const window = this.#living();
    if (window === null) return;
    this.#remember(window);
    if (!this.#options.mayHide()) {
      this.#minimise(window);
      return;
    }
    window.hide();
    this.#options.onHide();
  }

  /** There is no tray, so a hidden window goes to the task bar, minimised. */
  park(): void {
    if (this.#quitting) return;
    const window = this.#ensure();
    if (window.isVisible() || window.isMinimized() || this.#minimised) return;
    // X11 does not minimise a window that was never shown; it would not appear in the task bar.
    window.showInactive();
    this.#minimise(window);
    this.#parked = true;
    // Some window managers focus a window for a moment before it reaches the task bar.
    this.#parking = true;
    this.#options.clock.after(PARKING_MS, () => (this.#parking = false));
  }

  /** A tray appeared, so a window that the user did not open leaves the task bar again. */
  unpark(): void {
    const window = this.#living();
    if (window === null || !this.#parked) return;
    this.#parked = false;
    this.#minimised = false;
    window.hide();
  }

  get isVisible(): boolean {
    const window = this.#living();
    return window !== null && window.isVisible() && !window.isMinimized() && !this.#minimised;
  }

  get isFocused(): boolean {
    return this.#living()?.isFocused() ?? false;
  }

  /** Shows the window and waits for keyboard focus; false when the desktop does not give it. */
  async takeFocus(): Promise<boolean> {
    this.show('dial');
    const window = this.#living();
    if (window === null || window.isFocused()) return window !== null;
    return new Promise((resolve) => {
      const answer = (focused: boolean) => (): void => {
        stop();
        window.off('focus', gained);
        resolve(focused);
      };
      const gained = answer(true);
      const stop = this.#options.clock.after(FOCUS_MS, answer(false));
      window.on('focus', gained);
    });
  }

  /** The parent window for dialogs; null before it is first created. */
  get native(): BrowserWindow | null {
    return this.#window;
  }

  push<P extends PushName>(push: P, value: Pushes[P]): void {
    this.#living()?.webContents.send(`push:${push}`, value);
  }

  /** From now on closing the window destroys it. */
  quitting(): void {
    this.#quitting = true;
  }

  #living(): BrowserWindow | null {
    return this.#window === null || this.#window.isDestroyed() ? null : this.#window;
  }

  #minimise(window: BrowserWindow): void {
    window.minimize();
    this.#minimised = true;
  }

  /** Saves where the window is, unless it is maximised or on the whole screen. */
  #remember(window: BrowserWindow): void {
    if (this.#place === null || !window.isVisible() || window.isMaximized() || window.isFullScreen()) return;
    this.#options.onBounds(this.#place.boundsToRequest(window.getBounds()));
  }

  #ensure(): BrowserWindow {
    const living = this.#living();
    if (living !== null) return living;
    const bounds = this.#options.bounds();
    const window = this.#options.create({
      ...MIN_SIZE,
      ...bounds,
      show: false,
      title: 'Traydial',
      backgroundColor: this.#options.background(),
      icon: this.#options.icon,
      autoHideMenuBar: true,
      // Linux window managers ignore both and still offer to maximise the window.
      maximizable: false,
      fullscreenable: false,
      webPreferences: {
        preload: this.#options.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        devTools: this.#options.devTools,
      },
    });
    this.#window = window;
    this.#loaded = false;
    this.#followPlace(window, new WindowPlace(bounds));
    window.on('close', (event) => {
      if (this.#quitting) {
        this.#remember(window);
        return;
      }
      event.preventDefault();
      this.hide();
    });
    window.on('closed', () => {
      this.#window = null;
    });
    const onOpenedByUser = (): void => {
      if (this.#parking) return;
      this.#minimised = false;
      this.#parked = false;
    };
    window.on('focus', onOpenedByUser);
    window.on('restore', onOpenedByUser);
    window.webContents.on('did-finish-load', () => {
      this.#loaded = true;
      if (this.#waiting !== null) this.push('show', this.#waiting);
      this.#waiting = null;
    });
    // Reloads a page that crashed or lost its graphics after sleep; main holds the whole state.
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.#loaded = false;
      if (this.#quitting || reason === 'clean-exit') return;
      this.#options.clock.after(this.#reloadDelay.wait(this.#options.clock.now()), () => this.#load(window));
    });
    this.#load(window);
    return window;
  }

  #followPlace(window: BrowserWindow, place: WindowPlace): void {
    this.#place = place;
    const placed = (): void => {
      if (!window.isDestroyed()) place.placed(window.getBounds());
    };
    window.once('show', () => {
      if (!this.#options.framed) {
        placed();
        return;
      }
      // The frame causes the first move, even if a busy desktop takes long to draw it.
      window.once('move', placed);
      this.#options.clock.after(PLACED_MS, placed);
    });
  }

  #load(window: BrowserWindow): void {
    if (window.isDestroyed()) return;
    window.loadURL(APP_URL).catch((error: unknown) => {
      // The page was still loading when the program quit.
      if (!this.#quitting) this.#options.log.warn(`The window did not load: ${String(error)}`);
    });
  }
}

/** The built preload script beside the built main script. */
export function preloadPath(mainDirectory: string): string {
  return join(mainDirectory, '../preload/index.cjs');
}

/** After this time without a crash, the delay is short again. */
const NO_CRASH_MS = 60_000;
const MAX_RELOAD_DELAY_MS = 60_000;

/**
 * How long to wait before a page that crashed is loaded again: longer each time, so that a page that always crashes
 * does not reload without end.
 */
class ReloadDelay {
  #count = 0;
  #last = -Infinity;

  /** Returns how long to wait after a crash at `now`, in ms. */
  wait(now: number): number {
    this.#count = now - this.#last > NO_CRASH_MS ? 0 : this.#count + 1;
    this.#last = now;
    return Math.min(MAX_RELOAD_DELAY_MS, 250 * 4 ** this.#count);
  }
}
