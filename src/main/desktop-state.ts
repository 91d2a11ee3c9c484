import { isDeepStrictEqual } from 'node:util';
import type { DesktopState } from '../shared/state.ts';
import type { Notice } from '../shared/notice.ts';

/**
 * The state of this computer that the shell knows. `onChange` runs after every change, so that the window and the tray
 * can update.
 */
export class Desktop {
  readonly #onChange: () => void;
  /** Until their reason is gone. One id can be here with several contents. */
  #dismissed: Notice[] = [];
  #state: DesktopState;

  constructor(state: DesktopState, onChange: () => void) {
    this.#state = state;
    this.#onChange = onChange;
  }

  get state(): DesktopState {
    return this.#state;
  }

  change(change: Partial<Omit<DesktopState, 'notices'>>): void {
    this.#state = { ...this.#state, ...change };
    this.#onChange();
  }

  /**
   * Shows a notice in place of the one with the same id. What the user dismissed does not return until its reason was
   * gone or the program is started again; the same id with another content is another trouble.
   */
  showNotice(notice: Notice): void {
    if (this.#dismissed.some((dismissed) => isDeepStrictEqual(dismissed, notice))) this.#remove(notice.id);
    else this.#setNotices([...this.#state.notices.filter(({ id }) => id !== notice.id), notice]);
  }

  /** Removes a notice whose reason is gone. */
  withdraw(id: Notice['id']): void {
    this.#dismissed = this.#dismissed.filter((notice) => notice.id !== id);
    this.#remove(id);
  }

  dismiss(id: string): void {
    this.#dismissed.push(...this.#state.notices.filter((notice) => notice.id === id));
    this.#remove(id);
  }

  #remove(id: string): void {
    const others = this.#state.notices.filter((notice) => notice.id !== id);
    if (others.length < this.#state.notices.length) this.#setNotices(others);
  }

  #setNotices(notices: Notice[]): void {
    this.#state = { ...this.#state, notices };
    this.#onChange();
  }
}

/** The state before anything about this computer was read. */
export const desktopAtStart = (version: string, platform: NodeJS.Platform): DesktopState => ({
  version,
  language: 'en',
  platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
  tray: 'unknown',
  secrets: 'unknown',
  notifier: 'none',
  pausedUntil: null,
  links: [],
  linksEntry: 'no',
  loginItem: 'no',
  setupDue: false,
  shortcut: { state: 'off', selection: false },
  notices: [],
});
