import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import type { Opening } from '../../src/core/pbx/push/open-socket.ts';
import { PushConnection, type PushRules } from '../../src/demo/push/push-connection.ts';
import { appError } from '../../src/shared/errors.ts';
import { around, type SimClock } from '../fleet/sim-clock.ts';
import type { DeskClock } from './desk-clock.ts';
import type { Network } from './network.ts';

export interface SoakPushOptions {
  clock: SimClock;
  deskClock: DeskClock;
  network: Network;
  rules: PushRules;
}

const LATENCY_MS = { median: 40, spread: 1.6 };
const TIMEOUT_MS = 10_000;
const SOON_MS = 500;
/** The delay of delayed frames. */
const DELAYED_MS = { least: 2_000, more: 8_000 };

/** The part of a WebSocket that the push client uses. */
class Socket extends EventEmitter {
  readonly url = 'wss://soak/wsi';
  readyState = 1;
  onSend: (text: string) => void = () => {};
  onPing: () => void = () => {};
  onEnd: () => void = () => {};
  #waiting: string[] | null = [];

  send(text: string): void {
    if (this.readyState === 1) this.onSend(text);
  }

  ping(): void {
    if (this.readyState === 1) this.onPing();
  }

  pause(): void {
    this.#waiting ??= [];
  }

  resume(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const text of waiting) this.arrive(text);
  }

  terminate(): void {
    this.readyState = 3;
    this.onEnd();
  }

  arrive(text: string): void {
    if (this.readyState !== 1) return;
    if (this.#waiting === null) this.emit('message', Buffer.from(text));
    else this.#waiting.push(text);
  }

  close(): void {
    if (this.readyState !== 1) return;
    this.readyState = 3;
    this.emit('close', 1006);
  }
}

interface Client {
  socket: Socket;
  connection: PushConnection;
  /** Frames keep their order. */
  arrivedAt: number;
}

/** Simulated push between the PBX and one desk, without a WebSocket. */
export class SoakPush {
  readonly #options: SoakPushOptions;
  /** Clients that the PBX can reach; half-open connections are not included. */
  readonly #clients = new Set<Client>();
  readonly #sockets = new Set<Socket>();

  /** How often the desk has sent credentials. */
  signIns = 0;

  constructor(options: SoakPushOptions) {
    this.#options = options;
  }

  /** Sockets that the desk holds. */
  get open(): number {
    return this.#sockets.size;
  }

  /** Listeners on them. */
  get listeners(): number {
    return [...this.#sockets].flatMap((socket) => socket.eventNames().map((name) => socket.listenerCount(name))).length;
  }

  /** Events of the phone are sent to a connected client. */
  get works(): boolean {
    const soon = this.#options.deskClock.monotonic + SOON_MS;
    // Delayed frames delay the ones after them.
    return [...this.#clients].some(({ connection, arrivedAt }) => connection.extensions.length > 0 && arrivedAt < soon);
  }

  connect(signal: AbortSignal): Promise<Opening> {
    const { clock, deskClock, network } = this.#options;
    const [ms, code] = network.has('no-network')
      ? ([TIMEOUT_MS, 'timed-out'] as const)
      : network.has('portal')
        ? ([10, 'tls-changed'] as const)
        : network.has('restarting') || network.has('no-push')
          ? ([10, 'connection-refused'] as const)
          : ([around(clock, LATENCY_MS.median, LATENCY_MS.spread), null] as const);
    return new Promise((resolve) => {
      const settle = (opening: Opening): void => {
        cancel();
        signal.removeEventListener('abort', stop);
        resolve(opening);
      };
      const stop = (): void => settle({ got: 'failure', error: appError('connection-lost') });
      const cancel = deskClock.after(ms, () => {
        settle(code === null ? this.#accept() : { got: 'failure', error: appError(code) });
      });
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
    });
  }

  publishCall(frame: object): void {
    for (const client of this.#clients) if (client.connection.isSubscribedToCalls) this.#send(client, frame);
  }

  publishExtension(extension: string, frame: object): void {
    for (const client of this.#clients) if (client.connection.isSubscribedTo(extension)) this.#send(client, frame);
  }

  /** The PBX closes the connections. */
  drop(): void {
    for (const { socket } of this.#clients) this.#options.deskClock.after(LATENCY_MS.median, () => socket.close());
    this.#clients.clear();
  }

  /** Half-open: nothing gets through in either direction, and neither side is notified. */
  freeze(): void {
    this.#clients.clear();
  }

  #accept(): Opening {
    const socket = new Socket();
    const connection = new PushConnection(this.#options.rules, '192.0.2.1', (frame) => this.#send(client, frame));
    const client: Client = { socket, connection, arrivedAt: 0 };
    socket.onSend = (text) => {
      if (text.includes('"auth"')) this.signIns += 1;
      this.#soon(client, () => connection.receive(text));
    };
    socket.onPing = () => this.#soon(client, () => socket.emit('pong'));
    socket.onEnd = () => {
      this.#clients.delete(client);
      this.#sockets.delete(socket);
    };
    this.#clients.add(client);
    this.#sockets.add(socket);
    // Only the part that the client uses.
    return { got: 'socket', socket: socket as unknown as WebSocket };
  }

  #send(client: Client, frame: object): void {
    const { clock, deskClock, network } = this.#options;
    const text = JSON.stringify(frame);
    const late = network.has('push-delayed') ? DELAYED_MS.least + clock.random() * DELAYED_MS.more : 0;
    const now = deskClock.monotonic;
    client.arrivedAt = Math.max(client.arrivedAt, now + around(clock, LATENCY_MS.median, LATENCY_MS.spread) + late);
    const times = network.has('push-doubled') ? 2 : 1;
    deskClock.after(client.arrivedAt - now, () => {
      // Frames that were sent before the break may still arrive; later ones do not.
      for (let time = 0; time < times && this.#clients.has(client); time++) client.socket.arrive(text);
    });
  }

  #soon(client: Client, task: () => void): void {
    this.#options.deskClock.after(LATENCY_MS.median, () => {
      if (this.#clients.has(client)) task();
    });
  }
}
