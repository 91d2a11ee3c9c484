import { expect, test } from 'vitest';
import { PUSH_BY_PASSWORD, subscriptions } from '../../pbx/dialects.ts';
import { openDemo, openSignedInDemo } from '../support/api.ts';
import { openListener, Listener } from '../support/listener.ts';

const RIGHT = { username: 'alex', password: 'demo', domain: 'demo.traydial.test' };
const WRONG = 'access_token , username , domain or password error';

test('push accepts a user name, password and domain', async () => {
  const { pbx } = await openDemo();
  const listener = await new Listener(pbx).open();
  expect(await listener.ask({ command: 'auth', ...RIGHT })).toEqual({ command: 'auth', id: '1', status: 0 });
  expect(pbx.push.connections).toEqual([{ username: 'alex', topics: [], extensions: [] }]);
});

test('push accepts an access token, except with PUSH_BY_PASSWORD', async () => {
  const { pbx, api } = await openSignedInDemo();
  const listener = await new Listener(pbx).open();
  expect(await listener.ask({ command: 'auth', access_token: api.token })).toMatchObject({ status: 0 });

  const { pbx: strict, api: strictApi } = await openSignedInDemo({ dialect: PUSH_BY_PASSWORD });
  const other = await new Listener(strict).open();
  expect(await other.ask({ command: 'auth', access_token: strictApi.token })).toMatchObject({ status: -1 });
});

test('an expired token is refused and does not count as a wrong password', async () => {
  const { pbx, api } = await openSignedInDemo();
  pbx.expireAccessTokens();
  const listener = await new Listener(pbx).open();
  for (let attempt = 0; attempt < 6; attempt++) {
    expect(await listener.ask({ command: 'auth', access_token: api.token })).toMatchObject({ status: -1 });
  }
  expect((await api.post('/api/auth/sign_in', RIGHT)).status).toBe(200);
});

test('a wrong password is refused, and five of them block the address for REST as well', async () => {
  const { pbx, api } = await openDemo();
  const listener = await new Listener(pbx).open();
  const wrong = { command: 'auth', ...RIGHT, password: 'no' };
  expect(await listener.ask(wrong)).toEqual({ command: 'auth', error: WRONG, id: '1', status: -1 });
  for (let failure = 1; failure < 5; failure++) await listener.ask(wrong);
  expect(await listener.ask({ command: 'auth', ...RIGHT })).toMatchObject({ status: -1 });
  expect((await api.post('/api/auth/sign_in', RIGHT)).status).toBe(403);
});

test('with two-factor sign-in push does not accept a password alone', async () => {
  const { pbx } = await openDemo({ twoFactor: true });
  const listener = await new Listener(pbx).open();
  expect(await listener.signIn()).toMatchObject({ status: -1, error: WRONG });
});

test('the state of an extension follows its subscription at once', async () => {
  const { pbx } = await openDemo();
  pbx.make('incoming');
  const listener = await new Listener(pbx).open();
  await listener.signIn();
  const subscribe = { command: 'subscribe', topics: ['extension_events'], extensions: ['1001', '1002', '1999'] };
  expect(await listener.ask(subscribe)).toEqual({ command: 'subscribe', id: '2', status: 0 });
  const alex = {
    extension: 'sip:1001@demo.traydial.test',
    extension_id: expect.stringMatching(/^\d{18}$/) as string,
    call_status: 'RINGING',
    online: true,
    presence: 'ONLINE',
    presence_note: '',
    push_online: false,
    time: String(Date.UTC(2026, 0, 5, 9, 0, 0) / 1000),
  };
  expect(await listener.next()).toEqual({
    event_type: 'extension_status',
    tenant_id: expect.stringMatching(/^\d{18}$/) as string,
    status: [alex, expect.objectContaining({ extension: 'sip:1002@demo.traydial.test', call_status: '' })],
  });
  expect(pbx.push.connections[0]).toMatchObject({ topics: ['extension_events'] });
});

