import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { makeCertificate, type TestCertificate } from '../core/pbx/support/certificate.ts';
import { answerTo } from './requests.ts';
import { answer, type Front, type Strike } from './wire.ts';

let shared: Promise<TestCertificate> | null = null;

export interface StruckServer {
  origin: string;
  fingerprint: string;
  /** How often something was spoilt: a request, or with a front a connection. */
  strikes: () => number;
  /** Connections that are open. */
  open: () => number;
  /** What new connections meet from now on; undefined is TLS. */
  show(front: Front | undefined): void;
  close(): Promise<void>;
}

/** A PBX on loopback that spoils the answers to the requests `at` ("METHOD /path") and answers all others well. */
export async function struckServer(
  { at, without = [] }: { at: string | readonly string[]; without?: readonly string[] },
  strike: Strike,
  front?: Front,
): Promise<StruckServer> {
  const { key, cert, fingerprint } = await (shared ??= makeCertificate('pbx.test'));
  const spoilt = new Set([at].flat());
  let shown = front;
  let strikes = 0;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
  };
  /** What is below TLS, by the port at the other end. */
  const plain = new Map<number | undefined, Socket>();
  const tls = createTlsServer({ key, cert }, (socket) => {
    keep(socket);
    readRequests(socket, (request) => {
      const path = withoutQuery(request);
      if (spoilt.has(request) || spoilt.has(path)) {
        strikes++;
        strike(socket, () => plain.get(socket.remotePort)?.resetAndDestroy(), path);
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
    strikes++;
    if (shown === 'resetting') socket.resetAndDestroy();
    // Or it would not notice the end.
    else socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fingerprint,
    strikes: () => strikes,
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

function answerElsewhere(request: string, without: readonly string[]): Strike {
  const body = without.includes(request) ? undefined : answerTo(request);
  return body === undefined ? answer(404, '') : answer(200, JSON.stringify(body));
}
