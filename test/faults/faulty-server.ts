import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { makeCertificate, type TestCertificate } from '../core/pbx/support/certificate.ts';
import { answerTo } from './requests.ts';
import { answer, type Front, type Reply } from './wire.ts';

let shared: Promise<TestCertificate> | null = null;

export interface FaultyServer {
  origin: string;
  fingerprint: string;
  /** How often a fault was used: for a request, or with a front for a connection. */
  faultCount: () => number;
  /** Connections that are open. */
  open: () => number;
  /** The behaviour for new connections; undefined is normal TLS. */
  show(front: Front | undefined): void;
  close(): Promise<void>;
}

/**
 * A PBX on loopback that sends the faulty reply to the requests `at` ("METHOD /path") and correct answers to all
 * others.
 */
export async function startFaultyServer(
  { at, without = [] }: { at: string | readonly string[]; without?: readonly string[] },
  reply: Reply,
  front?: Front,
): Promise<FaultyServer> {
  const { key, cert, fingerprint } = await (shared ??= makeCertificate('pbx.test'));
  const faulty = new Set([at].flat());
  let shown = front;
  let count = 0;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
  };
  /** The TCP sockets below TLS, by remote port. */
  const plain = new Map<number | undefined, Socket>();
  const tls = createTlsServer({ key, cert }, (socket) => {
    keep(socket);
    readRequests(socket, (request) => {
      const path = withoutQuery(request);
      if (faulty.has(request) || faulty.has(path)) {
        count++;
        reply(socket, () => plain.get(socket.remotePort)?.resetAndDestroy(), path);
      } else answerElsewhere(path, without)(socket, () => {}, path);
    });
  });
  const server = createTcpServer((socket) => {
    keep(socket);
    if (shown === undefined) {
      plain.set(socket.remotePort, socket);
      tls.emit('connection', socket);
      return;
    }
    count++;
    if (shown === 'resetting') socket.resetAndDestroy();
    // Otherwise it would not detect that the client closed the connection.
    else socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fingerprint,
    faultCount: () => count,
    open: () => sockets.size,
    show: (next) => (shown = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Calls `onRequest` with "METHOD /path?query" once for each request whose body has arrived. */
function readRequests(socket: Socket, onRequest: (request: string) => void): void {
  let text = '';
  socket.setEncoding('latin1').on('data', (part: string) => {
    text += part;
    for (;;) {
      const end = text.indexOf('\r\n\r\n');
      const length = Number(/^content-length: *(\d+)/im.exec(text.slice(0, end))?.[1] ?? 0);
      if (end === -1 || text.length < end + 4 + length) return;
      const [method = '', path = ''] = text.split(' ', 2);
      text = text.slice(end + 4 + length);
      onRequest(`${method} ${path}`);
    }
  });
}

const withoutQuery = (request: string): string => request.split('?', 1).join();

function answerElsewhere(request: string, without: readonly string[]): Reply {
  const body = without.includes(request) ? undefined : answerTo(request);
  return body === undefined ? answer(404, '') : answer(200, JSON.stringify(body));
}
