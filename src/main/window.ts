import { join } from 'node:path';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log-port.ts';
import type { PushName, Pushes, ViewName } from '../shared/ipc.ts';
import { APP_URL } from './app-scheme.ts';

export interface MainWindowOptions {
  create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  clock: Clock;
  log: Log;
  /** The colour before the page has painted, so that a dark window does not flash white. */
  background: string;
  devTools: boolean;
  preload: string;
  icon: string;
  /** Where the window was last time, as far as it is on a screen (`onScreen`); null opens it where the system likes. */
  bounds: Partial<Rectangle> | null;
  onBounds: (bounds: Rectangle) => void;
  /** Whether there is a tray to come back from; without one the window goes to the task bar instead. */
  mayHide: () => boolean;
  onShow: () => void;
}

const SIZE = { width: 380, height: 620, minWidth: 340, minHeight: 420 };

/** The one window. Made when first needed, hidden instead of closed, gone only when the program quits. */
export class MainWindow {
  readonly #options: MainWindowOptions;
  readonly #crashes = new CrashPause();
  #window: BrowserWindow | null = null;
  #loaded = false;
  #waiting: Pushes['show'] | null = null;
  #quitting = false;

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  /** Brings the window up, with a view in front if one is named. */
  show(view: ViewName | 'dial' | null = null): void {
    const window = this.#ensure();
    if (view !== null) {
      if (this.#loaded) this.push('show', { view });
      else this.#waiting = { view };
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    this.#options.onShow();
  }

  /** Out of the way, but never out of reach. */
  hide(): void {
    if (this.#options.mayHide()) this.#window?.hide();
    else this.#window?.minimize();
  }

  get isVisible(): boolean {
    const window = this.#window;
    return window !== null && !window.isDestroyed() && window.isVisible() && !window.isMinimized();
  }

  /** For dialogs that belong to the window; null before it was first made. */
  get native(): BrowserWindow | null {
    return this.#window;
  }

  /** Loads the page without showing it, so that the first opening is instant. */
  prepare(): void {
    this.#ensure();
  }

  push<P extends PushName>(push: P, value: Pushes[P]): void {
    if (this.#window !== null && !this.#window.isDestroyed()) this.#window.webContents.send(`push:${push}`, value);
  }

  /** From now on closing is closing. */
  quitting(): void {
    this.#quitting = true;
  }

  #ensure(): BrowserWindow {
    if (this.#window !== null && !this.#window.isDestroyed()) return this.#window;
    const window = this.#options.create({
      ...SIZE,
      ...this.#options.bounds,
      show: false,
      title: 'Traydial',
      backgroundColor: this.#options.background,
      icon: this.#options.icon,
      autoHideMenuBar: true,
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
    window.on('close', (event) => {
      this.#options.onBounds(window.getBounds());
      if (this.#quitting) return;
      event.preventDefault();
      this.hide();
    });
    window.on('closed', () => {
      this.#window = null;
    });
    window.webContents.on('did-finish-load', () => {
      this.#loaded = true;
      if (this.#waiting !== null) this.push('show', this.#waiting);
      this.#waiting = null;
    });
    // A page that crashed (or lost its graphics after sleep) is loaded again: main holds everything it shows.
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.#loaded = false;
      if (this.#quitting || reason === 'clean-exit') return;
      this.#options.clock.after(this.#crashes.wait(this.#options.clock.now()), () => this.#load(window));
    });
    this.#load(window);
    return window;
  }

  #load(window: BrowserWindow): void {
    if (window.isDestroyed()) return;
    window
      .loadURL(APP_URL)
      .catch((error: unknown) => this.#options.log.warn(`The window did not load: ${String(error)}`));
  }
}

/** The built preload script beside the built main script. */
export function preloadPath(mainDirectory: string): string {
  return join(mainDirectory, '../preload/index.cjs');
}

const CALM_MS = 60_000;
const LONGEST_PAUSE_MS = 60_000;

/** How long to wait before a page that crashed is loaded again: longer each time, so that one that cannot live rests. */
class CrashPause {
  #count = 0;
  #last = -Infinity;

  /** ms to wait for a crash at `now`. */
  wait(now: number): number {
    this.#count = now - this.#last > CALM_MS ? 0 : this.#count + 1;
    this.#last = now;
    return Math.min(LONGEST_PAUSE_MS, 250 * 4 ** this.#count);
  }
}

/** The bounds, without their place where that is on no screen any more: a monitor may have gone since. */
export function onScreen(bounds: Rectangle | null, areas: readonly Rectangle[]): Partial<Rectangle> | null {
  if (bounds === null) return null;
  const { x, y, width, height } = bounds;
  const graspable = areas.some(
    (area) => x + width > area.x + 40 && x < area.x + area.width - 40 && y >= area.y && y < area.y + area.height - 40,
  );
  return graspable ? bounds : { width, height };
}
