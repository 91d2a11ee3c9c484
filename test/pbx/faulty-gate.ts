import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../src/core/clock.ts';
import { deliver, deliverInsteadOfUpgrade } from '../../src/demo/deliver.ts';
import type { PbxAnswer, PbxRequest } from '../../src/demo/http.ts';
import type { Gate } from '../../src/demo/server.ts';
import type { FaultAction, FaultScript } from './faults.ts';
import type { RateLimit } from './rate-limit.ts';
import { deliverGarbage, deliverHuge, deliverThenCut, deliverTruncated } from './spoil.ts';

const REQUESTS_KEPT = 1_000;

/** A request of a client. */
export interface RecordedRequest {
  method: string;
  /** Without query. */
  path: string;
  /** After the question mark, '' when there was none. */
  query: string;
  /** As sent; '' when there was none or it was too large. */
  body: string;
  /** The content type of the body in lower case, '' when missing. */
  contentType: string;
  /** Whether the request had an access token. */
  bearer: boolean;
  /** ms since 1970 on the PBX's clock. */
  at: number;
}

interface GateParts {
  clock: Clock;
  faults: FaultScript;
  limit: RateLimit;
}

/** Records every request, refuses those over the limit, and applies the fault script to the others. */
export class FaultyGate implements Gate {
  readonly requests: RecordedRequest[] = [];
  readonly #parts: GateParts;
  readonly #delays = new Set<() => void>();

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  request(request: PbxRequest, response: ServerResponse, answer: () => PbxAnswer): void {
    this.#record(request);
    const tooMany = this.#parts.limit.refusal(request.address);
    const fault = tooMany === null ? this.#parts.faults.take(request.method, request.path) : null;
    if (fault === null) this.#send(response, tooMany ?? answer());
    else this.#apply(fault, response, answer);
  }

  upgrade(request: PbxRequest, wire: Duplex, answer: () => void): void {
    const { clock, faults, limit } = this.#parts;
    this.#record(request);
    const refuse = (refusal: PbxAnswer): void => deliverInsteadOfUpgrade(wire, refusal, clock.now());
    const tooMany = limit.refusal(request.address);
    if (tooMany !== null) {
      refuse(tooMany);
      return;
    }
    const fault = faults.take(request.method, request.path);
    if (fault === null) answer();
    else if ('status' in fault) refuse(fault);
    else if ('delayMs' in fault) this.#later(fault.delayMs, answer);
    else if (!('hang' in fault)) wire.destroy();
  }

  close(): void {
    for (const cancel of this.#delays) cancel();
    this.#delays.clear();
  }

  #apply(fault: FaultAction, response: ServerResponse, answer: () => PbxAnswer): void {
    const now = this.#parts.clock.now();
    if ('delayMs' in fault) this.#later(fault.delayMs, () => this.#send(response, answer()));
    else if ('truncate' in fault) deliverTruncated(response, answer(), now);
    else if ('drop' in fault && fault.drop === 'mid-body') deliverThenCut(response, answer(), now);
    else {
      if (fault.apply === true) answer();
      if ('drop' in fault) response.destroy();
      else if ('garbage' in fault) deliverGarbage(response);
      else if ('hugeBytes' in fault) deliverHuge(response, fault.hugeBytes);
      else if ('status' in fault) this.#send(response, fault);
    }
  }

  #later(ms: number, task: () => void): void {
    const cancel = this.#parts.clock.after(ms, () => {
      this.#delays.delete(cancel);
      task();
    });
    this.#delays.add(cancel);
  }

  #send(response: ServerResponse, answer: PbxAnswer): void {
    deliver(response, answer, this.#parts.clock.now());
  }

  #record({ method, path, query, body, contentType, token }: PbxRequest): void {
    const at = this.#parts.clock.now();
    this.requests.push({ method, path, query: query.toString(), body, contentType, bearer: token !== '', at });
    if (this.requests.length > REQUESTS_KEPT) this.requests.shift();
  }
}
