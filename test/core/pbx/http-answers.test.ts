import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { bad, clientFor, good } from './support/connect.ts';
import { httpsServer, json, tlsServer, type Handler } from './support/servers.ts';

const GET = { method: 'GET', path: '/api/sessions' } as const;
const QUICK = { connect: 60_000, headers: 300, body: 300 };
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

test('parses JSON whatever its content type, and keeps all digits of an 18-digit number', async () => {
  const server = await httpsServer((_request, response) =>
    response.writeHead(201, { 'content-type': 'text/plain' }).end('\uFEFF{"id": 884757570370146304, "n": 1.5}'),
  );
  const answer = good(await clientFor(server).request(GET));
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({ id: '884757570370146304', n: 1.5 });
});

test.each<[what: string, handler: Handler, status: number]>([
  ['HTML', (_request, response) => response.end('<html>'), 200],
  ['nothing', (_request, response) => response.writeHead(204).end(), 204],
  ['an empty refusal', (_request, response) => response.writeHead(403).end(), 403],
])('%s is an answer without a body', async (_what, handler, status) => {
  const server = await httpsServer(handler);
  expect(good(await clientFor(server).request(GET))).toMatchObject({ status, body: undefined });
});

test('does not throw for JSON that is nested very deeply', async () => {
  const nested = '['.repeat(200_000) + ']'.repeat(200_000);
  const server = await httpsServer((_request, response) => response.end(nested));
  expect(good(await clientFor(server).request(GET)).status).toBe(200);
});

test('does not follow a redirect', async () => {
  const server = await httpsServer((request, response) => {
    if (request.url === '/elsewhere') json(response, 200, { followed: true });
    else response.writeHead(302, { location: '/elsewhere' }).end();
  });
  const answer = good(await clientFor(server).request({ ...GET, token: 'secret' }));
  expect(answer.status).toBe(302);
  expect(server.requests.map(({ url }) => url)).toEqual(['/api/sessions']);
});

test.each([
  ['that ends in the middle of its body', `${HEAD}content-length: 100\r\n\r\n{"items":[`, 'bad-answer'],
  ['whose last chunk is cut', `${HEAD}transfer-encoding: chunked\r\n\r\n5\r\n{"ite\r\n`, 'bad-answer'],
  ['that is not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n\r\n', 'bad-answer'],
  ['with an invalid header', 'HTTP/1.1 200 OK\r\nbroken\r\n\r\n', 'bad-answer'],
  ['without a single byte', '', 'connection-lost'],
])('reports an error for an answer %s', async (_what, bytes, code) => {
  const server = await tlsServer((socket) => socket.once('data', () => socket.end(bytes)));
  expect(bad(await clientFor(server).request(GET)).code).toBe(code);
});

test('reports an error if the connection is destroyed in the middle of a body', async () => {
  const server = await tlsServer((socket) =>
    socket.once('data', () => socket.write(`${HEAD}content-length: 100\r\n\r\n{"items":[`, () => socket.destroy())),
  );
  expect(['bad-answer', 'connection-lost']).toContain(bad(await clientFor(server).request(GET)).code);
});

