import { expect, test } from 'vitest';
import type { TokenKeeper } from '../../../src/core/pbx/token-keeper.ts';
import { keeperFor, tokenBody } from './support/accounts.ts';
import { bad, clientFor, good } from './support/connect.ts';
import { httpsServer, json, type Handler, type SeenRequest } from './support/servers.ts';
import type { PbxHttp } from '../../../src/core/pbx/http.ts';

const REFRESH = '/api/auth/refresh_token';
const bearer = (request: SeenRequest) => request.headers.authorization?.replace('Bearer ', '') ?? '';

/** A PBX that accepts one access token and issues the next one at each refresh. */
function pbx(options: { good?: number; refresh?: Handler } = {}): Handler {
  let current = options.good ?? 1;
  return (request, response) => {
    if (request.url !== REFRESH) json(response, bearer(request) === `access-${current}` ? 200 : 401, { ok: true });
    else if (options.refresh) options.refresh(request, response);
    else json(response, 200, tokenBody(++current));
  };
}

const ask = (keeper: TokenKeeper, http: PbxHttp, method: 'GET' | 'POST' = 'GET') =>
  keeper.run((token) => http.request({ method, path: '/api/sessions', token }));

const paths = (requests: SeenRequest[]) => requests.map((request) => `${request.url} ${bearer(request)}`.trim());
const refreshes = (requests: SeenRequest[]) => requests.filter(({ url }) => url === REFRESH);

test('uses a valid token without a refresh', async () => {
  const server = await httpsServer(pbx());
  const http = clientFor(server);
  const { keeper, changes } = keeperFor(http);
  expect(good(await ask(keeper, http)).status).toBe(200);
  expect(paths(server.requests)).toEqual(['/api/sessions access-1']);
  expect(changes).toEqual([]);
});

test('refreshes once for five simultaneous requests that get a 401, and repeats each once', async () => {
  const server = await httpsServer(
    pbx({ good: 2, refresh: (_request, response) => json(response, 200, tokenBody(2)) }),
  );
  const http = clientFor(server);
  const { keeper, changes, losses } = keeperFor(http);
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => ask(keeper, http)));
  expect(answers.map((answer) => good(answer).status)).toEqual([200, 200, 200, 200, 200]);
  expect(refreshes(server.requests).map(({ body }) => body)).toEqual(['{"refresh_token":"refresh-1"}']);
  expect(server.requests).toHaveLength(11);
  expect(changes).toMatchObject([{ accessToken: 'access-2', refreshToken: 'refresh-2' }]);
  expect(losses).toEqual([]);
});

test('does not refresh again for a 401 that arrives after another request has refreshed', async () => {
  let late: (() => void) | null = null;
  const server = await httpsServer((request, response) => {
    if (request.url === REFRESH) json(response, 200, tokenBody(2));
    else if (bearer(request) === 'access-2') json(response, 200, {});
    else if (request.method === 'POST') late = () => json(response, 401, {});
    else json(response, 401, {});
  });
  const http = clientFor(server);
  const { keeper } = keeperFor(http);
  const slow = ask(keeper, http, 'POST');
  await expect.poll(() => late).not.toBeNull();
  good(await ask(keeper, http));
  (late as (() => void) | null)?.();
  expect(good(await slow).status).toBe(200);
  expect(refreshes(server.requests)).toHaveLength(1);
});

test('uses the refresh token of the last refresh for the next one', async () => {
  const server = await httpsServer(pbx());
  const http = clientFor(server);
  const { keeper, clock } = keeperFor(http);
  await clock.advance(1_440_000);
  good(await ask(keeper, http));
  await clock.advance(1_440_000);
  good(await ask(keeper, http));
  expect(refreshes(server.requests).map(({ body }) => body)).toEqual([
    '{"refresh_token":"refresh-1"}',
    '{"refresh_token":"refresh-2"}',
  ]);
});

