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

/** A PBX of release 16 that refreshes nothing and takes the access token named. */
const v16 = (good: () => string): Handler => {
  return (request, response) => {
    if (request.url === '/api/tokens/refresh') json(response, 404, {});
    else json(response, bearer(request) === good() ? 200 : 401, {});
  };
};

test('tokens that ran out while asleep, with nothing to refresh them: all requests wait for one new sign-in', async () => {
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

test('a new sign-in that is refused ends it, and is not tried again', async () => {
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

test('tokens of a new sign-in that are refused at once end it: no second one', async () => {
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

test('tokens that the PBX revoked before their time are not replaced by a new sign-in', async () => {
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
  'a new sign-in that fails with %s is tried again later, and the sign-in goes on',
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

test('a second sign-in without an answer is followed by a pause of a quarter of an hour', async () => {
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

test('after a lost answer to a refresh, the access token is used until it expires', async () => {
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
  'after a lost answer to a refresh %i ms after the sign-in, a refused refresh leads to one new sign-in',
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

test('after a lost answer to a refresh, a refused refresh without a known password ends the sign-in', async () => {
  const server = await httpsServer(losesOneRefresh(() => false));
  const http = clientFor(server);
  const { keeper, losses } = keeperFor(http);
  await ask(keeper, http);
  expect(bad(await ask(keeper, http)).code).toBe('session-expired');
  expect(losses).toHaveLength(1);
});
