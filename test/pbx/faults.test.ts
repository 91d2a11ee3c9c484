import { connect } from 'node:tls';
import { expect, test, vi } from 'vitest';
import type { TestPbx } from './test-pbx.ts';
import { openSignedInDemo } from '../demo/support/api.ts';

const LIST = '/api/sessions';

test('a status replaces the answer, with its headers and body', async () => {
  const { pbx, api } = await openSignedInDemo();
  pbx.faults.add({ path: LIST, action: { status: 429, headers: { 'Retry-After': '7' } } });
  pbx.faults.add({ path: LIST, action: { status: 500, body: 'Internal error' } });
  pbx.faults.add({ path: LIST, action: { status: 200, body: { items: null } } });
  const limited = await api.get(LIST);
  expect([limited.status, limited.headers['retry-after'], limited.text]).toEqual([429, '7', '']);
  expect((await api.get(LIST)).text).toBe('Internal error');
  expect((await api.get(LIST)).json).toEqual({ items: null });
  expect((await api.get(LIST)).status).toBe(201);
});

test('rules match by method and path, skip some, apply a number of times, and are counted', async () => {
  const { pbx, api } = await openSignedInDemo();
  const post = pbx.faults.add({ method: 'POST', path: LIST, action: { status: 503 } });
  const user = pbx.faults.add({ path: /^\/api\/user/g, skip: 1, times: 2, action: { status: 502 } });
  expect((await api.get(LIST)).status).toBe(201);
  const statuses: number[] = [];
  for (const path of ['/api/user', '/api/user/cdrs', '/api/user/status', '/api/user']) {
    statuses.push((await api.get(path)).status);
  }
  expect(statuses).toEqual([200, 502, 502, 200]);
  expect([post.used, user.used]).toEqual([0, 2]);
});

test('the first matching rule applies, and removed and cleared rules do not', async () => {
  const { pbx, api } = await openSignedInDemo();
  const always = pbx.faults.add({ path: LIST, times: Infinity, action: { status: 500 } });
  pbx.faults.add({ path: LIST, action: { status: 501 } });
  for (let request = 0; request < 3; request++) expect((await api.get(LIST)).status).toBe(500);
  always.remove();
  expect((await api.get(LIST)).status).toBe(501);
  pbx.faults.add({ path: LIST, action: { status: 502 } });
  pbx.faults.clear();
  expect((await api.get(LIST)).status).toBe(201);
});

test('truncate answers with complete HTTP and half of the JSON', async () => {
  const { pbx, api } = await openSignedInDemo();
  pbx.make('incoming');
  const whole = await api.get(LIST);
  pbx.faults.add({ path: LIST, action: { truncate: true } });
  const half = await api.get(LIST);
  expect(half.status).toBe(201);
  expect(half.json).toBeUndefined();
  expect(half.text.length).toBeGreaterThan(10);
  expect(whole.text.startsWith(half.text)).toBe(true);
});

/** All bytes of the answer to GET /api/sessions until the connection ends. */
const bytesOf = (pbx: TestPbx, token: string): Promise<string> =>
  new Promise((resolve) => {
    let bytes = '';
    const port = Number(pbx.address.split(':')[1]);
    const socket = connect({ host: '127.0.0.1', port, ca: pbx.certificate.cert });
    socket.setEncoding('latin1').on('data', (part: string) => (bytes += part));
    // A cut may arrive as a reset.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(bytes));
    socket.write(`GET ${LIST} HTTP/1.1\r\nHost: pbx\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  });

test('drop cuts the connection before the first byte or in the middle of the body', async () => {
  const { pbx, api } = await openSignedInDemo();
  pbx.faults.add({ path: LIST, action: { drop: 'before-headers' } });
  await expect(api.get(LIST)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  pbx.faults.add({ path: LIST, action: { drop: 'mid-body' } });
  await expect(bytesOf(pbx, api.token)).resolves.toMatch(
    /^HTTP\/1\.1 201 Created\r\n[^]*content-length: 22\r\n[^]*\r\n\r\n.{11}$/i,
  );
  expect((await api.get(LIST)).status).toBe(201);
});

test('garbage answers with 200 and a body that is not JSON', async () => {
  const { pbx, api } = await openSignedInDemo();
  pbx.faults.add({ path: LIST, action: { garbage: true } });
  const answer = await api.get(LIST);
  expect([answer.status, answer.json]).toEqual([200, undefined]);
  expect(answer.text.length).toBeGreaterThan(0);
});

test('hugeBytes sends that many bytes, and stops when the client aborts', async () => {
  const { pbx, api } = await openSignedInDemo();
  pbx.faults.add({ path: LIST, action: { hugeBytes: 5_000_000 } });
  expect((await api.get(LIST)).text.length).toBeGreaterThanOrEqual(5_000_000);

  const endless = pbx.faults.add({ path: LIST, action: { hugeBytes: 50_000_000_000 } });
  const abort = new AbortController();
  const answer = api.get(LIST, { signal: abort.signal });
  await vi.waitFor(() => expect(endless.used).toBe(1));
  abort.abort();
  await expect(answer).rejects.toThrow();
  expect((await api.get(LIST)).status).toBe(201);
});

test('delayMs delays the answer on the PBX’s clock', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  pbx.faults.add({ path: LIST, action: { delayMs: 5_000 } });
  let answered = false;
  const answer = api.get(LIST).then(({ status }) => {
    answered = true;
    return status;
  });
  await vi.waitFor(() => expect(clock.pending()).toEqual([5_000]));
  await clock.advance(4_999);
  expect((await api.get('/api/user')).status).toBe(200);
  expect(answered).toBe(false);
  await clock.advance(1);
  expect(await answer).toBe(201);
});

test('hang never answers, and with apply the call is still placed', async () => {
  const { pbx, api } = await openSignedInDemo();
  const order = { caller: '1001', callee: '+12015550123', send_sdp: true };
  for (const apply of [false, true]) {
    pbx.faults.add({ method: 'POST', path: LIST, action: { hang: true, apply } });
    const before = pbx.requests.length;
    const abort = new AbortController();
    const answer = api.post(LIST, order, { signal: abort.signal });
    await vi.waitFor(() => expect(pbx.requests.length).toBeGreaterThan(before));
    expect((await api.sessions()).length).toBe(apply ? 1 : 0);
    abort.abort();
    await expect(answer).rejects.toThrow();
  }
});

test('a status with apply answers with an error although the request was carried out', async () => {
  const { pbx, api } = await openSignedInDemo();
  const id = pbx.make('incoming');
  pbx.faults.add({ path: /destroy$/, action: { status: 504, apply: true } });
  expect((await api.post(`/api/sessions/${id}/destroy`)).status).toBe(504);
  expect(await api.session(id)).toBeNull();
});

test('close() ends answers that hang or wait', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  pbx.faults.add({ path: LIST, action: { hang: true } });
  pbx.faults.add({ path: LIST, action: { delayMs: 60_000 } });
  const answers = Promise.allSettled([api.get(LIST), api.get(LIST)]);
  await vi.waitFor(() => expect(clock.pending()).toEqual([60_000]));
  await vi.waitFor(() => expect(pbx.requests.filter(({ path }) => path === LIST)).toHaveLength(2));
  await pbx.close();
  expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(clock.pending()).toEqual([]);
});
