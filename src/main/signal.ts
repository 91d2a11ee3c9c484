/** Passes values on to one listener. Drops values while there is no listener and after `close`. */
export class Signal<T> {
  #listener: ((value: T) => void) | null = null;

  emit(value: T): void {
    this.#listener?.(value);
  }

  listen(listener: (value: T) => void): void {
    this.#listener = listener;
  }

  close(): void {
    this.#listener = null;
  }
}
