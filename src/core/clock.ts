/** Time as an argument, so that tests can hold it. */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Runs `task` once after `ms`; the function returned cancels it. */
  after(ms: number, task: () => void): () => void;
  /** A number in [0, 1), for jitter. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    // Longer waits would overflow and end at once.
    const timer = setTimeout(task, Math.min(ms, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
