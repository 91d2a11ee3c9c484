import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { PushConnection, type PushRules } from './push-connection.ts';

/** A connected client, signed in or not. */
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
    // Pings are answered below.
    autoPong: false,
    perMessageDeflate: false,
    maxPayload: 65_536,
  });
  protected readonly clients = new Set<PushClient>();

  constructor(rules: PushRules) {
    this.#rules = rules;
  }

  /** Upgrades a connection to a WebSocket. */
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
      // A client may disconnect at any time.
      socket.on('error', () => undefined);
      socket.on('close', () => this.clients.delete(client));
    });
  }

  /** Sends to all clients that are subscribed to the tenant's calls. */
  publishCall(frame: object): void {
    for (const client of this.clients) if (client.connection.isSubscribedToCalls) this.deliver(client, frame);
  }

  /** Sends to all clients that are subscribed to this extension. */
  publishExtension(extension: string, frame: object): void {
    for (const client of this.clients) if (client.connection.isSubscribedTo(extension)) this.deliver(client, frame);
  }

  /** All connections were cut: drops all clients. */
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

/** The text of a frame, which ws passes as one Buffer. */
const textOf = (data: RawData): string => (Buffer.isBuffer(data) ? data.toString('utf8') : '');
