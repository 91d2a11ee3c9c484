import { createServer, type Server } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { makeCertificate, type TestCertificate } from '../../support/certificate.ts';

export type Frame = Record<string, unknown>;

/** Handlers for frames; frames without a handler are answered as documented. */
export interface PushScript {
  /** The path of its WebSocket; every other path answers 404. */
  path?: string;
  /** The raw answer to the upgrade, instead of a WebSocket. */
  upgrade?: (request: IncomingMessage, socket: Duplex) => void;
  auth?: (frame: Frame, socket: WebSocket) => void;
  subscribe?: (frame: Frame, socket: WebSocket) => void;
  certificate?: TestCertificate;
  /** 0: any free port. */
  port?: number;
}

let shared: Promise<TestCertificate> | null = null;
const testCertificate = (): Promise<TestCertificate> => (shared ??= makeCertificate('pbx.test'));

const open: PushServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A PBX's WebSocket interface on loopback, over TLS. Closed after the test. */
export class PushServer {
  readonly certificate: TestCertificate;
  /** Every frame that it received, over all connections. */
  readonly frames: Frame[] = [];
  /** The first line of every request. */
  readonly requests: string[] = [];
  /** The headers of every upgrade. */
  readonly headers: IncomingMessage['headers'][] = [];
  /** Every WebSocket that was opened, oldest first. */
  readonly sockets: WebSocket[] = [];
  /** The TCP sockets of these, for bytes that no WebSocket would send. */
  readonly streams: Duplex[] = [];
  /** Pings of the client. */
  pings = 0;
  readonly #script: PushScript;
  readonly #server: Server;
  readonly #wss = new WebSocketServer({ noServer: true });
  readonly #tcp = new Set<Socket>();

  private constructor(script: PushScript, certificate: TestCertificate) {
    this.#script = script;
    this.certificate = certificate;
    this.#server = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
      this.requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
      response.writeHead(404).end('nothing here');
    });
    this.#server.on('connection', (socket: Socket) => {
      this.#tcp.add(socket.on('close', () => this.#tcp.delete(socket)));
    });
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  static async start(script: PushScript = {}): Promise<PushServer> {
    const server = new PushServer(script, script.certificate ?? (await testCertificate()));
    await new Promise<void>((resolve) => server.#server.listen(script.port ?? 0, '127.0.0.1', resolve));
    open.push(server);
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** TCP connections that are open now. */
  get connections(): number {
    return this.#tcp.size;
  }

  /** The frames of one command. */
  commands(command: string): Frame[] {
    return this.frames.filter((frame) => frame['command'] === command);
  }

  /** Sends to the newest connection. */
  push(frame: unknown): void {
    this.sockets.at(-1)?.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Stops reading and answering, and keeps the connections open: as if a cable were cut. */
  freeze(): void {
    for (const socket of this.#tcp) socket.pause();
    for (const socket of this.sockets) socket.pause();
  }

  /** Closes the port and cuts every connection. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#tcp) socket.destroy();
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined);
    this.requests.push(`UPGRADE ${request.url ?? ''}`);
    this.headers.push(request.headers);
    if (this.#script.upgrade) {
      this.#script.upgrade(request, socket);
      return;
    }
    if (request.url !== (this.#script.path ?? '/wsi')) {
      socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      return;
    }
    this.#wss.handleUpgrade(request, socket, head, (opened) => {
      this.sockets.push(opened);
      this.streams.push(socket);
      opened.on('error', () => undefined);
      opened.on('ping', () => this.pings++);
      opened.on('message', (data: Buffer) => this.#receive(JSON.parse(data.toString()) as Frame, opened));
    });
  }

  #receive(frame: Frame, socket: WebSocket): void {
    this.frames.push(frame);
    if (frame['command'] === 'auth') (this.#script.auth ?? accept)(frame, socket);
    else if (frame['command'] === 'subscribe') (this.#script.subscribe ?? accept)(frame, socket);
  }
}

/** The documented positive answer. */
export function accept(frame: Frame, socket: WebSocket): void {
  socket.send(JSON.stringify({ command: frame['command'], id: '1', status: 0 }));
}

/** The documented refusal. */
export function refuse(frame: Frame, socket: WebSocket): void {
  const error = 'access_token , username , domain or password error';
  socket.send(JSON.stringify({ command: frame['command'], error, id: '2', status: -1 }));
}

/** No answer at all. */
export const ignore = (): void => undefined;
