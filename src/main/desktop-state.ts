import type { DesktopState, Notice } from '../shared/state.ts';

/** What the shell knows of this computer. Every change is told, so that the window and the tray follow. */
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

  /** Shows a notice once; one that the user dismissed stays away until the program starts again. */
  notice(notice: Notice): void {
    if (this.#dismissed.has(notice.id)) return;
    const others = this.#state.notices.filter((other) => other.id !== notice.id);
    this.#state = { ...this.#state, notices: [...others, notice] };
    this.#onChange();
  }

  /** The reason for a notice is gone. */
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
