import type { BrowserWindow, BrowserWindowConstructorOptions, Protocol } from 'electron';
import { actionOf, TROUBLE_URL, troublePage, type TroubleAction, type TroublePage } from './trouble-page.ts';

export interface TroubleWindowOptions {
  create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  /** The protocol of the window's own session, which serves this page only; no other session serves it. */
  protocol: Pick<Protocol, 'handle'>;
  copy: (text: string) => void;
}

export const TROUBLE_PARTITION = 'trouble';

/**
 * One plain window for what went wrong, without preload, script or data of the program. Electron's own error box is not
 * used: it blocks the program, and on Linux it takes a whole processor and ignores SIGTERM until it is clicked.
 */
export class TroubleWindow {
  readonly #options: TroubleWindowOptions;
  #window: BrowserWindow | null = null;
  #page: TroublePage | null = null;
  #onAction: (action: TroubleAction) => void = () => {};

  constructor(options: TroubleWindowOptions) {
    this.#options = options;
    options.protocol.handle('app', () =>
      this.#page === null ? new Response('Not found', { status: 404 }) : troublePage(this.#page),
    );
  }

  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** Shows a page, in the window that is open or in a new one. `onAction` is called with `close` when it is closed. */
  show(page: Omit<TroublePage, 'copied'>, onAction: (action: Exclude<TroubleAction, 'copy'>) => void): void {
    this.#page = { ...page, copied: false };
    this.#onAction = (action) => {
      if (action === 'copy') this.#copy();
      else onAction(action);
    };
    const window = (this.#window ??= this.#open());
    this.#load();
    window.show();
  }

  #open(): BrowserWindow {
    const window = this.#options.create({
      width: 460,
      height: 340,
      minWidth: 320,
      minHeight: 240,
      show: false,
      title: 'Traydial',
      autoHideMenuBar: true,
      webPreferences: {
        partition: TROUBLE_PARTITION,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        javascript: false,
        devTools: false,
      },
    });
    window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    window.webContents.on('will-navigate', (event) => {
      event.preventDefault();
      const action = actionOf(event.url);
      if (action === 'close') window.close();
      else if (action !== null) this.#onAction(action);
    });
    window.on('closed', () => {
      this.#window = null;
      this.#onAction('close');
    });
    return window;
  }

  #copy(): void {
    if (this.#page === null) return;
    this.#options.copy(this.#page.report);
    this.#page = { ...this.#page, copied: true };
    this.#load();
  }

  #load(): void {
    // If even this page cannot be loaded, the title says what happened.
    this.#window?.loadURL(TROUBLE_URL).catch(() => {});
  }
}
