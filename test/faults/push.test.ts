import type { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { createListener, startListening, until } from '../core/pbx/push/support/push-listener.ts';
import { accept, PushServer, type Frame, type PushScript } from '../core/pbx/push/support/push-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { GOOD_EVENT } from './good-values.ts';
import { BROKEN_FRAMES, EVENT_FRAMES, REPLY } from './push-frames.ts';
import { placesOf, VALUES, withValue } from './values.ts';

const COMMANDS = ['auth', 'subscribe'] as const;
type Command = (typeof COMMANDS)[number];

/** The bytes that replace the answer to `command`; `stream` is the socket below the WebSocket. */
type Meet = (socket: WebSocket, command: Command, stream: Duplex | undefined) => void;

/**
 * Signs in to a PBX that answers `command` with a fault. Returns the outcome, the time that it took, and leftover
 * resources.
 */
async function outcomeOf(command: Command, meet: Meet) {
  let met = false;
  const spoil = (frame: Frame, socket: WebSocket): void => {
    // The other commands get their documented answers.
    if (frame['command'] !== command) accept(frame, socket);
    else {
      met = true;
      meet(socket, command, server.streams.at(-1));
    }
  };
  const script: PushScript = { auth: spoil, subscribe: spoil };
  const server = await PushServer.start(script);
  const clock = new ManualClock();
  const begun = clock.now();
  const { client, state } = createListener(server, clock);
  client.start();
  await until(() => met);
  for (let n = 0; n < 100 && state().status === 'connecting'; n++) {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    // Refused credentials cause a second connection, which takes real time.
    if (n >= 10) await clock.advance(500);
  }
  const last = state();
  const waited = clock.now() - begun;
  client.stop();
  await until(() => server.connections === 0);
  expect(clock.pending()).toEqual([]);
  await server.close();
  return { status: last.status, code: 'error' in last ? last.error.code : null, waited };
}

const send =
  (text: string): Meet =>
  (socket) =>
    socket.send(text);

const lost = (code: string) => ({ status: 'waiting', code });

test.each<[what: string, meet: Meet, auth: object, subscribe: object]>([
  ['no answer', () => {}, lost('timed-out'), { status: 'listening', code: null }],
  ['a close frame', (socket) => socket.close(), lost('connection-lost'), lost('connection-lost')],
  ['a cut connection', (socket) => socket.terminate(), lost('connection-lost'), lost('connection-lost')],
  ['"going away"', (socket) => socket.close(1001), lost('connection-lost'), lost('connection-lost')],
  [
    '"not allowed"',
    (socket) => socket.close(1008),
    { status: 'refused', code: 'push-sign-in-refused' },
    lost('connection-lost'),
  ],
  ['more than a megabyte', send('x'.repeat(1024 * 1024 + 1)), lost('answer-too-large'), lost('answer-too-large')],
  [
    'a refusal',
    (socket, command) => socket.send(JSON.stringify({ command, status: -1, error: 'no' })),
    { status: 'refused', code: 'push-sign-in-refused' },
    { status: 'refused', code: 'push-forbidden' },
  ],
])('%s to a push command leads to a named error', async (_what, meet, auth, subscribe) => {
  for (const [command, expected] of [
    ['auth', auth],
    ['subscribe', subscribe],
  ] as const) {
    expect(await outcomeOf(command, meet), command).toMatchObject(expected);
  }
});

test.each(BROKEN_FRAMES)('%s instead of an answer, or after subscribing, ends the connection', async (_what, bytes) => {
  const meet: Meet = (_socket, _command, stream) => stream?.write(bytes);
  for (const command of COMMANDS) {
    const { status, code, waited } = await outcomeOf(command, meet);
    expect({ status, code }, command).toMatchObject({
      status: 'waiting',
      code: expect.stringMatching(/^(bad-answer|answer-too-large)$/) as string,
    });
    expect(waited).toBe(0);
  }
  const server = await PushServer.start();
  const { state } = await startListening(server);
  server.streams[0]?.write(bytes);
  await until(() => state().status === 'waiting');
});

/** Frames with a strange value in one place each. */
const strange = (frame: object): { where: string; text: string }[] =>
  placesOf(frame).flatMap((place) =>
    Object.entries(VALUES).map(([what, value]) => ({
      where: `${what} at "${place}" of ${JSON.stringify(frame)}`,
      text: withValue(frame, place, value),
    })),
  );

test.each(COMMANDS)('any value in the answer to %s leads to a named state', async (command) => {
  const found = new Set<string>();
  const cases = strange(REPLY[command]);
  for (let from = 0; from < cases.length; from += 16) {
    const some = cases.slice(from, from + 16);
    const outcomes = await Promise.all(some.map(({ text }) => outcomeOf(command, send(text))));
    for (const [index, { status, code }] of outcomes.entries()) {
      const name = code === null ? status : `${status}: ${code}`;
      found.add(name);
      expect(
        ['listening', 'waiting: timed-out', 'refused: push-sign-in-refused', 'refused: push-forbidden'],
        some[index]?.where,
      ).toContain(name);
    }
  }
  // Otherwise the values were not in the expected places.
  expect(found).toContain('listening');
  expect(found).toContain(command === 'auth' ? 'refused: push-sign-in-refused' : 'refused: push-forbidden');
});

test('with any value in an event, the event is left out or has valid types, and the connection stays open', async () => {
  const server = await PushServer.start();
  const { state, events, clock } = await startListening(server);
  const last = { event_type: 'extension_call', extension: 'last', call_status: '' };
  for (const { where, text } of EVENT_FRAMES.flatMap(strange)) {
    events.length = 0;
    server.push(text);
    server.push(last);
    await until(() => events.some((event) => event.type === 'extension' && event.extension === 'last'), where);
    for (const event of events) expect(GOOD_EVENT.safeParse(event).error?.issues, where).toBeUndefined();
    await clock.advance(10);
  }
  expect(state().status).toBe('listening');
});
