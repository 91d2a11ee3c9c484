import { setImmediate as turn } from 'node:timers/promises';
import { afterEach } from 'vitest';
import type { Clock } from '../../../../../src/core/clock.ts';
import { PushClient, type PushClientOptions } from '../../../../../src/core/pbx/push/push-client.ts';
import type { PushCredentials, PushedEvent, PushState } from '../../../../../src/core/pbx/push/types.ts';
import { ok } from '../../../../../src/shared/result.ts';
import { ManualClock } from '../../../../support/manual-clock.ts';
import type { PushServer } from './push-server.ts';

export const TOKEN: PushCredentials = { by: 'token', accessToken: 'access-1' };
export const PASSWORD: PushCredentials = { by: 'password', username: 'ada', password: 'wonder', domain: 'office.test' };

/** A port on which nothing is expected to listen. */
const NOWHERE = 1;

const running: PushClient[] = [];
afterEach(() => {
  for (const client of running.splice(0)) client.stop();
});

export interface Listener {
  client: PushClient;
  events: PushedEvent[];
  states: PushState[];
  accepted: PushCredentials['by'][];
  /** The newest state. */
  state: () => PushState;
}

/** A client of `server` that trusts its certificate, with its callbacks recorded. Stopped after the test. */
export function createListener(
  server: Pick<PushServer, 'port' | 'certificate'>,
  clock: Clock,
  options: Partial<PushClientOptions> = {},
): Listener {
  const recorded: Omit<Listener, 'client' | 'state'> = { events: [], states: [], accepted: [] };
  const client = new PushClient({
    host: '127.0.0.1',
    port: server.port,
    oldPort: NOWHERE,
    trust: { fingerprint: server.certificate.fingerprint },
    clock,
    credentials: () => Promise.resolve(ok([TOKEN, PASSWORD])),
    extension: () => '101',
    wantCdr: true,
    onEvent: (event) => recorded.events.push(event),
    onState: (state) => recorded.states.push(state),
    onAccepted: (by) => recorded.accepted.push(by),
    ...options,
  });
  running.push(client);
  return { client, ...recorded, state: () => recorded.states.at(-1) ?? { status: 'off' } };
}

/** Waits for an effect of something received over a socket; fails after `ms`. */
export async function until(condition: () => boolean, what = condition.toString(), ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`did not happen: ${what}`);
    await turn();
  }
}

/** Waits until everything that was sent over loopback has arrived. */
export async function flushLoopback(): Promise<void> {
  for (let n = 0; n < 200; n++) await turn();
}

/** Starts a client with a clock that stands still, and waits until it is listening. */
export async function startListening(server: PushServer, options: Partial<PushClientOptions> = {}) {
  const clock = new ManualClock();
  const desk = createListener(server, clock, options);
  desk.client.start();
  await until(() => desk.state().status === 'listening');
  return { clock, ...desk };
}
