import { expect, test } from 'vitest';
import type { TokenKeeper } from '../../../src/core/pbx/token-keeper.ts';
import { keeperFor, tokenBody } from './support/accounts.ts';
import { bad, clientFor, good } from './support/connect.ts';
import { httpsServer, json, type Handler, type SeenRequest } from './support/servers.ts';
import type { PbxHttp } from '../../../src/core/pbx/http.ts';

const REFRESH = '/api/auth/refresh_token';
const bearer = (request: SeenRequest) => request.headers.authorization?.replace('Bearer ', '') ?? '';

/** A PBX that knows one good access token and gives the next one for a refresh. */
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

test('a good token is used as it is', async () => {
  const server = await httpsServer(pbx());
  const http = clientFor(server);
  const { keeper, changes } = keeperFor(http);
  expect(good(await ask(keeper, http)).status).toBe(200);
  expect(paths(server.requests)).toEqual(['/api/sessions access-1']);
  expect(changes).toEqual([]);
});

test('five requests that meet a 401 together share one refresh, and each is sent again once', async () => {
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

test('a 401 that arrives after others have refreshed does not refresh again', async () => {
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

test('a refresh is used again for the next one: the new refresh token is the one that counts', async () => {
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

test('tokens are refreshed when 80 % of their lifetime is over, not before, and not without a request', async () => {
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

test('a refused refresh ends the sign-in: it is reported once, and later requests send nothing', async () => {
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

test('a PBX that refuses even new tokens ends the sign-in instead of going in circles', async () => {
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
  ['hangs up', (_request, response) => response.destroy(), 'connection-lost'],
  ['is out of order', (_request, response) => json(response, 503, {}), 'pbx-failed'],
  ['is busy', (_request, response) => json(response, 429, {}, { 'retry-after': '5' }), 'rate-limited'],
])('a PBX that %s during a refresh does not end the sign-in', async (_what, refresh, code) => {
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

test('while a token is still good, a failed refresh ahead of time holds nothing up and is left alone for a while', async () => {
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

test('with a token that has expired, a failed refresh is the answer', async () => {
  const server = await httpsServer(pbx({ refresh: (_request, response) => json(response, 503, {}) }));
  const http = clientFor(server);
  const { keeper, clock } = keeperFor(http);
  await clock.advance(1_800_000);
  expect(bad(await ask(keeper, http)).code).toBe('pbx-failed');
  expect(paths(server.requests)).toEqual([REFRESH]);
});

test('after the keeper is ended, a refresh in flight changes and reports nothing', async () => {
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

test('tokens that expired while the computer slept are refreshed once before the next request', async () => {
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
  'a clock that jumps by %i ms neither brings the refresh forward nor puts it off',
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

test('tokens without a refresh token last until the PBX says otherwise, whatever the clock says', async () => {
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

test('a PBX of release 16 is asked for a new token ahead of time', async () => {
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

test('a PBX of release 16 that refreshes nothing is asked once, and its token is used until it is refused', async () => {
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
