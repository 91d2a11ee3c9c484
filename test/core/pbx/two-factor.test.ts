import { expect, test } from 'vitest';
import { sendCode, verifyCode } from '../../../src/core/pbx/two-factor.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { tokenBody } from './support/accounts.ts';
import { bad, clientFor, good } from './support/connect.ts';
import { httpsServer, json, tlsServer } from './support/servers.ts';

const clock = new ManualClock();
const challenge = { token: 'otp-session' };

/** A PBX with these answers by the last part of the path; 404 for every other path. */
const pbx = (answers: Record<string, [status: number, body: unknown, headers?: Record<string, string>]>) =>
  httpsServer((request, response) => {
    const [status, body, headers] = answers[request.url.replace('/api/auth/', '')] ?? [404, ''];
    json(response, status, body, headers);
  });

const refusal = (message: string, code = 'UNKNOWN') => ({ errors: [{ code, message }] });

test('requests a code, also a second time', async () => {
  const server = await pbx({ send_otp: [200, ''] });
  const http = clientFor(server);
  expect(await sendCode(http, challenge)).toEqual({ ok: true, value: null });
  expect(await sendCode(http, challenge)).toEqual({ ok: true, value: null });
  expect(server.requests).toMatchObject([1, 2].map(() => ({ method: 'POST', body: '{"token":"otp-session"}' })));
});

test.each([
  [400, 'two-factor-expired'],
  [401, 'two-factor-expired'],
  [404, 'two-factor-expired'],
  [429, 'rate-limited'],
  [500, 'pbx-failed'],
])('maps a %i to the request for a code to %s', async (status, code) => {
  const server = await pbx({ send_otp: [status, '', { 'retry-after': '60' }] });
  expect(bad(await sendCode(clientFor(server), challenge))).toMatchObject({ code, retryAfterMs: 60_000 });
  expect(server.requests).toHaveLength(1);
});

test('accepts the right code, also with spaces from the mail', async () => {
  const server = await pbx({ verify_otp: [200, tokenBody(1)] });
  expect(good(await verifyCode(clientFor(server), challenge, ' 123 456\u200B\n', clock))).toEqual({
    accessToken: 'access-1',
    refreshToken: 'refresh-1',
    expiresAt: clock.now() + 1_800_000,
    flow: 'json',
  });
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({ token: 'otp-session', code: '123456' });
});

test.each([
  [400, refusal('The code is not right'), 'two-factor-wrong'],
  [400, '', 'two-factor-wrong'],
  [403, refusal('Invalid OTP token'), 'two-factor-wrong'],
  [422, '', 'two-factor-wrong'],
  [400, refusal('The code has expired'), 'two-factor-expired'],
  [400, refusal('Invalid token'), 'two-factor-expired'],
  [403, refusal('', 'SESSION_NOT_FOUND'), 'two-factor-expired'],
  [401, refusal('', 'UNAUTHORIZED'), 'two-factor-expired'],
  [404, '', 'two-factor-expired'],
  [410, '', 'two-factor-expired'],
  [423, '', 'pbx-refused'],
  [429, '', 'rate-limited'],
  [503, '', 'pbx-failed'],
  [302, '', 'bad-answer'],
])('maps a %i with %j to a code to %s, and does not send the code again', async (status, body, code) => {
  const server = await pbx({ verify_otp: [status, body, { location: '/api/auth/elsewhere' }] });
  expect(bad(await verifyCode(clientFor(server), challenge, '123456', clock)).code).toBe(code);
  expect(server.requests).toHaveLength(1);
});

test('sends a code once if the connection is cut', async () => {
  let asked = 0;
  const server = await tlsServer((socket) => {
    asked++;
    socket.once('data', () => socket.destroy());
  });
  expect(bad(await verifyCode(clientFor(server), challenge, '123456', clock)).code).toBe('connection-lost');
  expect(asked).toBe(1);
});

// Without a digit, longer than 64 characters, and half of a surrogate pair, which is not valid text.
test.each(['', ' - ', '9'.repeat(65), '\uD800'])('rejects %j as a code without a request', async (code) => {
  const server = await pbx({ verify_otp: [200, tokenBody(1)] });
  expect(bad(await verifyCode(clientFor(server), challenge, code, clock)).code).toBe('two-factor-wrong');
  expect(server.requests).toEqual([]);
});

test.each([
  ['an empty body', '', 'otp-session'],
  ['another token', { token: 'session-2' }, 'session-2'],
])(
  'uses the token as an access token if the PBX answers the code with %s and accepts that token',
  async (_what, body, token) => {
    const server = await pbx({ verify_otp: [200, body], user: [200, { role: 'StandardUser' }] });
    expect(good(await verifyCode(clientFor(server), challenge, '123456', clock))).toEqual({
      accessToken: token,
      refreshToken: '',
      expiresAt: clock.now() + 1_800_000,
      flow: 'json',
    });
    expect(server.requests[1]?.headers.authorization).toBe(`Bearer ${token}`);
  },
);

test('reports bad-answer if the PBX answers the code with an empty body and refuses the token', async () => {
  const server = await pbx({ verify_otp: [200, {}], user: [401, ''] });
  expect(bad(await verifyCode(clientFor(server), challenge, '123456', clock)).code).toBe('bad-answer');
});

test('errors contain neither the code nor the token', async () => {
  const server = await pbx({ verify_otp: [400, refusal('123456 otp-session-otp-session-otp-session is wrong')] });
  const error = bad(await verifyCode(clientFor(server), challenge, '123456', clock));
  expect(JSON.stringify(error)).not.toMatch(/123456|otp-session/);
});
