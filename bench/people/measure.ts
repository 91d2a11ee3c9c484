/** Percentiles of the durations of many runs, in ms. */
export interface Times {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export function timesOf(ms: readonly number[]): Times {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** Runs `work` once for each item. */
export function timeEach<T>(items: readonly T[], work: (item: T) => void): Times {
  return timesOf(
    items.map((item) => {
      const started = performance.now();
      work(item);
      return performance.now() - started;
    }),
  );
}

/**
 * Runs `work` and measures it, in ms: how long it took, and how long it kept this thread from other tasks. `blocked`: the
 * times that other tasks had to wait. `busy`: the processor time of this thread in those waits, which does not depend on
 * other programs.
 */
export async function timeWithPauses(work: () => Promise<void>): Promise<{ ms: number; blocked: Times; busy: Times }> {
  const gaps: number[] = [];
  const used: number[] = [];
  let running = true;
  let last = performance.now();
  let lastUsed = threadMs();
  const tick = (): void => {
    const now = performance.now();
    gaps.push(now - last);
    last = now;
    const usedNow = threadMs();
    used.push(usedNow - lastUsed);
    lastUsed = usedNow;
    if (running) setImmediate(tick);
  };
  setImmediate(tick);
  const started = performance.now();
  await work();
  const ms = performance.now() - started;
  running = false;
  return { ms, blocked: timesOf(gaps), busy: timesOf(used) };
}

/** Processor time of this thread. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
