/** Long enough for a click that was aimed at something else to arrive, too short to read what appeared in its place. */
const STRAY_MS = 500;

type Click = Pick<MouseEvent, 'target' | 'detail' | 'clientX' | 'clientY'>;

/**
 * Distinguishes a click on what the user saw from one on what just moved below the pointer. `now`: ms on a clock that
 * nobody sets.
 */
export class StrayClicks {
  readonly #now: () => number;
  #movedAt = -Infinity;
  #last: Element | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Something appeared or went away and moved the rows below it. */
  moved(): void {
    this.#movedAt = this.#now();
  }

  /** Also true for the second click of a double click when the first one was on another control. */
  isStray({ target, detail, clientX, clientY }: Click): boolean {
    // A key that presses a button is a click without a count.
    if (detail === 0 || !(target instanceof Element)) return false;
    const control = target.closest('label') ?? target.closest('button, a, input, select, summary, [role="option"]');
    const before = this.#last;
    this.#last = control;
    if (control === null) return false;
    // Without a place it comes from assistive technology, not from a pointer that stayed where it was.
    if (detail > 1 && control !== before && (clientX !== 0 || clientY !== 0)) return true;
    // Parts that are docked to the edge of the window do not move.
    return control.closest('[data-docked]') === null && this.#now() - this.#movedAt < STRAY_MS;
  }
}
