import { expect, test } from 'vitest';
import { openDemo } from '../demo/support/api.ts';
import { Listener } from '../demo/support/listener.ts';

test('answers requests over the limit with 429 until the minute of the clock ends', async () => {
  const { api, clock } = await openDemo({ requestsPerMinute: 3 });
  await clock.advance(45_500);
  const status = async () => (await api.get('/api/info')).status;
  expect([await status(), await status(), await status()]).toEqual([200, 200, 200]);
  const refused = await api.get('/api/info');
  expect([refused.status, refused.headers['retry-after'], refused.text]).toEqual([429, '15', '']);
  await clock.advance(14_499);
  expect(await status()).toBe(429);
  await clock.advance(1);
  expect([await status(), await status(), await status(), await status()]).toEqual([200, 200, 200, 429]);
});

test('does not carry out a refused request', async () => {
  const { api, clock } = await openDemo({ requestsPerMinute: 1 });
  await api.signIn();
  await clock.advance(60_000);
  await api.get('/api/info');
  const placed = await api.post('/api/sessions', { caller: '1001', callee: '1002', send_sdp: true });
  expect(placed.status).toBe(429);
  await clock.advance(60_000);
  expect(await api.sessions()).toEqual([]);
});

test('can omit Retry-After', async () => {
  const { api } = await openDemo({ requestsPerMinute: 1, retryAfter: false });
  await api.get('/api/info');
  const refused = await api.get('/api/info');
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, undefined]);
});

test('counts the request for a WebSocket, but not its frames', async () => {
  const { pbx, api } = await openDemo({ requestsPerMinute: 2 });
  const listener = await new Listener(pbx).open();
  for (let frames = 0; frames < 5; frames++) await listener.signIn();
  expect((await api.get('/api/info')).status).toBe(200);
  await expect(new Listener(pbx).open()).rejects.toMatchObject({
    statusCode: 429,
    headers: { 'retry-after': '60' },
  });
});