test('only subscribed topics are pushed, and none after unsubscribing', async () => {
  const { pbx } = await openDemo();
  const own = await openListener(pbx, 'extension_events');
  const calls = await openListener(pbx, 'cdr_events');
  pbx.addSession({ legs: [{ caller: '1003', callee: '1002' }] });
  expect(await own.events()).toMatchObject([{ event_type: 'extension_status' }]);
  expect((await calls.events()).map((frame) => frame['event_type'])).toEqual([
    'call_start',
    'cdr_target_add',
    'cdr_target_ringing',
  ]);

  const all = { topics: ['extension_events', 'cdr_events'], extensions: ['1001'] };
  for (const listener of [own, calls]) {
    expect(await listener.ask({ command: 'unsubscribe', ...all })).toMatchObject({ status: 0 });
  }
  pbx.make('incoming');
  expect(await own.events()).toHaveLength(1);
  expect(await calls.events()).toHaveLength(3);
});

test.each([
  ['cdr_events', 'extension_events', subscriptions('acknowledged', 'refused')],
  ['extension_events', 'cdr_events', subscriptions('refused', 'acknowledged')],
])('a command with the refused topic %s is refused as a whole', async (refused, granted, dialect) => {
  const { pbx } = await openDemo({ dialect });
  const listener = await new Listener(pbx).open();
  await listener.signIn();
  const ask = (...topics: string[]) => listener.ask({ command: 'subscribe', topics, extensions: ['1001'] });
  expect(await ask(refused)).toEqual({
    command: 'subscribe',
    error: `Permission denied: ${refused}`,
    id: '2',
    status: -1,
  });
  expect(await ask(granted, refused)).toMatchObject({ status: -1 });
  expect(pbx.push.connections[0]?.topics).toEqual([]);
  expect(await ask(granted)).toMatchObject({ status: 0 });
  expect(pbx.push.connections[0]?.topics).toEqual([granted]);
});

test('a PBX with silent acknowledgements answers nothing but the sign-in', async () => {
  const { pbx } = await openDemo({ dialect: subscriptions('silent', 'ignored') });
  const listener = await new Listener(pbx).open();
  expect(await listener.signIn()).toMatchObject({ status: 0 });
  listener.send({ command: 'subscribe', topics: ['cdr_events'] });
  listener.send({ command: 'subscribe', topics: ['extension_events'], extensions: ['1001'] });
  expect(await listener.next()).toMatchObject({ event_type: 'extension_status' });
  pbx.make('incoming');
  expect(await listener.next()).toMatchObject({ event_type: 'extension_call' });
});

test('a client that has not signed in gets no events, and malformed commands get an error', async () => {
  const { pbx } = await openDemo();
  const listener = await new Listener(pbx).open();
  const subscribe = { command: 'subscribe', topics: ['cdr_events'] };
  expect(await listener.ask(subscribe)).toMatchObject({ status: -1, error: 'Not signed in' });
  pbx.make('incoming');
  expect(await listener.events()).toEqual([]);
  for (const nonsense of ['no json', '[]', '7', '{"command":7}', '{"command":"dance"}']) {
    listener.send(nonsense);
    expect(await listener.next()).toMatchObject({ status: -1 });
  }
  for (const auth of [{}, { username: 'alex' }, { username: 7, password: 'demo' }, { ...RIGHT, domain: null }]) {
    expect(await listener.ask({ command: 'auth', ...auth })).toMatchObject({ status: -1 });
  }
  expect(await listener.signIn()).toMatchObject({ status: 0 });
  for (const topics of [undefined, 'cdr_events', [], ['unknown_events'], [7], ['extension_events']]) {
    expect(await listener.ask({ command: 'subscribe', topics })).toMatchObject({ status: -1 });
  }
});

test('a system administrator may sign in without a domain, but has no calls to listen to', async () => {
  const { pbx } = await openDemo();
  const listener = await new Listener(pbx).open();
  expect(await listener.ask({ command: 'auth', username: 'admin', password: 'demo' })).toMatchObject({ status: 0 });
  expect(await listener.ask({ command: 'subscribe', topics: ['cdr_events'] })).toMatchObject({ status: -1 });
});

test('the messages of clients are recorded', async () => {
  const { pbx, clock } = await openDemo();
  const listener = await new Listener(pbx).open();
  await listener.ask({ command: 'auth', ...RIGHT });
  expect(pbx.push.received).toEqual([{ text: JSON.stringify({ command: 'auth', ...RIGHT }), at: clock.now() }]);
  expect(pbx.requests).toMatchObject([{ method: 'GET', path: '/wsi' }]);
});
