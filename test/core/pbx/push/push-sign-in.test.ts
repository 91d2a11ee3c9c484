import { expect, onTestFinished, test } from 'vitest';
import { onBug } from '../../../../src/core/report-bug.ts';
import { appError } from '../../../../src/shared/errors.ts';
import { err, ok } from '../../../../src/shared/result.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { createListener, startListening, PASSWORD, flushLoopback, TOKEN, until } from './support/push-listener.ts';
import { accept, ignore, PushServer, refuse, type Frame } from './support/push-server.ts';

const HOUR = 3_600_000;
const BOTH = ['extension_events', 'cdr_events'];
const passwordOnly = (frame: Frame, socket: Parameters<typeof accept>[1]) =>
  ('password' in frame ? accept : refuse)(frame, socket);

test('signs in with an accepted token and subscribes to both topics, one by one', async () => {
  const server = await PushServer.start();
  const { states, accepted, clock } = await startListening(server);
  expect(server.frames).toEqual([
    { command: 'auth', access_token: 'access-1' },
    { command: 'subscribe', topics: ['extension_events'], extensions: ['101'] },
    { command: 'subscribe', topics: ['cdr_events'] },
  ]);
  expect(states).toEqual([
    { status: 'connecting' },
    { status: 'listening', topics: BOTH, proven: BOTH, since: clock.now() },
  ]);
  expect(accepted).toEqual(['token']);
});

test('signs in with the password on a new connection after a refused token', async () => {
  const server = await PushServer.start({ auth: passwordOnly });
  const { accepted, states } = await startListening(server);
  expect(server.commands('auth')).toEqual([
    { command: 'auth', access_token: 'access-1' },
    { command: 'auth', username: 'ada', password: 'wonder', domain: 'office.test' },
  ]);
  expect(server.sockets).toHaveLength(2);
  expect(accepted).toEqual(['password']);
  expect(states.map(({ status }) => status)).toEqual(['connecting', 'listening']);
});

test('sends the accepted credential first at the next connection', async () => {
  const server = await PushServer.start({ auth: passwordOnly });
  const { state, clock } = await startListening(server);
  server.sockets.at(-1)?.terminate();
  await until(() => state().status === 'waiting');
  await clock.advance(2_000);
  await until(() => state().status === 'listening');
  expect(server.commands('auth').map((frame) => 'password' in frame)).toEqual([false, true, true]);
});

test('makes exactly two attempts when both credentials are refused, also after waiting and waking', async () => {
  const server = await PushServer.start({ auth: refuse });
  const clock = new ManualClock();
  const { client, state, accepted } = createListener(server, clock);
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({ error: { code: 'push-sign-in-refused' } });
  await clock.advance(48 * HOUR);
  client.wake();
  client.wake();
  await clock.advance(48 * HOUR);
  await flushLoopback();
  expect(server.commands('auth')).toHaveLength(2);
  expect(server.requests).toHaveLength(2);
  expect(accepted).toEqual([]);
  expect(clock.pending()).toEqual([]);
});

test('does not repeat the PBX’s text about a refusal, which may contain the password', async () => {
  const server = await PushServer.start({
    auth: (frame, socket) =>
      socket.send(JSON.stringify({ command: 'auth', status: -1, error: `bad: ${JSON.stringify(frame)}` })),
  });
  const { client, state } = createListener(server, new ManualClock());
  client.start();
  await until(() => state().status === 'refused');
  expect(JSON.stringify(state())).not.toMatch(/wonder|access-1/);
});

test('tries each credential once at start() after a refusal', async () => {
  let good = false;
  const server = await PushServer.start({ auth: (frame, socket) => (good ? accept : refuse)(frame, socket) });
  const { client, state } = createListener(server, new ManualClock());
  client.start();
  await until(() => state().status === 'refused');
  good = true;
  client.start();
  await until(() => state().status === 'listening');
  expect(server.commands('auth')).toHaveLength(3);
});

test('sends each credential once to a server that refuses and closes at once', async () => {
  const server = await PushServer.start({
    auth: (frame, socket) => {
      refuse(frame, socket);
      socket.close();
    },
  });
  const { client, state } = createListener(server, new ManualClock());
  client.start();
  await until(() => state().status === 'refused');
  expect(server.commands('auth')).toHaveLength(2);
});

test('treats a close frame with "not allowed" instead of an answer as a refusal', async () => {
  const server = await PushServer.start({ auth: (_frame, socket) => socket.close(1008) });
  const { client, state } = createListener(server, new ManualClock(), {
    credentials: () => Promise.resolve(ok([PASSWORD])),
  });
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({ error: { code: 'push-sign-in-refused' } });
  expect(server.commands('auth')).toHaveLength(1);
});

test('ends a sign-in without an answer after five seconds, and repeats it at growing intervals', async () => {
  const server = await PushServer.start({ auth: ignore });
  const clock = new ManualClock();
  const { client, state } = createListener(server, clock);
  client.start();
  const waits: number[] = [];
  for (let n = 1; n <= 4; n++) {
    await until(() => server.commands('auth').length === n);
    await clock.advance(4_999);
    expect(state().status).toBe('connecting');
    await clock.advance(1);
    await until(() => state().status === 'waiting');
    expect(state()).toMatchObject({ error: { code: 'timed-out' } });
    const [wait = 0] = clock.pending();
    waits.push(wait);
    await clock.advance(wait);
  }
  // Five refusals within an hour block an address, and the PBX may count these.
  expect(waits).toEqual([1_500, 2_500, 1_012_500, 1_012_500]);
});

