import { expect, test } from 'vitest';
import type { TokenKeeper } from '../../../src/core/pbx/token-keeper.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { keeperFor, tokensFor } from './support/accounts.ts';
import { bad, clientFor, good } from './support/connect.ts';
import { httpsServer, json, type Handler, type SeenRequest } from './support/servers.ts';
import type { PbxHttp } from '../../../src/core/pbx/http.ts';

const REFRESH = '/api/auth/refresh_token';
const HOUR = 3_600_000;
const bearer = (request: SeenRequest) => request.headers.authorization?.replace('Bearer ', '') ?? '';
const ask = (keeper: TokenKeeper, http: PbxHttp) =>
  keeper.run((token) => http.request({ method: 'GET', path: '/api/sessions', token }));
const refreshes = (requests: SeenRequest[]) => requests.filter(({ url }) => url === REFRESH);

const SPENT = { refreshToken: '', flow: 'v16' } as const;

/** A PBX of release 16 without refreshes, which accepts only one access token. */
const v16 = (valid: () => string): Handler => {
  return (request, response) => {
    if (request.url === '/api/tokens/refresh') json(response, 404, {});
    else json(response, bearer(request) === valid() ? 200 : 401, {});
  };
};

test('all requests share one new sign-in after tokens without a refresh token expired during sleep', async () => {
  const server = await httpsServer(v16(() => 'access-2'));
  const http = clientFor(server);
  const clock = new ManualClock();
  let signIns = 0;
  const { keeper, changes, losses } = keeperFor(http, clock, SPENT, () => {
    signIns += 1;
    return Promise.resolve(ok(tokensFor(clock, { ...SPENT, accessToken: 'access-2' })));
  });
  await clock.advance(10 * HOUR);
  const answers = await Promise.all([1, 2, 3].map(() => ask(keeper, http)));
  expect(answers.map((answer) => good(answer).status)).toEqual([200, 200, 200]);
  expect(signIns).toBe(1);
  expect(changes).toMatchObject([{ accessToken: 'access-2' }]);
  expect(losses).toEqual([]);
});

test('a refused new sign-in signs out, and is not repeated', async () => {
  const server = await httpsServer(v16(() => 'none'));
  const http = clientFor(server);
  let signIns = 0;
  const { keeper, clock, losses } = keeperFor(http, undefined, SPENT, () => {
    signIns += 1;
    return Promise.resolve(err(appError('sign-in-refused')));
  });
  await clock.advance(10 * HOUR);
  expect(bad(await ask(keeper, http)).code).toBe('session-expired');
  expect(bad(await ask(keeper, http)).code).toBe('session-expired');
  expect(signIns).toBe(1);
  expect(losses).toHaveLength(1);
});

test('signs out without another sign-in if the tokens of a new sign-in are refused at once', async () => {
  const server = await httpsServer(v16(() => 'none'));
  const http = clientFor(server);
  const clock = new ManualClock();
  let signIns = 0;
  const { keeper, losses } = keeperFor(http, clock, SPENT, () => {
    signIns += 1;
    return Promise.resolve(ok(tokensFor(clock, { ...SPENT, accessToken: 'access-2' })));
  });
  await clock.advance(10 * HOUR);
  expect(bad(await ask(keeper, http)).code).toBe('session-expired');
  expect(signIns).toBe(1);
  expect(losses).toHaveLength(1);
});

test('does not sign in again if the PBX revoked the tokens before they expired', async () => {
  const server = await httpsServer(v16(() => 'none'));
  const http = clientFor(server);
  let signIns = 0;
  const { keeper } = keeperFor(http, undefined, SPENT, () => {
    signIns += 1;
    return Promise.resolve(null);
  });
  expect(bad(await ask(keeper, http)).code).toBe('session-expired');
  expect(signIns).toBe(0);
});

test.each(['rate-limited', 'pbx-failed', 'no-route', 'timed-out'] as const)(
  'stays signed in and tries again later if a new sign-in fails with %s',
  async (code) => {
    const server = await httpsServer(v16(() => 'access-2'));
    const http = clientFor(server);
    const clock = new ManualClock();
    let signIns = 0;
    const { keeper, losses } = keeperFor(http, clock, SPENT, () => {
      signIns += 1;
      const tokens = tokensFor(clock, { ...SPENT, accessToken: 'access-2' });
      return Promise.resolve(signIns === 1 ? err(appError(code)) : ok(tokens));
    });
    await clock.advance(10 * HOUR);
    expect(bad(await ask(keeper, http)).code).toBe(code);
    const sent = server.requests.length;
    expect(bad(await ask(keeper, http))).toMatchObject({ code, retryAfterMs: 30_000 });
    expect(server.requests).toHaveLength(sent);
    await clock.advance(30_000);
    expect(good(await ask(keeper, http)).status).toBe(200);
    expect(signIns).toBe(2);
    expect(losses).toEqual([]);
  },
);

test('pauses for a quarter of an hour after a second unanswered sign-in', async () => {
  const server = await httpsServer(v16(() => 'none'));
  const http = clientFor(server);
  const { keeper, clock } = keeperFor(http, undefined, SPENT, () => Promise.resolve(err(appError('timed-out'))));
  await clock.advance(10 * HOUR);
  await ask(keeper, http);
  await clock.advance(30_000);
  await ask(keeper, http);
  expect(bad(await ask(keeper, http)).retryAfterMs).toBe(900_000);
});

/** A PBX whose answer to the first refresh is lost; it refuses the spent refresh token after that. */
const losesOneRefresh = (isGood: (token: string) => boolean): Handler => {
  let lost = false;
  return (request, response) => {
    if (request.url !== REFRESH) json(response, isGood(bearer(request)) ? 200 : 401, {});
    else if (lost) json(response, 400, {});
    else {
      lost = true;
      response.destroy();
    }
  };
};

test('uses the access token until it expires after the answer to a refresh was lost', async () => {
  const server = await httpsServer(losesOneRefresh((token) => token === 'access-1'));
  const http = clientFor(server);
  const { keeper, clock, losses } = keeperFor(http);
  await clock.advance(1_440_000);
  good(await ask(keeper, http));
  await clock.advance(60_000);
  expect(good(await ask(keeper, http)).status).toBe(200);
  expect(good(await ask(keeper, http)).status).toBe(200);
  expect(refreshes(server.requests)).toHaveLength(2);
  expect(losses).toEqual([]);
});

test.each([0, 1_800_000])(
  'signs in again once if a refresh is refused after the answer to one was lost, %i ms after the sign-in',
  async (ms) => {
    const server = await httpsServer(losesOneRefresh((token) => token === 'access-3'));
    const http = clientFor(server);
    const clock = new ManualClock();
    let signIns = 0;
    const { keeper, losses } = keeperFor(http, clock, {}, () => {
      signIns += 1;
      return Promise.resolve(ok(tokensFor(clock, { accessToken: 'access-3' })));
    });
    await clock.advance(ms);
    expect(bad(await ask(keeper, http)).code).toBe('connection-lost');
    expect(good(await ask(keeper, http)).status).toBe(200);
    expect(good(await ask(keeper, http)).status).toBe(200);
    expect(signIns).toBe(1);
    expect(losses).toEqual([]);
  },
);

test('signs out if a refresh is refused after the answer to one was lost and no password is known', async () => {
  const server = await httpsServer(losesOneRefresh(() => false));
  const http = clientFor(server);
  const { keeper, losses } = keeperFor(http);
  await ask(keeper, http);
  expect(bad(await ask(keeper, http)).code).toBe('session-expired');
  expect(losses).toHaveLength(1);
});
