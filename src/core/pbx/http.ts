import { setImmediate } from 'node:timers/promises';
import type { OutgoingHttpHeaders } from 'node:http';
import type { ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { systemClock, type Clock } from '../clock.ts';
import { TrustedAgent } from './connector.ts';
import { send } from './exchange.ts';
import { parseJson } from './json.ts';
import { AnswerFailure, ConnectFailure, isStaleSocket, toAppError } from './network-errors.ts';
import { Proxies, type ProxyFor } from './proxies.ts';
import { readBody } from './read-body.ts';
import { readHeaders, type AnswerHeaders } from './answer-headers.ts';
import type { Trust } from './tls-trust.ts';

export interface HttpTimeouts {
  /** Proxy, name, TCP and TLS together, in ms. */
  connect: number;
  /** From the request to the head of the answer, in ms. */
  headers: number;
  /** For the whole body, in ms. */
  body: number;
}

export interface PbxHttpOptions {
  /** e.g. https://pbx.example.com:8887 */
  origin: string;
  trust: Trust;
  /** Finds the proxy for a connection to another computer. Without it no proxy is used. */
  proxyFor?: ProxyFor | undefined;
  /** Whether a host is reached without a proxy. By default only this computer is. */
  goesDirect?: (host: string) => boolean;
  timeouts?: Partial<HttpTimeouts>;
  /** Maximum size of a body in bytes; 8 MiB by default. */
  maxBodyBytes?: number;
  clock?: Clock;
  /** Closes the client when it is aborted. */
  signal?: AbortSignal | undefined;
}

export interface HttpRequest {
  method: 'GET' | 'POST';
  /** From the root, with its query, already encoded. */
  path: string;
  json?: unknown;
  form?: Record<string, string>;
  /** Bearer token. */
  token?: string;
  signal?: AbortSignal | undefined;
  maxBodyBytes?: number;
  /** Reads the body of a success; `parseJson` unless given. */
  parse?: (text: string) => unknown;
  /** The error code for a failure that leaves open whether the PBX has acted on the request. */
  unansweredCode?: ErrorCode;
}

/** An answer with any status. Redirects are not followed, and 4xx and 5xx are not errors here. */
export interface HttpAnswer {
  status: number;
  headers: AnswerHeaders;
  /**
   * Parsed JSON; undefined when the body is empty or something else. What `parse` of the request returned, if it has
   * one.
   */
  body: unknown;
  /** The request as text for the detail of an error, e.g. "GET https://pbx:8887/api/sessions". */
  requestLine: string;
}

const TIMEOUTS: HttpTimeouts = { connect: 10_000, headers: 15_000, body: 15_000 };
const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** Idle time after which a kept connection is given up, unless the PBX names a shorter one. */
const KEEP_ALIVE_MS = 30_000;

/** Sends requests to one PBX. No method throws. */
export type HttpPort = Pick<PbxHttp, 'origin' | 'server' | 'request' | 'dropIdle' | 'close'>;

/** HTTPS to one PBX. No method throws; errors are those of the table "Address and connection". */
export class PbxHttp {
  readonly origin: string;
  /** How to reach the same server by another protocol: the same name, trust and proxies. */
  readonly server: Pick<PbxHttpOptions, 'trust' | 'proxyFor' | 'goesDirect'> & { host: string; port: number };
  readonly #timeouts: HttpTimeouts;
  readonly #maxBodyBytes: number;
  readonly #clock: Clock;
  readonly #readAgent: TrustedAgent;
  readonly #writeAgent: TrustedAgent;
  readonly #stop = new AbortController();
  readonly #outerSignal: AbortSignal | undefined;
  readonly #onOuterAbort = () => void this.close();
  #closed = false;

  constructor(options: PbxHttpOptions) {
    const { origin, trust, proxyFor, goesDirect, timeouts, maxBodyBytes, clock } = options;
    this.origin = origin;
    const { hostname, port } = new URL(origin);
    this.server = {
      // A URL writes IPv6 addresses in brackets, a socket does not; it leaves out the port of its scheme.
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? 443 : Number(port),
      trust,
      ...(proxyFor ? { proxyFor } : {}),
      ...(goesDirect ? { goesDirect } : {}),
    };
    this.#timeouts = { ...TIMEOUTS, ...timeouts };
    this.#maxBodyBytes = maxBodyBytes ?? MAX_BODY_BYTES;
    this.#clock = clock ?? systemClock;
    const connector = {
      ...this.server,
      proxies: new Proxies(proxyFor, this.#clock, goesDirect),
      timeoutMs: this.#timeouts.connect,
      clock: this.#clock,
      signal: this.#stop.signal,
    };
    this.#readAgent = new TrustedAgent(connector, { keepAlive: true, timeout: KEEP_ALIVE_MS });
    // A POST is never repeated, so each gets a new connection: a kept one may have died unnoticed.
    this.#writeAgent = new TrustedAgent(connector, { keepAlive: false });
    this.#outerSignal = options.signal;
    this.#outerSignal?.addEventListener('abort', this.#onOuterAbort);
    if (this.#outerSignal?.aborted === true) this.#onOuterAbort();
  }

  /**
   * Sends one request. A GET is sent a second time if the kept connection that it used turns out to be closed. No other
   * request is repeated.
   */
  async request(request: HttpRequest): Promise<Result<HttpAnswer>> {
    const requestLine = describe(this.origin, request);
    if (this.#closed) return err(toAppError(new ConnectFailure('connection-lost', 'closed here'), requestLine));
    const connection = { isReused: false };
    try {
      return ok(await this.#exchange(request, requestLine, (isReused) => (connection.isReused = isReused)));
    } catch (error) {
      if (request.method !== 'GET' || !connection.isReused || !isStaleSocket(error))
        return this.#failed(error, request, requestLine);
    }
    try {
      return ok(await this.#exchange(request, requestLine));
    } catch (error) {
      return this.#failed(error, request, requestLine);
    }
  }

  /** Closes the connections that no request uses. Call it when the network has changed, because they may be dead. */
  dropIdle(): void {
    for (const socket of Object.values(this.#readAgent.freeSockets).flat()) socket?.destroy();
  }

  /** Closes all connections. Requests that run or come later answer `connection-lost`. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#outerSignal?.removeEventListener('abort', this.#onOuterAbort);
    this.#stop.abort();
    this.#readAgent.destroy();
    this.#writeAgent.destroy();
    // Lets the requests that were running settle first.
    await setImmediate();
  }

  #failed(error: unknown, request: HttpRequest, requestLine: string): Result<never> {
    return err(toAppError(error, requestLine, request.unansweredCode));
  }

  /** `onSent`: the request has a connection; `isReused` if that was used before. */
  async #exchange(
    request: HttpRequest,
    requestLine: string,
    onSent?: (isReused: boolean) => void,
  ): Promise<HttpAnswer> {
    const stop = new AbortController();
    const stopAfter = (ms: number, waitedFor: string) =>
      this.#clock.after(ms, () => stop.abort(new AnswerFailure('timed-out', `${waitedFor} did not end in time`)));
    const { headers, body } = this.#timeouts;
    let cancelTimer = () => {};
    try {
      const answer = await send({
        host: this.server.host,
        port: this.server.port,
        agent: request.method === 'GET' ? this.#readAgent : this.#writeAgent,
        path: request.path,
        method: request.method,
        ...contentOf(request),
        signal: AbortSignal.any([stop.signal, this.#stop.signal, ...(request.signal ? [request.signal] : [])]),
        // Before this, the time limit of the connection applies.
        onSent: (isReused) => {
          onSent?.(isReused);
          cancelTimer = stopAfter(headers, 'the head of the answer');
        },
      });
      const { statusCode: status = 0 } = answer;
      cancelTimer();
      cancelTimer = stopAfter(body, 'the answer');
      const text = await readBody(answer, answer.headers, request.maxBodyBytes ?? this.#maxBodyBytes).catch(
        (error: unknown) => {
          // The status of a refusal is enough, even if its body cannot be read.
          if (status >= 300) return '';
          throw error;
        },
      );
      const answered = readHeaders(answer.headers, this.#clock.now());
      const { parse = parseJson } = request;
      return { status, headers: answered, body: status < 300 ? parse(text) : parseJson(text), requestLine };
    } finally {
      cancelTimer();
    }
  }
}

function contentOf({ json, form, token }: HttpRequest): { headers: OutgoingHttpHeaders; body: string | undefined } {
  const headers: OutgoingHttpHeaders = { accept: 'application/json', 'user-agent': 'Traydial' };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (form !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    return { headers, body: new URLSearchParams(form).toString() };
  }
  if (json === undefined) return { headers, body: undefined };
  headers['content-type'] = 'application/json';
  return { headers, body: JSON.stringify(json) };
}

/** The request for the detail of an error: without the query, which may hold a secret, and without IDs and numbers. */
function describe(origin: string, { method, path }: HttpRequest): string {
  const [withoutQuery = ''] = path.split('?', 1);
  const words = withoutQuery.split('/').map((word) => (/^[a-z_]*$/.test(word) ? word : '{id}'));
  return `${method} ${origin}${words.join('/')}`;
}
