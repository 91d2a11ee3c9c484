import { Agent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connectFailure } from './network-errors.ts';
import type { Clock } from '../clock.ts';
import type { Proxies } from './proxies.ts';
import type { Trust } from './tls-trust.ts';
import { connectTrusted } from './trusted-socket.ts';

export interface ConnectorOptions {
  /** Name or IP address, IPv6 without brackets. */
  host: string;
  port: number;
  trust: Trust;
  proxies: Proxies;
  /** Time limit for proxy, TCP, TLS and the check of the certificate together, in ms. */
  timeoutMs: number;
  clock: Clock;
  /** Aborts the connections that are being made. */
  signal: AbortSignal;
}

/**
 * Makes the connections of Node's HTTP client. It gets a socket only after the certificate was accepted,
 * so no byte of a request reaches a server that is not trusted. Requests fail with `ConnectFailure`.
 */
export class TrustedAgent extends Agent {
  readonly #connector: ConnectorOptions;

  constructor(connector: ConnectorOptions, options: AgentOptions) {
    super(options);
    this.#connector = connector;
  }

  override createConnection(_options: unknown, callback?: (error: Error | null, stream: Duplex) => void): undefined {
    // Node accepts an error without a stream, although its declaration does not.
    const done = callback as ((error: Error | null, stream?: Duplex) => void) | undefined;
    connectTrusted(this.#connector).then(
      (socket) => done?.(null, socket),
      (error: unknown) => done?.(connectFailure(error)),
    );
  }
}