test.each([
  ['a status as text', { command: 'auth', status: '0' }],
  ['no status and no error', { command: 'auth', id: '7' }],
  ['no command, as in v12', { status: 0 }],
  ['another spelling of the command', { command: ' AUTH ', status: 0 }],
  ['an HTTP-like status', { command: 'login', status: 200 }],
])('accepts a positive answer with %s', async (_what, answer) => {
  const server = await PushServer.start({ auth: (_frame, socket) => socket.send(JSON.stringify(answer)) });
  const { accepted } = await startListening(server);
  expect(accepted).toEqual(['token']);
});

test.each([
  ['status as text', { command: 'auth', status: '-1' }],
  ['an error and no status', { command: 'auth', error: 'no' }],
  ['no command, as in v12', { status: -1, error: 'no' }],
  ['another number', { command: 'auth', status: 403 }],
])('accepts a refusal with %s', async (_what, answer) => {
  const server = await PushServer.start({ auth: (_frame, socket) => socket.send(JSON.stringify(answer)) });
  const { client, state } = createListener(server, new ManualClock());
  client.start();
  await until(() => state().status === 'refused');
  expect(server.commands('auth')).toHaveLength(2);
});

test('ignores a greeting before the answer', async () => {
  const server = await PushServer.start({
    auth: (frame, socket) => {
      socket.send(JSON.stringify({ command: 'welcome', version: '22' }));
      socket.send('hello');
      refuse(frame, socket);
    },
  });
  const { client, state } = createListener(server, new ManualClock());
  client.start();
  await until(() => state().status === 'refused');
  expect(server.commands('subscribe')).toEqual([]);
});

test('treats an unreadable answer as positive when the topics are granted', async () => {
  const server = await PushServer.start({ auth: (_frame, socket) => socket.send('{"result":"fine"}') });
  const clock = new ManualClock();
  const { client, state, accepted } = createListener(server, clock);
  client.start();
  await until(() => server.commands('auth').length === 1);
  await flushLoopback();
  expect(accepted).toEqual([]);
  await clock.advance(5_000);
  await until(() => state().status === 'listening');
  expect(accepted).toEqual(['token']);
});

test('treats an unreadable answer as a refusal when every topic is refused', async () => {
  const server = await PushServer.start({
    auth: (_frame, socket) => socket.send('{"result":"sorry"}'),
    subscribe: refuse,
  });
  const clock = new ManualClock();
  const { client, state, accepted } = createListener(server, clock, {
    credentials: () => Promise.resolve(ok([TOKEN])),
  });
  client.start();
  await until(() => server.commands('auth').length === 1);
  await flushLoopback();
  await clock.advance(5_000);
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({ error: { code: 'push-sign-in-refused' } });
  expect(accepted).toEqual([]);
});

test('renews a sign-in that ends while listening, with the current credentials', async () => {
  const server = await PushServer.start();
  let token = 1;
  const { clock, state } = await startListening(server, {
    credentials: () => Promise.resolve(ok([{ by: 'token', accessToken: `access-${token++}` }])),
  });
  server.push({ command: 'auth', status: -1, error: 'access_token expired' });
  await until(() => state().status === 'waiting');
  await clock.advance(2_000);
  await until(() => state().status === 'listening');
  expect(server.commands('auth').map((frame) => frame['access_token'])).toEqual(['access-1', 'access-2']);
});

test('does not repeat a password that is accepted and then refused', async () => {
  const server = await PushServer.start();
  const refusals: string[] = [];
  const { clock, state } = await startListening(server, {
    credentials: () => Promise.resolve(ok([PASSWORD])),
    onRefused: (by) => refusals.push(by),
  });
  await clock.advance(500);
  server.push({ command: 'auth', status: -1, error: 'Login failed' });
  await until(() => state().status === 'refused');
  await clock.advance(HOUR);
  await flushLoopback();
  expect(server.commands('auth')).toHaveLength(1);
  expect(refusals).toEqual(['password']);
});

test('is refused when the user is signed out, and waits after a network failure, while getting credentials', async () => {
  const server = await PushServer.start();
  const clock = new ManualClock();
  let error = appError('no-route');
  const { client, state } = createListener(server, clock, { credentials: () => Promise.resolve(err(error)) });
  client.start();
  await until(() => state().status === 'waiting');
  expect(state()).toMatchObject({ error: { code: 'no-route' } });
  error = appError('session-expired');
  await clock.advance(2_000);
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({ error: { code: 'session-expired' } });
  expect(server.frames).toEqual([]);
});

test('retries when getting credentials never ends or throws', async () => {
  const bugs: string[] = [];
  onTestFinished(onBug((bug) => bugs.push(bug.message)));
  const server = await PushServer.start();
  const clock = new ManualClock();
  let asked = 0;
  const { client, state } = createListener(server, clock, {
    credentials: () => (asked++ === 0 ? new Promise(() => undefined) : Promise.reject(new Error('broken'))),
  });
  client.start();
  await until(() => asked === 1);
  await clock.advance(30_000);
  await until(() => state().status === 'waiting');
  expect(state()).toMatchObject({ error: { code: 'timed-out' } });
  await clock.advance(2_000);
  await until(() => asked === 2 && state().status === 'waiting');
  expect(state()).toMatchObject({ error: { code: 'internal' } });
  expect(bugs).toEqual(['broken']);
  expect(server.frames).toEqual([]);
});

test('signs in a system administrator without a domain', async () => {
  const server = await PushServer.start();
  await startListening(server, { credentials: () => Promise.resolve(ok([{ ...PASSWORD, domain: '' }])) });
  expect(server.commands('auth')).toEqual([{ command: 'auth', username: 'ada', password: 'wonder' }]);
});
