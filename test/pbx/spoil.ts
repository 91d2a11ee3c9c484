import type { ServerResponse } from 'node:http';
import { setHead } from '../../src/demo/deliver.ts';
import type { PbxAnswer } from '../../src/demo/http.ts';

/** Complete HTTP, and half of the JSON. */
export function deliverTruncated(response: ServerResponse, answer: PbxAnswer, now: number): void {
  const half = halfOf(setHead(response, answer, now));
  response.setHeader('content-length', half.length);
  response.end(half);
}

/** Sends half of the body that content-length announces, and cuts the connection after that half was sent. */
export function deliverThenCut(response: ServerResponse, answer: PbxAnswer, now: number): void {
  const body = setHead(response, answer, now);
  response.setHeader('content-length', Math.max(body.length, 2));
  response.write(body.length < 2 ? ' ' : halfOf(body), () => response.destroy());
}

const halfOf = (body: Buffer): Buffer => body.subarray(0, Math.floor(body.length / 2));

/** 200 and bytes that are neither JSON nor UTF-8. */
export function deliverGarbage(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0xc3, 0x28, 0x5d, 0x22, 0x0a, 0x80]));
}

/** 200 and a session list that continues until the client closes the connection. */
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
