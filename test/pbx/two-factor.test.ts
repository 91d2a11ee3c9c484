import { expect, test } from 'vitest';
import { z } from 'zod';
import type { TestPbx } from './test-pbx.ts';
import { openDemo, type Api } from '../demo/support/api.ts';

const RIGHT = { username: 'alex', password: 'demo', domain: 'demo.traydial.test' };
const GONE = { errors: [{ code: 'UNAUTHORIZED', message: expect.any(String) as string }] };

/** Sends the user name and password; returns the session token that waits for a code. */
async function begin(api: Api): Promise<string> {
  const answer = await api.post('/api/auth/sign_in', RIGHT);
  expect(answer.json).toEqual({ two_factor_enabled: true, token: expect.any(String) as string });
  return z.object({ token: z.string() }).parse(answer.json).token;
}

const codeIn = (pbx: TestPbx): string => pbx.mail.at(-1)?.code ?? '';
/** A valid code that differs from this one. */
const wrongCode = (code: string): string => (code === '000000' ? '000001' : '000000');

test('issues tokens after the password and the mailed code', async () => {
  const { pbx, api, clock } = await openDemo({ twoFactor: true });
  const token = await begin(api);
  expect(pbx.mail).toEqual([]);
  const sent = await api.post('/api/auth/send_otp', { token });
  expect([sent.status, sent.text]).toEqual([200, '']);
  expect(pbx.mail).toEqual([
    {
      to: 'alex@demo.traydial.test',
      subject: 'Your sign-in code',
      code: expect.stringMatching(/^\d{6}$/) as string,
      at: clock.now(),
    },
  ]);
  api.keep(await api.post('/api/auth/verify_otp', { token, code: codeIn(pbx) }));
  expect((await api.get('/api/user')).json).toMatchObject({ name: 'alex' });
});

test('rejects the session token as an access token, and a second time after its code was accepted', async () => {
  const { pbx, api } = await openDemo({ twoFactor: true });
  const token = await begin(api);
  expect((await api.get('/api/user', { token })).status).toBe(401);
  await api.post('/api/auth/send_otp', { token });
  expect((await api.post('/api/auth/verify_otp', { token, code: codeIn(pbx) })).status).toBe(200);
  const again = await api.post('/api/auth/verify_otp', { token, code: codeIn(pbx) });
  expect([again.status, again.json]).toEqual([401, GONE]);
});

test('answers 400 to four wrong codes, and ends the sign-in at the fifth', async () => {
  const { pbx, api } = await openDemo({ twoFactor: true });
  const token = await begin(api);
  await api.post('/api/auth/send_otp', { token });
  const verify = (code: string) => api.post('/api/auth/verify_otp', { token, code });
  for (let wrong = 0; wrong < 4; wrong++) {
    const answer = await verify(wrongCode(codeIn(pbx)));
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ errors: [{ code: 'VALIDATE_FAILED' }] });
  }
  expect((await verify(wrongCode(codeIn(pbx)))).status).toBe(401);
  expect((await verify(codeIn(pbx))).status).toBe(401);
  expect((await api.post('/api/auth/send_otp', { token })).status).toBe(401);
  // Wrong codes do not count as wrong passwords: the address is not blocked.
  await begin(api);
});

test('accepts only the code of the last mail', async () => {
  const { pbx, api } = await openDemo({ twoFactor: true });
  const token = await begin(api);
  await api.post('/api/auth/send_otp', { token });
  await api.post('/api/auth/send_otp', { token });
  const [first, second] = pbx.mail.map(({ code }) => code);
  expect(first).not.toBe(second);
  expect((await api.post('/api/auth/verify_otp', { token, code: first })).status).toBe(400);
  expect((await api.post('/api/auth/verify_otp', { token, code: second })).status).toBe(200);
});

test('rejects every code before one was sent', async () => {
  const { api } = await openDemo({ twoFactor: true });
  const token = await begin(api);
  expect((await api.post('/api/auth/verify_otp', { token, code: '000000' })).status).toBe(400);
  expect((await api.post('/api/auth/verify_otp', { token, code: '' })).status).toBe(400);
});

test('ends a sign-in that waits for its code for ten minutes', async () => {
  const { pbx, api, clock } = await openDemo({ twoFactor: true });
  const token = await begin(api);
  await api.post('/api/auth/send_otp', { token });
  await clock.advance(600_000);
  const late = await api.post('/api/auth/verify_otp', { token, code: codeIn(pbx) });
  expect([late.status, late.json]).toEqual([401, GONE]);
});

test('rejects unknown session tokens and bodies without one', async () => {
  const { api } = await openDemo({ twoFactor: true });
  for (const path of ['/api/auth/send_otp', '/api/auth/verify_otp']) {
    expect((await api.post(path, { token: 'made-up', code: '123456' })).status).toBe(401);
    expect((await api.post(path, {})).status).toBe(400);
    expect((await api.call('POST', path, { text: 'not json' })).status).toBe(400);
  }
});

test('a restart drops sign-ins that wait for a code', async () => {
  const { pbx, api } = await openDemo({ twoFactor: true });
  const token = await begin(api);
  await pbx.restart();
  await api.reconnect();
  expect((await api.post('/api/auth/send_otp', { token })).status).toBe(401);
});
