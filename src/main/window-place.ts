import type { Rectangle, Screen } from 'electron';

/**
 * Turns the reported bounds of the window into the bounds to request at the next start. X11 places the frame at the
 * requested position but reports the area inside it. If the program requested that, the window would move at each
 * start. Wayland always reports 0, 0; the requested place then stays unchanged.
 */
export class WindowPlace {
  readonly #requested: Rectangle;
  /**
   * Difference between the reported and the requested position; null until the window manager has placed the window.
   */
  #shift: { x: number; y: number } | null = null;

  constructor(requested: Rectangle) {
    this.#requested = requested;
  }

  /**
   * Records where the desktop placed the window. Only the first call counts, because the user may move the window
   * later.
   */
  placed({ x, y }: Rectangle): void {
    this.#shift ??= { x: x - this.#requested.x, y: y - this.#requested.y };
  }

  /**
   * The position to request so that the window opens where it is now; the previous request while the frame size is
   * unknown.
   */
  boundsToRequest({ x, y, width, height }: Rectangle): Rectangle {
    const place = this.#shift === null ? this.#requested : { x: x - this.#shift.x, y: y - this.#shift.y };
    return { x: place.x, y: place.y, width, height };
  }
}

/** How much of the window must be on a screen so that the user can move it, in px. */
const GRIP = 40;

/**
 * The bounds to open the window with: the saved bounds when they are on a screen, otherwise the middle of `main`, the
 * primary display's work area. There is always an explicit position, because WindowPlace needs it to measure the frame.
 */
export function boundsToOpen(
  saved: Rectangle | null,
  { main, areas }: { main: Rectangle; areas: readonly Rectangle[] },
  usual: { width: number; height: number },
): Rectangle {
  if (saved !== null && areas.some((area) => reachable(saved, area))) return saved;
  const width = Math.min((saved ?? usual).width, main.width);
  const height = Math.min((saved ?? usual).height, main.height);
  const middle = { x: main.x + (main.width - width) / 2, y: main.y + (main.height - height) / 2 };
  return { x: Math.round(middle.x), y: Math.round(middle.y), width, height };
}

function reachable({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const across = x + width > area.x + GRIP && x < area.x + area.width - GRIP;
  return across && y >= area.y && y < area.y + area.height - GRIP;
}

/** The parts of the screens that are free for windows, the primary display's as `main`. */
export function workAreas(screen: Pick<Screen, 'getPrimaryDisplay' | 'getAllDisplays'>): {
  main: Rectangle;
  areas: Rectangle[];
} {
  return {
    main: screen.getPrimaryDisplay().workArea,
    areas: screen.getAllDisplays().map((display) => display.workArea),
  };
}
