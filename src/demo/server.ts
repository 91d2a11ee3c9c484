import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../core/clock.ts';
import type { DemoCertificate } from './certificate.ts';
import { deliver, deliverGarbage, deliverHuge, deliverInsteadOfUpgrade } from './deliver.ts';
import type { FaultAction, FaultScript } from './faults.ts';
import { refuse, refuseSilently, type PbxAnswer, type PbxRequest } from './http.ts';
import type { PushServer } from './push/push-server.ts';
import type { RateLimit } from './rate-limit.ts';
import { readBody } from './read-body.ts';

export const HOST = '127.0.0.1';
const REQUESTS_KEPT = 1_000;

/** What a client asked, for tests to look at. */
export interface RecordedRequest {
  method: string;
  /** Without query. */
  path: string;
  /** After the question mark, '' when there was none. */
  query: string;
  /** As sent; '' when there was none or it was too large. */
  body: string;
  /** The content type of the body in lower case, '' when missing. */
  contentType: string;
  /** Whether the request had an access token. */
  bearer: boolean;
  /** ms since 1970 on the PBX's clock. */
  at: number;
}

interface ServerParts {
  certificate: DemoCertificate;
  clock: Clock;
  faults: FaultScript;
  limit: RateLimit;
  /** Null: a request for a WebSocket is one like any other, for a path that does not exist. */
  push: PushServer | null;
  answer: (request: PbxRequest) => PbxAnswer;
}

/** The HTTPS side of the PBX: takes requests, lets the fault script spoil them, sends the answers. */
export class PbxServer {
  readonly requests: RecordedRequest[] = [];
  readonly #parts: ServerParts;
  readonly #delays = new Set<() => void>();
  /** All connections. The server does not list those in a TLS handshake or those that became WebSockets. */
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  /** Resolves with the port; rejects when it is taken. `port` 0 takes any. */
  async listen(port: number): Promise<number> {
    const server = createServer({ ...this.#parts.certificate }, (request, response) => {
      // The PBX may live inside another program: a mistake of its own must not end that.
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
    for (const cancel of this.#delays) cancel();
    this.#delays.clear();
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
    // A client that goes away in the middle is its own business.
    response.on('error', () => undefined);
    const body = await readBody(incoming);
    if ('problem' in body && body.problem === 'cut') return;
    const request = read(incoming, 'text' in body ? body.text : '');
    this.#record(request);
    const tooMany = this.#parts.limit.refusal(request.address);
    if (tooMany !== null) {
      this.#send(response, tooMany);
      return;
    }
    if ('problem' in body) {
      const answer = refuse(413, 'VALIDATE_FAILED', 'The body is larger than 1 MB');
      this.#send(response, { ...answer, headers: { connection: 'close' } });
      return;
    }
    const fault = this.#parts.faults.take(request.method, request.path);
    if (fault === null) this.#send(response, this.#parts.answer(request));
    else this.#strike(fault, request, response);
  }

  #strike(fault: FaultAction, request: PbxRequest, response: ServerResponse): void {
    if ('delayMs' in fault) {
      this.#later(fault.delayMs, () => this.#send(response, this.#parts.answer(request)));
      return;
    }
    const now = this.#parts.clock.now();
    const cutBody = 'drop' in fault && fault.drop === 'mid-body';
    if ('truncate' in fault || cutBody) {
      deliver(response, this.#parts.answer(request), now, cutBody ? 'drop-mid-body' : 'truncate');
      return;
    }
    if (fault.apply === true) this.#parts.answer(request);
    if ('drop' in fault) response.destroy();
    else if ('garbage' in fault) deliverGarbage(response);
    else if ('hugeBytes' in fault) deliverHuge(response, fault.hugeBytes);
    else if ('status' in fault) this.#send(response, fault);
  }

  /** A client asks for a WebSocket; `accept` gives it one. */
  #upgrade(incoming: IncomingMessage, wire: Duplex, accept: () => void): void {
    wire.on('error', () => undefined);
    const { clock, faults, limit } = this.#parts;
    const request = read(incoming, '');
    this.#record(request);
    const refuse = (answer: PbxAnswer): void => deliverInsteadOfUpgrade(wire, answer, clock.now());
    const tooMany = limit.refusal(request.address);
    if (tooMany !== null) {
      refuse(tooMany);
      return;
    }
    const fault = faults.take(request.method, request.path);
    if (request.path !== '/wsi') refuse(refuseSilently(404));
    else if (fault === null) accept();
    else if ('status' in fault) refuse(fault);
    else if ('delayMs' in fault) this.#later(fault.delayMs, accept);
    else if (!('hang' in fault)) wire.destroy();
  }

  #later(ms: number, task: () => void): void {
    const cancel = this.#parts.clock.after(ms, () => {
      this.#delays.delete(cancel);
      task();
    });
    this.#delays.add(cancel);
  }

  #send(response: ServerResponse, answer: PbxAnswer): void {
    deliver(response, answer, this.#parts.clock.now());
  }

  #record({ method, path, query, body, contentType, token }: PbxRequest): void {
    const at = this.#parts.clock.now();
    this.requests.push({ method, path, query: query.toString(), body, contentType, bearer: token !== '', at });
    if (this.requests.length > REQUESTS_KEPT) this.requests.shift();
  }
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
