import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bad, clientFor, good } from './support/connect.ts';
import { httpsServer } from './support/servers.ts';

const GET = { method: 'GET', path: '/api/sessions' } as const;
const BODY = JSON.stringify({ items: ['x'.repeat(5000)] });

const compressedServer = (bytes: Uint8Array, encoding: string, status = 200) =>
  httpsServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-encoding': encoding }).end(bytes);
  });

test('sends no accept-encoding header', async () => {
  const server = await compressedServer(Buffer.from('{}'), 'identity');
  expect(good(await clientFor(server).request(GET)).body).toEqual({});
  expect(server.requests[0]?.headers).not.toHaveProperty('accept-encoding');
});

test.each(['gzip', 'x-gzip', 'GZIP'])(
  'decompresses an unsolicited answer with content-encoding %s',
  async (encoding) => {
    const server = await compressedServer(gzipSync(BODY), encoding);
    expect(good(await clientFor(server).request(GET)).body).toEqual(JSON.parse(BODY));
  },
);

test.each([
  ['br', brotliCompressSync(BODY)],
  ['deflate', deflateSync(BODY)],
  ['gzip, gzip', gzipSync(gzipSync(BODY))],
  ['secret', Buffer.from(BODY)],
])('rejects an answer with content-encoding %s', async (encoding, bytes) => {
  expect(bad(await clientFor(await compressedServer(bytes, encoding)).request(GET)).code).toBe('bad-answer');
});

test.each([
  ['is not compressed', Buffer.from(BODY)],
  ['is cut', gzipSync(BODY).subarray(0, -20)],
  ['is damaged', gzipSync(BODY).fill(0, 20, 30)],
])('rejects an answer with content-encoding gzip that %s', async (_what, bytes) => {
  expect(bad(await clientFor(await compressedServer(bytes, 'gzip')).request(GET)).code).toBe('bad-answer');
});

test('applies the size limit to the decompressed body, and stops decompressing a bomb early', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
  const server = await compressedServer(bomb, 'gzip');
  const limit = 1024 * 1024;
  expect(bomb.length).toBeLessThan(limit);
  const before = process.memoryUsage();
  const error = bad(await clientFor(server, { maxBodyBytes: limit }).request(GET));
  expect(error.code).toBe('answer-too-large');
  const after = process.memoryUsage();
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(20 * 1024 * 1024);
});

test('applies the size limit to compressed bytes that decompress to nothing', async () => {
  const nothing = gzipSync('');
  let sent = 0;
  const server = await httpsServer((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    const part = Buffer.concat(Array<Uint8Array>(1000).fill(nothing));
    const pour = () => {
      while (!response.destroyed && response.write(part)) sent += part.length;
    };
    response.on('drain', pour);
    pour();
  });
  const error = bad(await clientFor(server, { maxBodyBytes: 256 * 1024 }).request(GET));
  expect(error.code).toBe('answer-too-large');
  expect(sent).toBeLessThan(20 * 1024 * 1024);
});

test('keeps the status of a refusal whose compression is damaged', async () => {
  const server = await compressedServer(Buffer.from('not gzip'), 'gzip', 403);
  expect(good(await clientFor(server).request(GET))).toMatchObject({ status: 403, body: undefined });
});
