import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Clock } from '../../core/clock.ts';
import { PushConnection, type PushRules, type Topic } from './push-connection.ts';

const FRAMES_KEPT = 1_000;

/** A frame that a client sent. */
export interface ReceivedFrame {
  /** As sent. */
  text: string;
  /** ms since 1970 on the PBX's clock. */
  at: number;
}

export interface ListeningClient {
  /** Null until it has signed in. */
  username: string | null;
  topics: Topic[];
  extensions: string[];
}

/** What tests do to push. */
export interface PushControl {
  /** Who is connected, oldest first; not those that were frozen. */
  readonly connections: readonly ListeningClient[];
  /** The last 1,000 frames from clients, oldest first. Passwords too. */
  readonly received: readonly ReceivedFrame[];
  /** Cuts all connections, or closes them politely with this WebSocket close code. New ones are welcome. */
  dropAll(closeCode?: number): void;
  /** Half-open: today's connections stay, but are neither read (no pong, no goodbye) nor written to any more. */
  freeze(): void;
  /** Frames leave so much later, on the PBX's clock, and in order; 0 ends it. Pongs do not wait. */
  delay(ms: number): void;
  /** Sends a frame to everybody: text as it is, anything else as JSON. */
  send(frame: unknown): void;
  /** Sends everybody text that is no JSON, a binary frame, or bytes that break the WebSocket protocol. */
  garbage(kind: 'text' | 'binary' | 'protocol'): void;
}

interface Client {
  socket: WebSocket;
  /** The TLS connection underneath. */
  wire: Duplex;
  connection: PushConnection;
}

/** The WebSocket interface, wss://HOST:8887/wsi since 22.0. */
export class PushServer implements PushControl {
  readonly received: ReceivedFrame[] = [];
  readonly #clock: Clock;
  readonly #rules: PushRules;
  readonly #upgrader = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // A frozen connection does not answer; the others get their pongs below.
    autoPong: false,
    perMessageDeflate: false,
    maxPayload: 65_536,
  });
  /** Without those that are frozen: they stay open, and nobody here knows them any more. */
  readonly #clients = new Set<Client>();
  readonly #waiting = new Set<{ send: () => void; cancel: () => void }>();
  #delayMs = 0;

  constructor(clock: Clock, rules: PushRules) {
    this.#clock = clock;
    this.#rules = rules;
  }

  get connections(): ListeningClient[] {
    return [...this.#clients].map(({ connection }) => ({
      username: connection.username,
      topics: [
        ...(connection.extensions.length > 0 ? (['extension_events'] as const) : []),
        ...(connection.hearsCalls ? (['cdr_events'] as const) : []),
      ],
      extensions: connection.extensions,
    }));
  }

  /** Takes over a connection whose client asks for a WebSocket. */
  accept(request: IncomingMessage, wire: Duplex, head: Buffer): void {
    const address = request.socket.remoteAddress ?? '';
    this.#upgrader.handleUpgrade(request, wire, head, (socket) => {
      const connection = new PushConnection(this.#rules, address, (frame) => this.#send(client, frame));
      const client: Client = { socket, wire, connection };
      this.#clients.add(client);
      socket.on('message', (data: RawData, isBinary: boolean) => {
        if (!isBinary && this.#clients.has(client)) this.#receive(client, textOf(data));
      });
      socket.on('ping', (data) => socket.pong(data));
      // A client that goes away in the middle is its own business.
      socket.on('error', () => undefined);
      socket.on('close', () => this.#clients.delete(client));
    });
  }

  /** To everybody who listens to the calls of the tenant. */
  publishCall(frame: object): void {
    for (const client of this.#clients) if (client.connection.hearsCalls) this.#send(client, frame);
  }

  /** To everybody who listens to this extension. */
  publishExtension(extension: string, frame: object): void {
    for (const client of this.#clients) if (client.connection.hears(extension)) this.#send(client, frame);
  }

  /** All connections were cut: forgets who they were, and what waits to be sent. */
  forget(): void {
    for (const { cancel } of this.#waiting) cancel();
    this.#waiting.clear();
    this.#clients.clear();
  }

  dropAll(closeCode?: number): void {
    for (const client of this.#clients) {
      if (closeCode !== undefined) client.socket.close(closeCode);
      else {
        this.#clients.delete(client);
        client.socket.terminate();
      }
    }
  }

  freeze(): void {
    for (const { socket } of this.#clients) socket.pause();
    this.#clients.clear();
  }

  delay(ms: number): void {
    for (const { send, cancel } of [...this.#waiting]) {
      cancel();
      send();
    }
    this.#delayMs = ms;
  }

  send(frame: unknown): void {
    for (const client of this.#clients) this.#send(client, frame);
  }

  garbage(kind: 'text' | 'binary' | 'protocol'): void {
    for (const { socket, wire } of this.#clients) {
      if (kind === 'text') socket.send('{"event_type":"extension_call","extension":');
      else if (kind === 'binary') socket.send(Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x80]));
      else wire.write(Buffer.alloc(16, 0xff));
    }
  }

  #receive(client: Client, text: string): void {
    this.received.push({ text, at: this.#clock.now() });
    if (this.received.length > FRAMES_KEPT) this.received.shift();
    client.connection.receive(text);
  }

  #send(client: Client, frame: unknown): void {
    const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
    if (this.#delayMs === 0) client.socket.send(text);
    else {
      const entry = {
        send: () => {
          this.#waiting.delete(entry);
          if (this.#clients.has(client)) client.socket.send(text);
        },
        cancel: this.#clock.after(this.#delayMs, () => entry.send()),
      };
      this.#waiting.add(entry);
    }
  }
}

/** ws gives text frames as one Buffer, unless told otherwise. */
const textOf = (data: RawData): string => (Buffer.isBuffer(data) ? data.toString('utf8') : '');
