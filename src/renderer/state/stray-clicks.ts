/** Within this time, the user cannot have read what appeared under the pointer. */
const STRAY_MS = 500;

type Click = Pick<MouseEvent, 'target' | 'detail' | 'clientX' | 'clientY'>;

/** Recognises clicks that hit something else than intended, because the rows below the pointer just moved. `now`: a monotonic clock, in ms. */
export class StrayClicks {
  readonly #now: () => number;
  #movedAt = -Infinity;
  #last: Element | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Must be called when something appeared or disappeared, and so moved the rows below it. */
  moved(): void {
    this.#movedAt = this.#now();
  }

  /** True for a stray click. This includes the second click of a double click if the first one hit another control. */
  isStray({ target, detail, clientX, clientY }: Click): boolean {
    // `detail` is the number of clicks; 0 if a key pressed the button.
    if (detail === 0 || !(target instanceof Element)) return false;
    const control = target.closest('label') ?? target.closest('button, a, input, select, summary, [role="option"]');
    const before = this.#last;
    this.#last = control;
    if (control === null) return false;
    // A click at position 0, 0 comes from assistive technology and not from a pointer.
    if (detail > 1 && control !== before && (clientX !== 0 || clientY !== 0)) return true;
    // Parts that are docked to the edge of the window do not move.
    return control.closest('[data-docked]') === null && this.#now() - this.#movedAt < STRAY_MS;
  }
}
