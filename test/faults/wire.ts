import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/**
 * What one spoilt request ("METHOD /path") gets, byte by byte, once it has been read. `reset` resets the connection
 * below TLS.
 */
export type Strike = (socket: Socket, reset: () => void, request: string) => void;

/** What a server is before any request: one that takes connections and is silent, or resets them. TLS if not told. */
export type Front = 'silent' | 'resetting';

const JSON_TYPE = { 'content-type': 'application/json' };
export const JSON_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

/** A whole answer, with its length, after which the server closes. */
export function answer(status: number, body: string, headers: Record<string, string> = {}): Strike {
  const bytes = Buffer.from(body);
  // These have no body, by HTTP's own rules.
  const length = status === 204 || status === 304 ? {} : { 'content-length': String(bytes.length) };
  return raw(
    Buffer.concat([Buffer.from(head(status, { ...JSON_TYPE, ...length, connection: 'close', ...headers })), bytes]),
  );
}

/** Bytes as they are, then the end. */
export const raw =
  (bytes: string | Buffer): Strike =>
  (socket) =>
    void socket.end(bytes);

/** Bytes, and then nothing more, with the connection left open. */
export const stall =
  (bytes: string): Strike =>
  (socket) =>
    void socket.write(bytes);

/** Bytes, and then a TCP reset. */
export const resetAfter =
  (bytes: string): Strike =>
  (socket, reset) => {
    if (bytes === '') reset();
    else socket.write(bytes, reset);
  };

/** `first`, and then `more` every 50 ms for as long as anybody listens. */
export const drip =
  (first: string, more: string): Strike =>
  (socket) => {
    socket.write(first);
    const timer = setInterval(() => socket.write(more), 50);
    socket.once('close', () => clearInterval(timer));
  };

/** `head`, and then `part` again and again, as fast as it is read. */
export const pour =
  (first: string, part: string): Strike =>
  (socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(part));
    };
    socket.write(first);
    socket.on('drain', more);
    more();
  };

/** 256 MB of spaces in a quarter of a megabyte. */
export const gzipBomb = (): Strike => {
  bomb ??= gzipSync(Buffer.alloc(256 * 1024 * 1024, ' '));
  const headers = { 'content-encoding': 'gzip', 'content-length': String(bomb.length), connection: 'close' };
  return raw(Buffer.concat([Buffer.from(head(200, headers)), bomb]));
};
let bomb: Buffer | null = null;

function head(status: number, headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} X\r\n${lines.join('')}\r\n`;
}
