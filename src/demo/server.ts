import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../core/clock.ts';
import type { DemoCertificate } from './certificate.ts';
import { deliver, deliverInsteadOfUpgrade } from './deliver.ts';
import { refuse, refuseSilently, type PbxAnswer, type PbxRequest } from './http.ts';
import type { PushServer } from './push/push-server.ts';
import { readBody } from './read-body.ts';

export const HOST = '127.0.0.1';

/** A filter between the network and the PBX. The tests use one that records, refuses and injects faults. */
export interface Gate {
  /** Handles a request; `answer` executes it and returns the PBX's answer. */
  request(request: PbxRequest, response: ServerResponse, answer: () => PbxAnswer): void;
  /** Handles a WebSocket request; `answer` opens it or refuses it. */
  upgrade(request: PbxRequest, wire: Duplex, answer: () => void): void;
  /** Runs before all connections are cut. */
  close(): void;
}

interface ServerParts {
  certificate: DemoCertificate;
  clock: Clock;
  /** Null for a PBX without push, which answers a WebSocket request like an unknown path. */
  push: PushServer | null;
  answer: (request: PbxRequest) => PbxAnswer;
  /** When absent, all requests pass. */
  gate?: Gate;
}

/** The HTTPS server of the PBX. */
export class PbxServer {
  readonly #parts: ServerParts;
  readonly #gate: Gate;
  /** All connections, including those that Node's server does not list: in a TLS handshake, or after an upgrade. */
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#gate = parts.gate ?? openGate(parts.clock);
  }

  /** Resolves with the port; rejects when it is taken. `port` 0 takes any. */
  async listen(port: number): Promise<number> {
    const server = createServer({ ...this.#parts.certificate }, (request, response) => {
      // The PBX may run inside another program, so an error here must not end it.
      this.#handle(request, response).catch(() => response.destroy());
    });
    const { push } = this.#parts;
    if (push !== null) {
      server.on('upgrade', (request: IncomingMessage, wire: Duplex, head: Buffer) =>
        this.#upgrade(request, wire, () => push.accept(request, wire, head)),
      );
    }
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket.on('close', () => this.#sockets.delete(socket)));
    });
    await new Promise<void>((resolve, reject) => {
      server.on('error', reject);
      server.listen(port, HOST, resolve);
    });
    this.#server = server;
    return (server.address() as AddressInfo).port;
  }

  /** Cuts every connection, as a power failure does. */
  async close(): Promise<void> {
    this.#gate.close();
    this.#parts.push?.forget();
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    // A client may disconnect at any time.
    response.on('error', () => undefined);
    const body = await readBody(incoming);
    if ('problem' in body && body.problem === 'cut') return;
    const request = read(incoming, 'text' in body ? body.text : '');
    this.#gate.request(request, response, () => ('text' in body ? this.#parts.answer(request) : tooLarge()));
  }

  #upgrade(incoming: IncomingMessage, wire: Duplex, accept: () => void): void {
    wire.on('error', () => undefined);
    const request = read(incoming, '');
    const refuse = (): void => deliverInsteadOfUpgrade(wire, refuseSilently(404), this.#parts.clock.now());
    this.#gate.upgrade(request, wire, request.path === '/wsi' ? accept : refuse);
  }
}

const openGate = (clock: Clock): Gate => ({
  request: (_request, response, answer) => deliver(response, answer(), clock.now()),
  upgrade: (_request, _wire, answer) => answer(),
  close: () => undefined,
});

function tooLarge(): PbxAnswer {
  const answer = refuse(413, 'VALIDATE_FAILED', 'The body is larger than 1 MB');
  return { ...answer, headers: { connection: 'close' } };
}

function read(incoming: IncomingMessage, body: string): PbxRequest {
  const target = incoming.url ?? '/';
  const cut = target.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: cut === -1 ? target : target.slice(0, cut),
    query: new URLSearchParams(cut === -1 ? '' : target.slice(cut + 1)),
    contentType: (incoming.headers['content-type'] ?? '').toLowerCase(),
    body,
    token: /^Bearer (\S+)$/i.exec(incoming.headers.authorization ?? '')?.[1] ?? '',
    address: incoming.socket.remoteAddress ?? '',
  };
}
