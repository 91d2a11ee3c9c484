import type { buildConnector } from 'undici';
import { connectFailure } from './network-errors.ts';
import { systemClock, type Clock } from '../clock.ts';
import { Proxies } from './proxies.ts';
import type { Trust } from './tls-trust.ts';
import { connectTrusted } from './trusted-socket.ts';

export interface ConnectorOptions {
  trust: Trust;
  /** None unless told. */
  proxies?: Proxies;
  /** For the whole way to a trusted connection, in ms. */
  timeoutMs: number;
  clock?: Clock;
  /** Gives up the connections under way. */
  signal?: AbortSignal;
  /** Told of every attempt to connect. */
  onConnect: () => void;
}

/**
 * Makes undici's connections. undici gets a socket only after its certificate was accepted,
 * so no byte of a request reaches a server that is not trusted. Fails with `ConnectFailure`.
 */
export function createConnector({ onConnect, ...options }: ConnectorOptions): buildConnector.connector {
  const proxies = options.proxies ?? new Proxies(undefined, options.clock ?? systemClock);
  return ({ hostname, port, httpSocket }, callback) => {
    onConnect();
    const target = { ...options, proxies, host: hostname, port: Number(port || 443), carrier: httpSocket };
    connectTrusted(target).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(connectFailure(error), null),
    );
  };
}
