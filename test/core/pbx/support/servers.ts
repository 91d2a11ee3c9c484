import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { makeCertificate, type TestCertificate } from './certificate.ts';

export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface TestServer {
  origin: string;
  port: number;
  certificate: TestCertificate;
  /** Every request with its whole body, in order of arrival. */
  requests: SeenRequest[];
  close(): Promise<void>;
}

export type Handler = (request: SeenRequest, response: ServerResponse) => void;

let shared: Promise<TestCertificate> | null = null;

/** The certificate of all test servers without one of their own. */
const testCertificate = (): Promise<TestCertificate> => (shared ??= makeCertificate('pbx.test'));

const open: (() => Promise<void>)[] = [];

/** Registers something to be closed after the test. */
export const onClose = (close: () => Promise<void>) => open.push(close);

/** For afterEach: closes everything that a test has started. */
export async function closeServers(): Promise<void> {
  await Promise.all(open.splice(0).map((close) => close()));
}

/** An HTTPS server on loopback that answers with `handler`. */
export async function httpsServer(handler: Handler, certificate?: TestCertificate): Promise<TestServer> {
  const shown = certificate ?? (await testCertificate());
  const requests: SeenRequest[] = [];
  const server = createHttpsServer({ key: shown.key, cert: shown.cert }, (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      requests.push(seen);
      handler(seen, response);
    });
  });
  const { port, close } = await listen(server);
  return { origin: `https://127.0.0.1:${port}`, port, certificate: shown, requests, close };
}

/** A TLS server that gives access to the raw socket, for bytes that no HTTP library would send. */
export async function tlsServer(onSocket: (socket: TLSSocket) => void): Promise<Omit<TestServer, 'requests'>> {
  const certificate = await testCertificate();
  const server = createTlsServer({ key: certificate.key, cert: certificate.cert }, (socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  const { port, close } = await listen(server);
  return { origin: `https://127.0.0.1:${port}`, port, certificate, close };
}

/**
 * An impostor between this computer and the PBX, with a certificate of its own: accepts every connection at `port`
 * (any by default), completes the handshake, and counts the bytes that it receives afterwards. Once nothing is `open`
 * any more, everything that was sent has arrived.
 */
export async function impostor(options: { certificate: TestCertificate; port?: number }) {
  const seen = { connections: 0, open: 0, bytes: 0 };
  const { key, cert } = options.certificate;
  const server = createTlsServer({ key, cert }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => (seen.bytes += data.length));
  });
  server.on('connection', (socket: Socket) => {
    seen.connections++;
    seen.open++;
    socket.on('close', () => seen.open--);
  });
  const { port, close } = await listen(server, options.port);
  return { seen, port, close };
}

/** A server that speaks HTTP without TLS. */
export async function plainHttpServer(): Promise<{ port: number }> {
  return listen(createHttpServer((_request, response) => response.end('hello')));
}

/** A server that accepts connections and sends nothing, not even TLS. */
export async function silentServer() {
  const seen = { connections: 0, open: 0 };
  const server = createTcpServer((socket) => {
    seen.connections++;
    seen.open++;
    socket.on('error', () => undefined).on('close', () => seen.open--);
    socket.resume();
  });
  const { port } = await listen(server);
  return { port, seen };
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const { port, close } = await listen(createTcpServer());
  await close();
  return port;
}

async function listen(server: Server, wanted = 0): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  open.push(close);
  return { port: (server.address() as AddressInfo).port, close };
}

/** Answers JSON. */
export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