test('keeps the status of a refusal whose body is cut', async () => {
  const server = await tlsServer((socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 100\r\n\r\n{"err')),
  );
  expect(good(await clientFor(server).request(GET))).toMatchObject({ status: 403, body: undefined });
});

test.each([
  ['with a content-length', { 'content-length': String(50 * 1024 * 1024) }],
  ['without a content-length', {}],
])('closes the connection long before the end of a body of 50 MB %s', async (_what, headers) => {
  let sent = 0;
  let closed: Promise<unknown> = Promise.resolve();
  const part = Buffer.alloc(64 * 1024, 'x');
  const server = await httpsServer((_request, response) => {
    closed = once(response, 'close');
    response.writeHead(200, headers);
    const pour = () => {
      while (sent < 50 * 1024 * 1024 && !response.destroyed) {
        sent += part.length;
        if (!response.write(part)) return;
      }
      response.end();
    };
    response.on('drain', pour);
    pour();
  });
  expect(bad(await clientFor(server, { maxBodyBytes: 256 * 1024 }).request(GET)).code).toBe('answer-too-large');
  await closed;
  expect(sent).toBeLessThan(25 * 1024 * 1024);
});

test('rejects a body at once if its content-length is too large', async () => {
  const server = await httpsServer((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' }).flushHeaders();
  });
  expect(bad(await clientFor(server, { maxBodyBytes: 999 }).request(GET)).code).toBe('answer-too-large');
});

test('a request may have a smaller body limit than the client', async () => {
  const server = await httpsServer((_request, response) => json(response, 200, 'x'.repeat(2000)));
  const http = clientFor(server);
  expect(bad(await http.request({ ...GET, maxBodyBytes: 1000 })).code).toBe('answer-too-large');
  good(await http.request(GET));
});

test.each<[what: string, handler: Handler]>([
  ['never begins', () => undefined],
  ['begins and never ends', (_request, response) => response.writeHead(200).write('{"items":')],
])('reports timed-out if an answer %s', async (_what, handler) => {
  const server = await httpsServer(handler);
  expect(bad(await clientFor(server, { timeouts: QUICK }).request(GET)).code).toBe('timed-out');
});

test.each([
  ['headers arrive byte by byte', 'HTTP/1.1 200 OK\r\nx-slow: ', 'x'],
  ['only interim answers arrive', '', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
])('reports timed-out if %s', async (_what, first, more) => {
  let drip: NodeJS.Timeout | undefined;
  const server = await tlsServer((socket) => {
    socket.write(first);
    drip = setInterval(() => socket.write(more), 50);
  });
  const http = clientFor(server, { timeouts: { ...QUICK, connect: 300 } });
  const error = bad(await http.request(GET));
  clearInterval(drip);
  expect(error.code).toBe('timed-out');
});

test('reports timed-out if a body arrives byte by byte', async () => {
  let drip: NodeJS.Timeout | undefined;
  const server = await httpsServer((_request, response) => {
    drip = setInterval(() => response.write(' '), 50);
  });
  const error = bad(await clientFor(server, { timeouts: QUICK }).request(GET));
  clearInterval(drip);
  expect(error.code).toBe('timed-out');
});

test.each<[what: string, ms: number, handler: Handler]>([
  ['begins', 15_000, () => undefined],
  ['ends', 15_000, (_request, response) => response.writeHead(200).write('{"items":')],
])('reports timed-out by the injected clock if an answer never %s', async (_what, ms, handler) => {
  const clock = new ManualClock();
  let asked = false;
  const server = await httpsServer((request, response) => {
    asked = true;
    handler(request, response);
  });
  let ended = false;
  const answer = clientFor(server, { clock }).request(GET);
  void answer.finally(() => (ended = true));
  await vi.waitFor(() => expect(asked && clock.pending()).toEqual([ms]));
  await clock.advance(ms - 1);
  expect(ended).toBe(false);
  await clock.advance(1);
  expect(bad(await answer).code).toBe('timed-out');
  expect(clock.pending()).toEqual([]);
});

test('an aborted request ends at once', async () => {
  const stop = new AbortController();
  const server = await httpsServer(() => stop.abort());
  expect(bad(await clientFor(server).request({ ...GET, signal: stop.signal })).code).toBe('connection-lost');
});

test('reads Retry-After as seconds and as a date on the clock of the PBX', async () => {
  const date = 'Mon, 05 Jan 2026 09:00:00 GMT';
  const headers: Record<string, Record<string, string>> = {
    '/seconds': { 'retry-after': '7' },
    '/date': { date, 'retry-after': 'Mon, 05 Jan 2026 09:01:30 GMT' },
    '/past': { date, 'retry-after': 'Mon, 05 Jan 2026 08:00:00 GMT' },
    '/for-ever': { 'retry-after': '99999999999' },
    '/nonsense': { 'retry-after': 'soon' },
    '/none': {},
  };
  const server = await httpsServer((request, response) => json(response, 429, {}, headers[request.url]));
  const http = clientFor(server);
  const read = async (path: string) => good(await http.request({ method: 'GET', path })).headers;
  expect((await read('/seconds')).retryAfterMs).toBe(7000);
  expect(await read('/date')).toEqual({ retryAfterMs: 90_000, date: Date.parse(date) });
  expect((await read('/past')).retryAfterMs).toBe(0);
  expect((await read('/for-ever')).retryAfterMs).toBe(24 * 3600 * 1000);
  expect((await read('/nonsense')).retryAfterMs).toBeNull();
  expect((await read('/none')).retryAfterMs).toBeNull();
});

test('sends JSON, forms and the token in the formats of the API', async () => {
  const server = await httpsServer((_request, response) => json(response, 200, {}));
  const http = clientFor(server);
  await http.request({ method: 'POST', path: '/a', json: { caller: '101', name: 'Zoë' }, token: 'abc' });
  await http.request({ method: 'POST', path: '/b', form: { grant_type: 'password', password: 'a&b=ü' } });
  const [first, second] = server.requests;
  expect(first?.headers).toMatchObject({ authorization: 'Bearer abc', 'content-type': 'application/json' });
  expect(JSON.parse(first?.body ?? '')).toEqual({ caller: '101', name: 'Zoë' });
  expect(second?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(new URLSearchParams(second?.body).get('password')).toBe('a&b=ü');
});

/** Answers the first request on each connection and hangs up on the second, as a server does that was restarted. */
async function forgetfulServer() {
  const seen: string[] = [];
  const server = await tlsServer((socket) => {
    let answered = false;
    socket.on('data', (data: Buffer) => {
      seen.push(data.toString().split(' ')[0] ?? '');
      if (answered) socket.destroy();
      else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      answered = true;
    });
  });
  return { server, seen };
}

test('repeats a GET once on a new connection if the kept connection was closed', async () => {
  const { server, seen } = await forgetfulServer();
  const http = clientFor(server);
  good(await http.request(GET));
  // Node returns the connection to its pool shortly after the answer.
  await settle();
  expect(good(await http.request(GET)).status).toBe(200);
  expect(seen).toEqual(['GET', 'GET', 'GET']);
});

test('opens a new connection for a GET after the idle connections were dropped', async () => {
  const connections: number[] = [];
  const server = await tlsServer((socket) => {
    const n = connections.push(0) - 1;
    socket.on('data', () => {
      connections[n] = (connections[n] ?? 0) + 1;
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
    });
  });
  const http = clientFor(server);
  for (let n = 0; n < 2; n++) {
    good(await http.request(GET));
    await settle();
  }
  http.dropIdle();
  good(await http.request(GET));
  expect(connections).toEqual([2, 1]);
});

test('repeats a GET on a kept connection although another request connects meanwhile', async () => {
  const { server, seen } = await forgetfulServer();
  const http = clientFor(server);
  good(await http.request(GET));
  await settle();
  const both = await Promise.all([
    http.request(GET),
    http.request({ method: 'POST', path: '/api/sessions', json: {} }),
  ]);
  expect(both.map((answer) => good(answer).status)).toEqual([200, 200]);
  expect(seen.filter((method) => method === 'GET')).toHaveLength(3);
});

test('does not repeat a GET if the server closes a new connection', async () => {
  let connections = 0;
  const server = await tlsServer((socket) => {
    connections++;
    socket.once('data', () => socket.destroy());
  });
  expect(bad(await clientFor(server).request(GET)).code).toBe('connection-lost');
  expect(connections).toBe(1);
});

test('sends each POST on a new connection', async () => {
  const { server, seen } = await forgetfulServer();
  const http = clientFor(server);
  good(await http.request(GET));
  await settle();
  good(await http.request({ method: 'POST', path: '/api/sessions', json: {} }));
  await settle();
  good(await http.request({ method: 'POST', path: '/api/sessions', json: {} }));
  expect(seen).toEqual(['GET', 'POST', 'POST']);
});

test('sends a POST once and reports the code for an unanswered request if the server closes the connection', async () => {
  const seen: string[] = [];
  const server = await tlsServer((socket) =>
    socket.once('data', (data: Buffer) => {
      seen.push(data.toString().split(' ')[0] ?? '');
      socket.destroy();
    }),
  );
  const request = { method: 'POST', path: '/api/sessions', json: {}, unansweredCode: 'dial-unanswered' } as const;
  expect(bad(await clientFor(server).request(request)).code).toBe('dial-unanswered');
  expect(seen).toEqual(['POST']);
});

test('the detail of an error contains no id, number or token', async () => {
  const server = await tlsServer((socket) => socket.once('data', () => socket.destroy()));
  const error = bad(
    await clientFor(server).request({ method: 'GET', path: '/api/sessions/884757570370146304?x=y', token: 'tok' }),
  );
  expect(error.detail).toMatch(/^GET https:\/\/127\.0\.0\.1:\d+\/api\/sessions\/\{id\}: /);
});
