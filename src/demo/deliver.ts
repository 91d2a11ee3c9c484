import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PbxAnswer } from './http.ts';

/** Sends an answer. `now` is the time of the PBX's clock for the Date header, in ms since 1970. */
export function deliver(response: ServerResponse, answer: PbxAnswer, now: number): void {
  if (response.destroyed) return;
  const body = setHead(response, answer, now);
  if (answer.status !== 204) response.setHeader('content-length', body.length);
  response.end(body);
}

/** Sets the status and all headers except the length, and returns the body. */
export function setHead(response: ServerResponse, answer: PbxAnswer, now: number): Buffer {
  const body = bodyOf(answer);
  response.statusCode = answer.status;
  response.setHeader('date', new Date(now).toUTCString());
  if (body.length > 0) response.setHeader('content-type', 'application/json; charset=utf-8');
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  return body;
}

function bodyOf(answer: PbxAnswer): Buffer {
  if (answer.body === undefined) return Buffer.alloc(0);
  return Buffer.from(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
}

/** Refuses a WebSocket request with a normal HTTP answer. */
export function deliverInsteadOfUpgrade(wire: Duplex, answer: PbxAnswer, now: number): void {
  const body = bodyOf(answer);
  const headers = { connection: 'close', date: new Date(now).toUTCString(), 'content-length': body.length };
  const lines = Object.entries({ ...headers, ...answer.headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  wire.write(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${lines.join('')}\r\n`);
  wire.end(body);
  // Nothing else reads this connection, and the end from the other side is only detected while somebody reads.
  wire.resume();
}
