import type { DesktopState } from '../shared/state.ts';
import type { Notice } from '../shared/notice.ts';

/**
 * The state of this computer that the shell knows. `onChange` runs after every change, so that the window and the tray
 * can update.
 */
export class Desktop {
  readonly #onChange: () => void;
  readonly #dismissed = new Set<string>();
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

  /** Shows a notice once. A notice that the user dismissed does not return before the next start. */
  showNotice(notice: Notice): void {
    if (this.#dismissed.has(notice.id)) return;
    const others = this.#state.notices.filter((other) => other.id !== notice.id);
    this.#state = { ...this.#state, notices: [...others, notice] };
    this.#onChange();
  }

  /** Removes a notice whose reason is gone. */
  withdraw(id: Notice['id']): void {
    if (!this.#state.notices.some((notice) => notice.id === id)) return;
    this.#state = { ...this.#state, notices: this.#state.notices.filter((notice) => notice.id !== id) };
    this.#onChange();
  }

  dismiss(id: string): void {
    this.#dismissed.add(id);
    this.#state = { ...this.#state, notices: this.#state.notices.filter((notice) => notice.id !== id) };
    this.#onChange();
  }
}

/** The state before anything about this computer was read. */
export const desktopAtStart = (version: string, platform: NodeJS.Platform): DesktopState => ({
  version,
  language: 'en',
  platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
  tray: 'unknown',
  secrets: 'strong',
  notifier: 'none',
  pausedUntil: null,
  links: [],
  linksEntry: 'no',
  loginItem: 'no',
  setupDue: false,
  shortcut: { state: 'off', selection: false },
  notices: [],
});
