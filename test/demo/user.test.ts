import { expect, test } from 'vitest';
import { STATUS_OF_22_2 } from '../pbx/dialects.ts';
import { openDemo, openSignedInDemo } from './support/api.ts';

test('GET /api/user returns the extension, which is not the user name', async () => {
  const { pbx, api } = await openSignedInDemo();
  const answer = await api.get('/api/user');
  expect(answer.json).toMatchObject({
    name: 'alex',
    display_name: 'Alex Morgan',
    extension_number: '1001',
    outbound_caller_ids: [{ caller_id: '+12015550100', preferred: true }],
  });
  expect(pbx.account).toEqual({
    domain: 'demo.traydial.test',
    username: 'alex',
    password: 'demo',
    extension: '1001',
    displayName: 'Alex Morgan',
  });
});

test('GET /api/user/status follows the calls with the values of release 22.3', async () => {
  const { pbx, api } = await openSignedInDemo();
  const status = async () => (await api.get('/api/user/status')).json;
  expect(await status()).toMatchObject({ status: 'ONLINE', presence: 'ONLINE', registration: [{}] });
  const id = pbx.make('incoming');
  expect(await status()).toMatchObject({ status: 'ONLINE', presence: 'RINGING' });
  pbx.answer(id);
  expect(await status()).toMatchObject({ status: 'OTHER_CALL', presence: 'OTHER_CALL' });
  const second = pbx.addSession({ legs: [{ caller: '1002', callee: '1001' }] });
  expect(await status()).toMatchObject({ presence: 'RINGING' });
  pbx.endSession(second);
  pbx.endSession(id);
  expect(await status()).toMatchObject({ status: 'ONLINE', presence: 'ONLINE' });
  await api.place('+12015550123');
  expect(await status()).toMatchObject({ presence: 'RINGING' });
});

test('GET /api/user/status follows the calls with the values of release 22.2, which has none for ringing', async () => {
  const { pbx, api } = await openSignedInDemo({ dialect: STATUS_OF_22_2 });
  const status = async () => (await api.get('/api/user/status')).json;
  expect(await status()).toMatchObject({ status: 'ONLINE', presence: 'AVAILABLE' });
  const id = pbx.make('incoming');
  expect(await status()).toMatchObject({ status: 'ON_CALL', presence: 'ON_CALL' });
  pbx.answer(id);
  expect(await status()).toMatchObject({ status: 'ON_CALL', presence: 'ON_CALL' });
  pbx.make('colleague');
  pbx.endSession(id);
  expect(await status()).toMatchObject({ status: 'ONLINE', presence: 'AVAILABLE' });
});

test('a user without an extension has no phone and no calls', async () => {
  const { pbx, api, clock } = await openDemo();
  api.keep(await api.post('/api/auth/sign_in', { ...pbx.account, username: 'noext' }));
  pbx.make('missed');
  await clock.advance(10_000);
  expect((await api.get('/api/auth/user')).json).toMatchObject({ role: 'Admin', domain: 'demo.traydial.test' });
  expect((await api.get('/api/user')).json).toMatchObject({ name: 'noext', extension_number: '', work_phone: '' });
  expect((await api.get('/api/user/status')).json).toMatchObject({ presence: 'OFFLINE', registration: [] });
  expect(await api.cdrs()).toEqual([]);
  expect((await api.get('/api/sessions')).status).toBe(201);
});

test('an administrator belongs to no tenant, signs in without a domain and may not list calls', async () => {
  const { api } = await openDemo({ twoFactor: true });
  const admin = { username: 'admin', password: 'demo' };
  expect((await api.post('/api/auth/sign_in', { ...admin, domain: 'demo.traydial.test' })).status).toBe(401);
  api.keep(await api.post('/api/auth/sign_in', admin));
  expect((await api.get('/api/auth/user')).json).toMatchObject({ role: 'SystemAdmin', domain: '' });
  const user = await api.get('/api/user');
  expect(user.json).toMatchObject({ name: 'admin', role: 'SystemAdmin' });
  expect(user.json).not.toHaveProperty('extension_number');
  for (const path of ['/api/sessions', '/api/sessions/1', '/api/user/status', '/api/user/cdrs']) {
    expect([path, (await api.get(path)).status]).toEqual([path, 403]);
  }
  expect((await api.post('/api/sessions', {})).status).toBe(403);
});

test('a refresh keeps the user', async () => {
  const { pbx, api } = await openDemo();
  api.keep(await api.post('/api/auth/sign_in', { ...pbx.account, username: 'noext' }));
  api.keep(await api.post('/api/auth/refresh_token', { refresh_token: api.refreshToken }));
  expect((await api.get('/api/user')).json).toMatchObject({ name: 'noext' });
});

test('the history has all documented fields, with empty strings for missing times', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  const id = pbx.make('missed');
  await clock.advance(6_000);
  const [missed, ...more] = await api.cdrs();
  expect(more).toEqual([]);
  expect(missed).toEqual({
    id: expect.stringMatching(/^\d{18}$/) as string,
    caller: expect.any(String) as string,
    caller_domain: '',
    caller_display_name: expect.any(String) as string,
    callee: '1001',
    callee_domain: 'demo.traydial.test',
    callee_display_name: 'Alex Morgan',
    started_at: '2026-01-05T09:00:00.000000Z',
    rang_at: '2026-01-05T09:00:00.000000Z',
    answered_at: '',
    ended_at: '2026-01-05T09:00:06.000000Z',
    call_id: expect.stringContaining('@') as string,
    direction: 'INBOUND_CALL',
    end_reason: 'CANCELLED',
    reroute_reason: '',
    status_code: 487,
    destination: '1001',
    outbound_caller_id: '',
    did_cid: '+12015550100',
    trunk: expect.stringMatching(/.+/) as string,
    duration: 0,
    service_number: '',
    user_data: '',
  });
  expect(missed?.['id']).not.toBe(id);
});

test('the history is newest first and contains only the user’s own calls', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  pbx.make('missed');
  pbx.make('colleague');
  await clock.advance(60_000);
  await api.place('1002', { user_data: 'ticket 7' });
  await clock.advance(2_500 + 3_000 + 30_000);
  const [session] = await api.sessions();
  await api.post(`/api/sessions/${session?.id ?? ''}/destroy`);
  const cdrs = await api.cdrs();
  expect(cdrs.map(({ caller, callee, direction }) => [caller, callee, direction])).toEqual([
    ['1001', '1002', 'EXTENSION_CALL'],
    [expect.any(String), '1001', 'INBOUND_CALL'],
  ]);
  expect(cdrs[0]).toMatchObject({
    duration: 30,
    status_code: 0,
    end_reason: 'CALLER_DISCONNECTED',
    user_data: 'ticket 7',
  });
});

test('skip and top page through the history', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  for (let calls = 0; calls < 3; calls++) {
    pbx.make('missed');
    await clock.advance(10_000);
  }
  expect((await api.get('/api/user/cdrs?skip=1&top=1')).json).toMatchObject({
    count: 3,
    items: [{ started_at: '2026-01-05T09:00:10.000000Z' }],
  });
  expect((await api.get('/api/user/cdrs?top=0')).status).toBe(400);
  expect((await api.get('/api/user/cdrs?skip=-1')).status).toBe(400);
});
