import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { PushConnection, type PushRules } from './push-connection.ts';

/** One that is connected, signed in or not. */
export interface PushClient {
  socket: WebSocket;
  /** The TLS connection underneath. */
  wire: Duplex;
  connection: PushConnection;
}

/** The WebSocket interface, wss://HOST:8887/wsi since 22.0. */
export class PushServer {
  readonly #rules: PushRules;
  readonly #upgrader = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Nobody who has been forgotten is answered; the others get their pongs below.
    autoPong: false,
    perMessageDeflate: false,
    maxPayload: 65_536,
  });
  protected readonly clients = new Set<PushClient>();

  constructor(rules: PushRules) {
    this.#rules = rules;
  }

  /** Takes over a connection whose client asks for a WebSocket. */
  accept(request: IncomingMessage, wire: Duplex, head: Buffer): void {
    const address = request.socket.remoteAddress ?? '';
    this.#upgrader.handleUpgrade(request, wire, head, (socket) => {
      const connection = new PushConnection(this.#rules, address, (frame) => this.deliver(client, frame));
      const client: PushClient = { socket, wire, connection };
      this.clients.add(client);
      socket.on('message', (data: RawData, isBinary: boolean) => {
        if (!isBinary && this.clients.has(client)) this.receive(client, textOf(data));
      });
      socket.on('ping', (data) => socket.pong(data));
      // A client that goes away in the middle is its own business.
      socket.on('error', () => undefined);
      socket.on('close', () => this.clients.delete(client));
    });
  }

  /** To everybody who listens to the calls of the tenant. */
  publishCall(frame: object): void {
    for (const client of this.clients) if (client.connection.hearsCalls) this.deliver(client, frame);
  }

  /** To everybody who listens to this extension. */
  publishExtension(extension: string, frame: object): void {
    for (const client of this.clients) if (client.connection.hears(extension)) this.deliver(client, frame);
  }

  /** All connections were cut: forgets who they were. */
  forget(): void {
    this.clients.clear();
  }

  protected receive({ connection }: PushClient, text: string): void {
    connection.receive(text);
  }

  protected deliver({ socket }: PushClient, frame: unknown): void {
    socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }
}

/** ws gives text frames as one Buffer, unless told otherwise. */
const textOf = (data: RawData): string => (Buffer.isBuffer(data) ? data.toString('utf8') : '');
