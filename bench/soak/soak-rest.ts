import type { HttpAnswer, HttpPort, HttpRequest, PbxHttpOptions } from '../../src/core/pbx/http.ts';
import { parseJson } from '../../src/core/pbx/json.ts';
import { appError, type ErrorCode } from '../../src/shared/errors.ts';
import { err, ok, type Result } from '../../src/shared/result.ts';
import type { PbxAnswer, PbxRequest } from '../../src/demo/http.ts';
import { around, type SimClock } from '../fleet/sim-clock.ts';
import type { DeskClock } from './desk-clock.ts';
import type { Network } from './network.ts';

export interface SoakRestOptions {
  clock: SimClock;
  deskClock: DeskClock;
  network: Network;
  /** Null: the request was executed, but its answer is lost. */
  answer: (request: PbxRequest) => PbxAnswer | null;
  onRequest: (what: string) => void;
}

const LATENCY_MS = { median: 50, spread: 1.7 };
const QUICK_MS = 10;
const TIMEOUT_MS = 15_000;
/** One in this many list entries is broken, always the same ones. */
const BROKEN = 7;

type Plan = { after: number } & ({ fails: ErrorCode } | { answer: PbxAnswer });

/** Simulated REST between one desk and its PBX, without HTTPS. */
export class SoakRest {
  readonly #options: SoakRestOptions;
  /** Pending requests, and how to abort each. */
  readonly #open = new Set<() => void>();
  /** Extra delay of the answers to these requests ("POST /api/sessions"), in ms. */
  readonly late = new Map<string, number>();

  constructor(options: SoakRestOptions) {
    this.#options = options;
  }

  get inFlight(): number {
    return this.#open.size;
  }

  port({ origin, trust }: PbxHttpOptions): HttpPort {
    const { hostname, port } = new URL(origin);
    let closed = false;
    return {
      origin,
      server: { host: hostname, port: Number(port), trust },
      request: (request) => (closed ? Promise.resolve(err(appError('connection-lost'))) : this.#request(request)),
      dropIdle: () => {},
      close: () => {
        closed = true;
        return Promise.resolve();
      },
    };
  }

  /** Pending requests get no answer. */
  cutOff(): void {
    for (const cut of this.#open) cut();
  }

  #request(request: HttpRequest): Promise<Result<HttpAnswer>> {
    const { deskClock, onRequest } = this.#options;
    const what = `${request.method} ${request.path}`;
    onRequest(what);
    const plan = this.#plan(request);
    plan.after += this.late.get(what) ?? 0;
    return new Promise((resolve) => {
      const settle = (result: Result<HttpAnswer>): void => {
        cancel();
        this.#open.delete(cut);
        request.signal?.removeEventListener('abort', abort);
        resolve(result);
      };
      const fail = (code: ErrorCode): void => settle(err(appError(request.unansweredCode ?? code)));
      const abort = (): void => fail('connection-lost');
      let cancel = deskClock.after(plan.after, () => {
        if ('fails' in plan) fail(plan.fails);
        else settle(ok(this.#received(request, plan.answer)));
      });
      const cut = (): void => {
        cancel();
        cancel = deskClock.after(TIMEOUT_MS, () => fail('timed-out'));
      };
      this.#open.add(cut);
      request.signal?.addEventListener('abort', abort);
      if (request.signal?.aborted === true) abort();
    });
  }

  /** The outcome is decided when the request is sent; the answer has the state of that time. */
  #plan(request: HttpRequest): Plan {
    const { clock, network } = this.#options;
    if (network.has('no-network')) {
      return clock.random() < 0.5 ? { after: QUICK_MS, fails: 'no-route' } : { after: TIMEOUT_MS, fails: 'timed-out' };
    }
    if (network.has('portal')) return { after: QUICK_MS, fails: 'tls-changed' };
    if (network.has('restarting')) return { after: QUICK_MS, fails: 'connection-refused' };
    const after = Math.min(5_000, around(clock, LATENCY_MS.median, LATENCY_MS.spread));
    if (network.has('time-outs')) {
      // The PBX may still have executed it.
      if (clock.random() < 0.5) this.#ask(request);
      return { after: TIMEOUT_MS, fails: 'timed-out' };
    }
    if (network.has('resets') && clock.random() < 0.7) return { after, fails: 'connection-lost' };
    if (network.has('busy-until')) return { after, answer: { status: 429, headers: { 'retry-after': '20' } } };
    if (network.has('busy') && clock.random() < 0.7) return { after, answer: { status: 429 } };
    if (network.has('errors')) return { after, answer: { status: 500 + Math.floor(clock.random() * 5) } };
    if (network.has('garbage')) return { after, answer: { status: 200, body: { items: 'none' } } };
    if (network.has('forbidden') && request.method === 'GET' && request.path.startsWith('/api/sessions')) {
      return { after, answer: { status: 403 } };
    }
    const answer = this.#ask(request);
    if (answer === null) return { after, fails: 'connection-lost' };
    return { after, answer: network.has('broken-entries') ? this.#broken(answer) : answer };
  }

  #ask({ method, path, json, token }: HttpRequest): PbxAnswer | null {
    const [withoutQuery = '', query = ''] = path.split('?', 2);
    return this.#options.answer({
      method,
      path: withoutQuery.split('/').map(decodeURIComponent).join('/'),
      query: new URLSearchParams(query),
      contentType: 'application/json',
      body: json === undefined ? '' : JSON.stringify(json),
      token: token ?? '',
      address: '192.0.2.1',
    });
  }

  #broken(answer: PbxAnswer): PbxAnswer {
    const { body } = answer;
    if (typeof body !== 'object' || body === null || !('items' in body) || !Array.isArray(body.items)) return answer;
    const items: unknown[] = body.items;
    return { ...answer, body: { items: items.map((item) => (isBroken(item) ? null : item)) } };
  }

  #received({ parse = parseJson }: HttpRequest, { status, headers, body }: PbxAnswer): HttpAnswer {
    const wait = headers?.['retry-after'];
    const { clock } = this.#options;
    return {
      status,
      headers: {
        retryAfterMs: wait === undefined ? null : Number(wait) * 1000,
        date: clock.now() - (clock.now() % 1000),
      },
      body: body === undefined ? undefined : (status < 300 ? parse : parseJson)(JSON.stringify(body)),
      requestLine: 'soak',
    };
  }
}

function isBroken(item: unknown): boolean {
  if (typeof item !== 'object' || item === null || !('id' in item) || typeof item.id !== 'string') return false;
  return Number(item.id.slice(-6)) % BROKEN === 0;
}
