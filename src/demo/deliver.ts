import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PbxAnswer } from './http.ts';

/** Ways to spoil an answer on its way. */
export type Spoiling = 'truncate' | 'drop-mid-body';

/** Sends an answer, whole or spoilt. `now` goes into the Date header: the PBX's clock, not this computer's. */
export function deliver(response: ServerResponse, answer: PbxAnswer, now: number, spoiling?: Spoiling): void {
  if (response.destroyed) return;
  const body = bodyOf(answer);
  const half = body.subarray(0, Math.floor(body.length / 2));
  response.statusCode = answer.status;
  response.setHeader('date', new Date(now).toUTCString());
  if (body.length > 0) response.setHeader('content-type', 'application/json; charset=utf-8');
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (spoiling === 'drop-mid-body') {
    // The promised length never arrives; the cut waits until the half is on its way.
    response.setHeader('content-length', Math.max(body.length, 2));
    response.write(half.length === 0 ? ' ' : half, () => response.destroy());
    return;
  }
  const sent = spoiling === 'truncate' ? half : body;
  if (answer.status !== 204) response.setHeader('content-length', sent.length);
  response.end(sent);
}

function bodyOf(answer: PbxAnswer): Buffer {
  if (answer.body === undefined) return Buffer.alloc(0);
  return Buffer.from(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
}

/** Answers who asked for a WebSocket with something else. */
export function deliverInsteadOfUpgrade(wire: Duplex, answer: PbxAnswer, now: number): void {
  const body = bodyOf(answer);
  const headers = { connection: 'close', date: new Date(now).toUTCString(), 'content-length': body.length };
  const lines = Object.entries({ ...headers, ...answer.headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  wire.write(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${lines.join('')}\r\n`);
  wire.end(body);
  // Nobody else reads this connection, and only who reads sees the other side close it.
  wire.resume();
}

/** 200 and bytes that are neither JSON nor UTF-8. */
export function deliverGarbage(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0xc3, 0x28, 0x5d, 0x22, 0x0a, 0x80]));
}

/** 200 and a session list that goes on and on; stops when the client has had enough. */
export function deliverHuge(response: ServerResponse, bytes: number): void {
  const chunk = Buffer.alloc(65_536, ' ');
  let left = bytes;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"count":0,"items":[');
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    if (!response.destroyed) response.end(']}');
  };
  more();
}
