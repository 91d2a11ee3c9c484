import type { RawData, WebSocket } from 'ws';
import { appError, type AppError } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import { toAppError } from '../network-errors.ts';
import { Inbox, type PushItem } from './inbox.ts';
import { Pulse } from './pulse.ts';

/** The state of an open WebSocket (HTML standard, WebSocket.readyState). */
const OPEN = 1;

export interface PushSocketOptions {
  /** Open and paused. */
  socket: WebSocket;
  clock: Clock;
  onItem: (item: PushItem) => void;
}

export interface SocketEnd {
  error: AppError;
  /** RFC 6455 7.4; null when the connection did not end by a close frame. */
  closeCode: number | null;
}

/** One open WebSocket: sends commands, receives items, and always reports its end. */
export class PushSocket {
  /** Resolves once, when the connection is over, whichever side ended it. */
  readonly ended: Promise<SocketEnd>;
  readonly #socket: WebSocket;
  readonly #inbox: Inbox;
  readonly #pulse: Pulse;
  readonly #end: (end: SocketEnd) => void;
  #hasEnded = false;

  constructor({ socket, clock, onItem }: PushSocketOptions) {
    const { promise, resolve } = Promise.withResolvers<SocketEnd>();
    this.ended = promise;
    this.#end = resolve;
    this.#socket = socket;
    this.#inbox = new Inbox({
      clock,
      onItem,
      onFull: () => socket.pause(),
      onRoom: () => socket.resume(),
    });
    this.#pulse = new Pulse({
      clock,
      ping: () => socket.ping(undefined, true, () => undefined),
      onDead: () => this.#finish(this.#lost('timed-out', 'no sign of life')),
    });
    socket.on('message', (data) => {
      this.#pulse.received();
      this.#inbox.add(textOf(data));
    });
    socket.on('ping', () => this.#pulse.received());
    socket.on('pong', () => this.#pulse.received());
    socket.on('error', (error) => this.#handleEnd({ error: readError(error, socket.url), closeCode: null }));
    socket.on('close', (code) => this.#handleEnd(this.#lost('connection-lost', `closed (${code})`, code)));
    if (socket.readyState === OPEN) socket.resume();
    else this.#finish(this.#lost('connection-lost', 'closed at once'));
  }

  /** Sends a command. After the end of the connection it is dropped. */
  send(command: object): void {
    if (!this.#hasEnded) this.#socket.send(JSON.stringify(command), () => undefined);
  }

  /** Checks the connection after sleep or a network change, and ends it unless the PBX answers soon. */
  probe(): void {
    if (!this.#hasEnded) this.#pulse.probe();
  }

  /** Ends the connection without a close frame, because the PBX may be unreachable. */
  close(): void {
    this.#finish(this.#lost('connection-lost', 'stopped here'));
  }

  #handleEnd(end: SocketEnd): void {
    // A refusal and the end of the connection often come in one packet, so the frames before the end are still read.
    if (!this.#hasEnded) this.#inbox.finish();
    this.#finish(end);
  }

  #finish(end: SocketEnd): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#pulse.stop();
    this.#inbox.close();
    for (const event of ['message', 'ping', 'pong', 'close', 'error']) this.#socket.removeAllListeners(event);
    this.#socket.on('error', () => undefined);
    this.#socket.terminate();
    this.#end(end);
  }

  #lost(code: 'connection-lost' | 'timed-out', why: string, closeCode: number | null = null): SocketEnd {
    return { error: appError(code, { detail: `${this.#socket.url}: ${why}` }), closeCode };
  }
}

function readError(error: Error, url: string): AppError {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
    return appError('answer-too-large', { detail: `${url}: a frame of more than 1 MiB` });
  }
  if (code.startsWith('WS_ERR_')) return appError('bad-answer', { detail: `${url}: ${code}` });
  return toAppError(error, url);
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString();
}
