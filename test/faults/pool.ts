let running = 0;
const waiting: (() => void)[] = [];

/** Runs `task` as soon as fewer than `most` tasks are running. */
export async function pooled<T>(most: number, task: () => Promise<T>): Promise<T> {
  if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await task();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}
