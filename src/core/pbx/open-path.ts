// It makes the same requests as node:http, whose import loads all of Node's own fetch: 8 MB in 50 ms.
import { request } from 'node:https';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type SecureContext, type TLSSocket } from 'node:tls';
import { ConnectFailure, connectFailure } from './network-errors.ts';
import type { Path } from './proxies.ts';

export interface PathTarget {
  host: string;
  port: number;
  /** The certificates that are trusted for a proxy with TLS. */
  authorities: () => SecureContext;
}

const KEEP_ALIVE_PROBE_MS = 60_000;

/**
 * Opens a plain connection to a server: a TCP connection, or a tunnel through a proxy (CONNECT, RFC 9110 9.3.6).
 * The proxy learns host and port and nothing else. Fails with `ConnectFailure`.
 */
export async function openPath(path: Path, target: PathTarget, stop: AbortSignal): Promise<Socket> {
  if (path.by === 'unsupported') throw new ConnectFailure('proxy-unsupported', `proxy "${path.text}"`);
  if (path.by === 'direct') return tcp(target.host, target.port, stop);
  const name = `proxy ${authority(path.host, path.port)}`;
  const proxy = await reachProxy(path, target.authorities, stop).catch((error: unknown) => {
    throw new ConnectFailure('proxy-unreachable', `${name}: ${connectFailure(error).message}`);
  });
  return tunnel(proxy, name, authority(target.host, target.port), stop);
}

/** Does the TLS handshake over a connection. The caller checks the certificate, unless `rejectUnauthorized` is true. */
export function shakeHands(
  socket: Socket,
  host: string,
  options: Pick<ConnectionOptions, 'secureContext' | 'rejectUnauthorized'>,
  stop: AbortSignal,
): Promise<TLSSocket> {
  const secured = connectTls({
    socket,
    host,
    // The server name must not be an IP address and has no dot at its end (RFC 6066 3).
    ...(isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : {}),
    ALPNProtocols: ['http/1.1'],
    ...options,
  });
  return opened(secured, 'secureConnect', stop);
}

async function reachProxy(
  { by, host, port }: { by: 'http' | 'https'; host: string; port: number },
  authorities: () => SecureContext,
  stop: AbortSignal,
): Promise<Socket> {
  const socket = await tcp(host, port, stop);
  if (by === 'http') return socket;
  return shakeHands(socket, host, { secureContext: authorities(), rejectUnauthorized: true }, stop);
}

function tcp(host: string, port: number, stop: AbortSignal): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_PROBE_MS });
  return opened(socket, 'connect', stop);
}

function tunnel(proxy: Socket, name: string, to: string, stop: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const connectRequest = request({
      method: 'CONNECT',
      path: to,
      createConnection: () => proxy,
      setDefaultHeaders: false,
      headers: { host: to, 'proxy-connection': 'keep-alive' },
    });
    const finish = (failure: ConnectFailure | null) => {
      stop.removeEventListener('abort', onStop);
      if (failure === null) {
        resolve(proxy);
        return;
      }
      proxy.destroy();
      reject(failure);
    };
    const onStop = () => finish(connectFailure(stop.reason));
    if (stop.aborted) {
      onStop();
      return;
    }
    stop.addEventListener('abort', onStop);
    connectRequest.on('error', (error) => finish(new ConnectFailure('proxy-unreachable', `${name}: ${error.message}`)));
    connectRequest.once('connect', ({ statusCode = 0 }, _socket, head: Buffer) =>
      finish(refusal(name, statusCode, head)),
    );
    connectRequest.end();
  });
}

/** Returns why an answer to CONNECT has not opened a tunnel; null if it has. */
function refusal(name: string, status: number, head: Buffer): ConnectFailure | null {
  if (status === 407) return new ConnectFailure('proxy-auth-needed', `${name} answered 407`);
  if (status < 200 || status > 299) return new ConnectFailure('proxy-refused', `${name} answered ${status}`);
  // In TLS the server waits for the client, so these bytes came from something else.
  return head.length === 0 ? null : new ConnectFailure('proxy-refused', `${name} spoke into the tunnel`);
}

function opened<T extends Socket>(socket: T, event: 'connect' | 'secureConnect', stop: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      stop.removeEventListener('abort', onStop);
      socket.off('error', fail).off('close', onClose).off(event, onOpen);
    };
    const fail = (error: unknown) => {
      settle();
      socket.destroy();
      reject(connectFailure(error));
    };
    const onStop = () => fail(stop.reason);
    const onClose = () => fail(new ConnectFailure('connection-lost', 'closed at once'));
    const onOpen = () => {
      settle();
      resolve(socket);
    };
    // This listener stays, so that an error does not end the program before another listener is attached.
    socket.on('error', () => undefined);
    if (stop.aborted) {
      onStop();
      return;
    }
    stop.addEventListener('abort', onStop);
    socket.on('error', fail).on('close', onClose).on(event, onOpen);
  });
}

const authority = (host: string, port: number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;
