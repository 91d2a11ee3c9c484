/** Runs one task at a time: callers that arrive while it runs share its result. */
export class SingleFlight<T> {
  #running: Promise<T> | null = null;

  /** The task that is running; null if none is. */
  get running(): Promise<T> | null {
    return this.#running;
  }

  /** Runs `task`, unless one is running already. */
  run(task: () => Promise<T>): Promise<T> {
    this.#running ??= task().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }
}