test('refreshes tokens at the first request after 80 % of their lifetime', async () => {
  const server = await httpsServer(pbx());
  const http = clientFor(server);
  const { keeper, clock } = keeperFor(http);
  await clock.advance(1_439_999);
  good(await ask(keeper, http));
  await clock.advance(1);
  expect(server.requests).toHaveLength(1);
  await Promise.all([ask(keeper, http), ask(keeper, http)]);
  expect(refreshes(server.requests)).toHaveLength(1);
  expect(paths(server.requests).slice(1)).toEqual([REFRESH, '/api/sessions access-2', '/api/sessions access-2']);
});

test('signs out after a refused refresh, reports that once, and sends no later requests', async () => {
  const server = await httpsServer(pbx({ good: 9, refresh: (_request, response) => json(response, 400, {}) }));
  const http = clientFor(server);
  const { keeper, changes, losses } = keeperFor(http);
  const answers = await Promise.all([ask(keeper, http), ask(keeper, http), ask(keeper, http)]);
  expect(answers.map((answer) => bad(answer).code)).toEqual(['session-expired', 'session-expired', 'session-expired']);
  const before = server.requests.length;
  expect(bad(await ask(keeper, http)).code).toBe('session-expired');
  expect(server.requests).toHaveLength(before);
  expect(refreshes(server.requests)).toHaveLength(1);
  expect(losses.map(({ code }) => code)).toEqual(['session-expired']);
  expect(changes).toEqual([]);
});

test('signs out if the PBX refuses the tokens of a refresh', async () => {
  const server = await httpsServer(
    pbx({ good: 9, refresh: (_request, response) => json(response, 200, tokenBody(2)) }),
  );
  const http = clientFor(server);
  const { keeper, losses } = keeperFor(http);
  const answers = await Promise.all([ask(keeper, http), ask(keeper, http)]);
  expect(answers.map((answer) => bad(answer).code)).toEqual(['session-expired', 'session-expired']);
  expect(bad(await ask(keeper, http)).code).toBe('session-expired');
  expect(refreshes(server.requests)).toHaveLength(1);
  expect(losses).toHaveLength(1);
});

test.each<[what: string, refresh: Handler, code: string]>([
  ['closes the connection', (_request, response) => response.destroy(), 'connection-lost'],
  ['answers 503', (_request, response) => json(response, 503, {}), 'pbx-failed'],
  ['answers 429', (_request, response) => json(response, 429, {}, { 'retry-after': '5' }), 'rate-limited'],
])('stays signed in if the PBX %s during a refresh', async (_what, refresh, code) => {
  let healthy = false;
  const handler = pbx({
    good: 2,
    refresh: (request, response) => (healthy ? json(response, 200, tokenBody(2)) : refresh(request, response)),
  });
  const server = await httpsServer(handler);
  const http = clientFor(server);
  const { keeper, losses } = keeperFor(http);
  expect(bad(await ask(keeper, http)).code).toBe(code);
  healthy = true;
  expect(good(await ask(keeper, http)).status).toBe(200);
  expect(losses).toEqual([]);
});

test('sends requests with a token that is still valid after an early refresh failed, and refreshes again after 30 s', async () => {
  const server = await httpsServer(pbx({ refresh: (_request, response) => json(response, 503, {}) }));
  const http = clientFor(server);
  const { keeper, clock } = keeperFor(http);
  await clock.advance(1_500_000);
  expect(good(await ask(keeper, http)).status).toBe(200);
  await clock.advance(29_000);
  expect(good(await ask(keeper, http)).status).toBe(200);
  expect(refreshes(server.requests)).toHaveLength(1);
  await clock.advance(1_000);
  expect(good(await ask(keeper, http)).status).toBe(200);
  expect(refreshes(server.requests)).toHaveLength(2);
});

test('reports the error of a failed refresh if the token has expired', async () => {
  const server = await httpsServer(pbx({ refresh: (_request, response) => json(response, 503, {}) }));
  const http = clientFor(server);
  const { keeper, clock } = keeperFor(http);
  await clock.advance(1_800_000);
  expect(bad(await ask(keeper, http)).code).toBe('pbx-failed');
  expect(paths(server.requests)).toEqual([REFRESH]);
});

