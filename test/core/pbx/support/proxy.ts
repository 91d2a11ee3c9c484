import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { TestCertificate } from './certificate.ts';
import { onClose } from './servers.ts';

export interface TestProxy {
  port: number;
  /** In the format of a PAC file. */
  entry: string;
  /** "host:port" of every tunnel that was requested. */
  asked: string[];
  /** The headers of every request: what a proxy sees. */
  heads: IncomingMessage['headers'][];
}

export interface ProxyOptions {
  /** Speaks TLS to its clients. */
  certificate?: TestCertificate;
  /** Answers every CONNECT with this status and opens no tunnel. */
  refuseWith?: number;
  /** Leads every tunnel to this port of this computer, whatever was requested. */
  leadTo?: number;
  /** Sent to the client directly after the answer. */
  intrude?: string;
}

/** A CONNECT proxy on loopback; closed after the test. */
export async function connectProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  const { certificate, refuseWith, leadTo, intrude = '' } = options;
  const server = certificate ? createHttpsServer({ key: certificate.key, cert: certificate.cert }) : createHttpServer();
  const asked: string[] = [];
  const heads: IncomingMessage['headers'][] = [];
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    heads.push(request.headers);
    if (refuseWith !== undefined) {
      socket.end(`HTTP/1.1 ${refuseWith} No\r\nproxy-authenticate: Basic realm="x"\r\n\r\n`);
      return;
    }
    const target = URL.parse(`tcp://${request.url ?? ''}`);
    const onward = connect({
      host: leadTo === undefined ? (target?.hostname ?? '') : '127.0.0.1',
      port: leadTo ?? Number(target?.port),
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    onward.once('connect', () => {
      socket.write(`HTTP/1.1 200 Connection established\r\n\r\n${intrude}`);
      socket.pipe(onward).pipe(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onClose(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { port, entry: `${certificate ? 'HTTPS' : 'PROXY'} 127.0.0.1:${port}`, asked, heads };
}
