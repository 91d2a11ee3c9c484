import { expect, test } from 'vitest';
import type { PushState } from '../../../../src/core/pbx/push/types.ts';
import { ok } from '../../../../src/shared/result.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { createListener, PASSWORD, flushLoopback, until } from './support/push-listener.ts';
import { accept, ignore, PushServer, refuse, type Frame } from './support/push-server.ts';

/** 15 minutes, and the random part that a ManualClock adds. */
const QUARTER_HOUR = 1_012_500;
const onlyPassword = { credentials: () => Promise.resolve(ok([PASSWORD])) };

test.each([
  [408, 'timed-out'],
  [429, 'rate-limited'],
  [503, 'pbx-failed'],
])('retries a sign-in that was answered with %i later, and does not treat it as refused', async (status, code) => {
  let isBusy = true;
  const server = await PushServer.start({
    auth: (frame, socket) =>
      isBusy ? socket.send(JSON.stringify({ command: 'auth', status })) : accept(frame, socket),
  });
  const clock = new ManualClock();
  const refusals: string[] = [];
  const { client, state } = createListener(server, clock, { ...onlyPassword, onRefused: (by) => refusals.push(by) });
  client.start();
  await until(() => state().status === 'waiting');
  expect(state()).toMatchObject({ error: { code } });
  isBusy = false;
  await clock.advance(2_000);
  await until(() => state().status === 'listening');
  expect(refusals).toEqual([]);
});

/** A client whose first three sign-ins got no answer. */
async function afterThree(server: PushServer) {
  const clock = new ManualClock();
  const opened = createListener(server, clock, onlyPassword);
  opened.client.start();
  for (let n = 1; n <= 3; n++) {
    await until(() => server.commands('auth').length === n);
    await clock.advance(5_000);
    await until(() => opened.state().status === 'waiting');
    if (n < 3) await clock.advance(clock.pending()[0] ?? 0);
  }
  return { clock, ...opened };
}

test.each(['wake', 'restart'] as const)(
  'does not shorten the pause after three unanswered sign-ins on a %s',
  async (how) => {
    const server = await PushServer.start({ auth: ignore });
    const { client, clock } = await afterThree(server);
    if (how === 'restart') {
      client.stop();
      client.start();
    } else client.wake();
    expect(clock.pending()).toEqual([QUARTER_HOUR]);
    await flushLoopback();
    expect(server.commands('auth')).toHaveLength(3);
  },
);

test('counts a sign-in that was aborted after the password was sent as unanswered', async () => {
  const server = await PushServer.start({ auth: ignore });
  const clock = new ManualClock();
  const { client } = createListener(server, clock, onlyPassword);
  client.start();
  for (let n = 1; n <= 3; n++) {
    await until(() => server.commands('auth').length === n);
    client.wake();
  }
  await until(() => clock.pending()[0] === QUARTER_HOUR);
  expect(server.commands('auth')).toHaveLength(3);
});

const provenOf = (state: PushState) => (state.status === 'listening' ? state.proven : null);

test.each([
  ['yes', accept],
  ['no', refuse],
])('does not apply a late "%s" to the first subscription to the second one', async (_what, answer) => {
  let first: Frame | null = null;
  const server = await PushServer.start({
    subscribe: (frame, socket) => {
      if (first === null) first = frame;
      else answer(first, socket);
    },
  });
  const clock = new ManualClock();
  const { client, state } = createListener(server, clock);
  client.start();
  await until(() => server.commands('subscribe').length === 1);
  await clock.advance(5_000);
  await until(() => state().status === 'listening');
  expect(state()).toMatchObject({ topics: ['extension_events', 'cdr_events'] });
  expect(provenOf(state())).toEqual([]);
});

test.each([
  [0, { status: 'listening', topics: ['extension_events'], proven: ['extension_events'] }],
  [-1, { status: 'refused', error: { code: 'push-forbidden' } }],
])('applies two late answers, %i and a refusal, to the two topics', async (status, end) => {
  const server = await PushServer.start({ subscribe: ignore });
  const clock = new ManualClock();
  const { client, state } = createListener(server, clock);
  client.start();
  await until(() => server.commands('subscribe').length === 1);
  await clock.advance(5_000);
  await until(() => server.commands('subscribe').length === 2);
  server.push({ command: 'subscribe', status });
  await until(() => state().status === 'listening');
  expect(provenOf(state())).toEqual([]);
  server.push({ command: 'subscribe', status: -1 });
  await until(() => provenOf(state())?.length !== 0);
  expect(state()).toMatchObject(end);
});
