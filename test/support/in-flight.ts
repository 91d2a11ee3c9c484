import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { settle } from './manual-clock.ts';

interface Message {
  request: ClientRequest;
}

/** Follows all requests that Node's HTTP client makes in this process. */
export class InFlight {
  readonly #open = new Set<ClientRequest>();
  /** By "METHOD /path": the most that were under way at the same time. */
  readonly most = new Map<string, number>();
  #count = 0;

  /** How many were made. */
  get count(): number {
    return this.#count;
  }

  constructor() {
    subscribe('http.client.request.created', this.#begun);
  }

  close(): void {
    unsubscribe('http.client.request.created', this.#begun);
  }

  /**
   * Waits until no request is pending and every client has handled its answer. Waits at most `maxMs` of real time for
   * answers that the server delays on purpose.
   */
  async quiet(maxMs = Infinity): Promise<void> {
    const until = performance.now() + maxMs;
    do await settle();
    while (this.#open.size > 0 && performance.now() < until);
    await settle();
  }

  readonly #begun = (message: unknown): void => {
    const { request } = message as Message;
    this.#count++;
    this.#open.add(request);
    request.once('close', () => this.#open.delete(request));
    const name = nameOf(request);
    const open = [...this.#open].filter((other) => nameOf(other) === name).length;
    this.most.set(name, Math.max(this.most.get(name) ?? 0, open));
  };
}

const nameOf = ({ method, path }: ClientRequest): string => `${method} ${path.split('?')[0] ?? ''}`;
