/** Passes values on to one listener. A value before there is one, or after `close`, is dropped. */
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
