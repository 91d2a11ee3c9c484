import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { settle } from './manual-clock.ts';

interface Message {
  request: { method: string; path: string };
}

/** Follows all requests that undici makes in this process. */
export class InFlight {
  readonly #open = new Set<Message['request']>();
  /** By "METHOD /path": the most that were under way at the same time. */
  readonly most = new Map<string, number>();
  #count = 0;

  /** How many were made. */
  get count(): number {
    return this.#count;
  }

  constructor() {
    subscribe('undici:request:create', this.#begun);
    subscribe('undici:request:trailers', this.#over);
    subscribe('undici:request:error', this.#over);
  }

  close(): void {
    unsubscribe('undici:request:create', this.#begun);
    unsubscribe('undici:request:trailers', this.#over);
    unsubscribe('undici:request:error', this.#over);
  }

  /**
   * Waits until nothing is under way and who asked has dealt with the answer. What is held back at the other side on
   * purpose is not waited for longer than `mostMs` of real time.
   */
  async quiet(mostMs = Infinity): Promise<void> {
    const until = performance.now() + mostMs;
    do await settle();
    while (this.#open.size > 0 && performance.now() < until);
    await settle();
  }

  readonly #begun = (message: unknown): void => {
    const { request } = message as Message;
    this.#count++;
    this.#open.add(request);
    const name = nameOf(request);
    const open = [...this.#open].filter((other) => nameOf(other) === name).length;
    this.most.set(name, Math.max(this.most.get(name) ?? 0, open));
  };

  readonly #over = (message: unknown): void => {
    this.#open.delete((message as Message).request);
  };
}

const nameOf = ({ method, path }: Message['request']): string => `${method} ${path.split('?')[0] ?? ''}`;
