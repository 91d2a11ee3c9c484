/** The time and the timers of the program. Tests replace it by a clock that they control. */
export interface Clock {
  /** Wall time: ms since 1970, for what people read and what is stored. The user may set it forward or back. */
  now(): number;
  /**
   * Monotonic time: ms since some moment in the past, for everything that elapses. Only goes forward, whatever happens
   * to the wall clock, and counts the time that the computer slept.
   */
  elapsed(): number;
  /** Runs `task` once after `ms`; the function returned cancels it. */
  after(ms: number, task: () => void): () => void;
  /** A number in [0, 1), for jitter. */
  random(): number;
}

/**
 * A beat is a multiple of this time, in ms. Work without an exact time is done at beats, so that the processor wakes
 * once.
 */
export const BEAT_MS = 15_000;

/**
 * A timer for a beat may fire a little early. A beat that comes sooner than this is therefore the one that it fired
 * for.
 */
const EARLY_MS = 1_000;

/** ms until the next beat, the same moment for everything that waits for it. */
export function untilBeat(clock: Pick<Clock, 'elapsed'>): number {
  const ms = BEAT_MS - (clock.elapsed() % BEAT_MS);
  return ms < EARLY_MS ? ms + BEAT_MS : ms;
}

/** The longest wait for a wall time, in ms: the clock may be set meanwhile. */
export const MAX_WALL_WAIT_MS = 600_000;

/** The longest wait that setTimeout takes, in ms; longer ones would overflow and end at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * The clock of this computer. Whether the system's monotonic clock counts sleep depends on the system, so the
 * program calls `suspended` and `resumed` around sleep, and the clock adds what is missing from the wall clock.
 */
export class SystemClock implements Clock {
  #sleptMs = 0;
  #suspendedAt: { wall: number; monotonic: number } | null = null;

  now(): number {
    return Date.now();
  }

  elapsed(): number {
    return performance.now() + this.#sleptMs;
  }

  after(ms: number, task: () => void): () => void {
    const timer = setTimeout(task, Math.min(ms, MAX_TIMEOUT_MS));
    return () => clearTimeout(timer);
  }

  random(): number {
    return Math.random();
  }

  /** The computer is about to sleep. */
  suspended(): void {
    this.#suspendedAt = { wall: Date.now(), monotonic: performance.now() };
  }

  /** The computer woke up. Without a `suspended` before, the length of the sleep is not known. */
  resumed(): void {
    const since = this.#suspendedAt;
    this.#suspendedAt = null;
    if (since === null) return;
    this.#sleptMs += Math.max(0, Date.now() - since.wall - (performance.now() - since.monotonic));
  }
}

export const systemClock = new SystemClock();
