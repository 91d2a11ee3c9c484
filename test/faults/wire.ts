import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** Sends the faulty reply to one request ("METHOD /path") after it was read. `reset` resets the TCP connection. */
export type Reply = (socket: Socket, reset: () => void, request: string) => void;

/** How a server treats new connections: it does not answer or it resets them. */
export type Front = 'silent' | 'resetting';

const JSON_TYPE = { 'content-type': 'application/json' };
export const JSON_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

/** A complete answer with its length, then the end of the connection. */
export function answer(status: number, body: string, headers: Record<string, string> = {}): Reply {
  const bytes = Buffer.from(body);
  // HTTP allows no body for these.
  const length = status === 204 || status === 304 ? {} : { 'content-length': String(bytes.length) };
  return raw(
    Buffer.concat([Buffer.from(head(status, { ...JSON_TYPE, ...length, connection: 'close', ...headers })), bytes]),
  );
}

/** Raw bytes, then the end of the connection. */
export const raw =
  (bytes: string | Buffer): Reply =>
  (socket) =>
    void socket.end(bytes);

/** Bytes, then nothing, with the connection left open. */
export const stall =
  (bytes: string): Reply =>
  (socket) =>
    void socket.write(bytes);

/** Bytes, then a TCP reset. */
export const resetAfter =
  (bytes: string): Reply =>
  (socket, reset) => {
    if (bytes === '') reset();
    else socket.write(bytes, reset);
  };

/** `first`, then `more` every 50 ms until the client closes. */
export const drip =
  (first: string, more: string): Reply =>
  (socket) => {
    socket.write(first);
    const timer = setInterval(() => socket.write(more), 50);
    socket.once('close', () => clearInterval(timer));
  };

/** `first`, then `part` repeatedly, as fast as the client reads. */
export const pour =
  (first: string, part: string): Reply =>
  (socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(part));
    };
    socket.write(first);
    socket.on('drain', more);
    more();
  };

/** 256 MB of spaces, compressed to a quarter of a megabyte. */
export const gzipBomb = (): Reply => {
  bomb ??= gzipSync(Buffer.alloc(256 * 1024 * 1024, ' '));
  const headers = { 'content-encoding': 'gzip', 'content-length': String(bomb.length), connection: 'close' };
  return raw(Buffer.concat([Buffer.from(head(200, headers)), bomb]));
};
let bomb: Buffer | null = null;

function head(status: number, headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} X\r\n${lines.join('')}\r\n`;
}