test('a refresh that is in flight at end() changes and reports nothing', async () => {
  let finish: (() => void) | null = null;
  const server = await httpsServer(
    pbx({ good: 9, refresh: (_request, response) => (finish = () => json(response, 200, tokenBody(2))) }),
  );
  const http = clientFor(server);
  const { keeper, changes, losses } = keeperFor(http);
  const waiting = ask(keeper, http);
  await expect.poll(() => finish).not.toBeNull();
  expect(keeper.end()).toMatchObject({ accessToken: 'access-1' });
  (finish as (() => void) | null)?.();
  expect(bad(await waiting).code).toBe('signed-out');
  expect(bad(await ask(keeper, http)).code).toBe('signed-out');
  expect(changes).toEqual([]);
  expect(losses).toEqual([]);
});

const HOUR = 3_600_000;

test('refreshes tokens that expired during sleep once, before the next request', async () => {
  const server = await httpsServer(pbx());
  const http = clientFor(server);
  const { keeper, clock, losses } = keeperFor(http);
  clock.sleep(5 * HOUR);
  expect(good(await ask(keeper, http)).status).toBe(200);
  expect(good(await ask(keeper, http)).status).toBe(200);
  expect(refreshes(server.requests)).toHaveLength(1);
  expect(losses).toEqual([]);
});

test.each([-5 * HOUR, -HOUR / 6, 5 * HOUR])(
  'refreshes at the same time although the clock jumps by %i ms',
  async (jump) => {
    const server = await httpsServer(pbx());
    const http = clientFor(server);
    const { keeper, clock } = keeperFor(http);
    await clock.advance(1_200_000);
    good(await ask(keeper, http));
    clock.jump(jump);
    good(await ask(keeper, http));
    await clock.advance(239_999);
    good(await ask(keeper, http));
    expect(refreshes(server.requests)).toHaveLength(0);
    await clock.advance(1);
    good(await ask(keeper, http));
    expect(refreshes(server.requests)).toHaveLength(1);
  },
);

test('uses tokens without a refresh token until the PBX refuses them, whatever the clock says', async () => {
  let signedIn = true;
  const server = await httpsServer((_request, response) => json(response, signedIn ? 200 : 401, {}));
  const http = clientFor(server);
  const { keeper, clock, losses } = keeperFor(http, undefined, { refreshToken: '' });
  clock.jump(5 * HOUR);
  expect(good(await ask(keeper, http)).status).toBe(200);
  signedIn = false;
  expect(bad(await ask(keeper, http)).code).toBe('session-expired');
  expect(losses.map(({ code }) => code)).toEqual(['session-expired']);
  expect(paths(server.requests)).toEqual(['/api/sessions access-1', '/api/sessions access-1']);
});

test('refreshes the token of a PBX of release 16 before it expires', async () => {
  const server = await httpsServer((request, response) =>
    json(response, 200, request.url === '/api/tokens/refresh' ? { access_token: 'access-2', expires: 600 } : {}),
  );
  const http = clientFor(server);
  const { keeper, clock, changes } = keeperFor(http, undefined, { refreshToken: '', flow: 'v16' });
  await clock.advance(1_440_000);
  good(await ask(keeper, http));
  expect(paths(server.requests)).toEqual(['/api/tokens/refresh access-1', '/api/sessions access-2']);
  expect(changes).toMatchObject([{ accessToken: 'access-2', flow: 'v16' }]);
});

test('tries one refresh on a PBX of release 16 without refreshes, and uses the token until it is refused', async () => {
  let signedIn = true;
  const server = await httpsServer((request, response) =>
    json(response, request.url === '/api/tokens/refresh' ? 404 : signedIn ? 200 : 401, {}),
  );
  const http = clientFor(server);
  const { keeper, clock, losses } = keeperFor(http, undefined, { refreshToken: '', flow: 'v16' });
  await clock.advance(1_500_000);
  good(await ask(keeper, http));
  await clock.advance(HOUR);
  good(await ask(keeper, http));
  expect(losses).toEqual([]);
  signedIn = false;
  expect(bad(await ask(keeper, http)).code).toBe('session-expired');
  expect(losses).toHaveLength(1);
  expect(paths(server.requests).filter((path) => path.startsWith('/api/tokens'))).toHaveLength(1);
});
