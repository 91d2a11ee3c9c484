import { MAX_WALL_WAIT_MS, type Clock } from '../core/clock.ts';
import { Timer } from '../shared/timer.ts';

const HALF_HOUR_MS = 30 * 60_000;
const MORNING_HOUR = 7;
/** The longest pause that can be chosen. A later end means that the clock or the file was changed. */
const MAX_PAUSE_MS = 48 * 3_600_000;

/** When a pause that is chosen at `now` ends: in half an hour, or at seven tomorrow morning (local time). */
export function pauseEnd(until: 'half-hour' | 'tomorrow', now: number): number {
  if (until === 'half-hour') return now + HALF_HOUR_MS;
  const morning = new Date(now);
  morning.setDate(morning.getDate() + 1);
  morning.setHours(MORNING_HOUR, 0, 0, 0);
  return morning.getTime();
}

/** Whether notifications are paused. `onChange` also runs when a pause ends by itself. */
export class Pause {
  readonly #clock: Clock;
  readonly #onChange: (until: number | null) => void;
  #until: number | null = null;
  readonly #end: Timer;

  constructor(clock: Clock, until: number | null, onChange: (until: number | null) => void) {
    this.#clock = clock;
    this.#end = new Timer(clock);
    this.#onChange = onChange;
    if (until !== null && until > clock.now() && until - clock.now() <= MAX_PAUSE_MS) this.#begin(until);
  }

  /** ms since 1970; null when not paused. Also correct when the computer slept through the end of the pause. */
  get until(): number | null {
    return this.#until !== null && this.#until > this.#clock.now() ? this.#until : null;
  }

  set(until: 'half-hour' | 'tomorrow' | null): void {
    this.#end.stop();
    this.#until = null;
    if (until !== null) this.#begin(pauseEnd(until, this.#clock.now()));
    this.#onChange(this.#until);
  }

  /** The computer woke up: timers do not count its sleep. */
  check(): void {
    if (this.until !== null) this.#begin(this.until);
    else if (this.#until !== null) this.set(null);
  }

  stop(): void {
    this.#end.stop();
  }

  #begin(until: number): void {
    this.#until = until;
    this.#wait(this.#clock.elapsed() + until - this.#clock.now());
  }

  /** `end`: monotonic, ms. A clock that is set back does not make the pause longer. */
  #wait(end: number): void {
    const left = end - this.#clock.elapsed();
    this.#end.start(Math.min(left, MAX_WALL_WAIT_MS), () => {
      if (this.until === null || this.#clock.elapsed() >= end) this.set(null);
      else this.#wait(end);
    });
  }
}
