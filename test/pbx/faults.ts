/**
 * A fault of one request.
 * - `status`: this answer instead of the real one; `body` may be text or anything that JSON can hold.
 * - `delayMs`: the request is carried out and answered so much later (on the PBX's clock).
 * - `truncate`: whole HTTP, but the JSON in it stops half-way.
 * - `drop`: the connection is cut, before the first byte or in the middle of the body.
 * - `garbage`: 200 and bytes that are not JSON.
 * - `hugeBytes`: 200 and a useless body of at least that many bytes.
 * - `hang`: no answer at all.
 *
 * `delayMs`, `truncate` and `drop: 'mid-body'` change the real answer, so the request is carried out. With the
 * others it is not, unless `apply` is set: then a call is placed although its caller never gets an answer.
 *
 * GET /wsi, the request for a WebSocket, supports `status`, `delayMs` and `hang`; any other fault cuts its connection.
 */
export type FaultAction = (
  | { status: number; headers?: Record<string, string>; body?: unknown }
  | { delayMs: number }
  | { truncate: true }
  | { drop: 'before-headers' | 'mid-body' }
  | { garbage: true }
  | { hugeBytes: number }
  | { hang: true }
) & { apply?: boolean };

export interface FaultRule {
  /** GET or POST; any when absent. */
  method?: string;
  /** The whole path without query, e.g. /api/sessions, or a pattern for it. */
  path: string | RegExp;
  /** How often; 1 when absent, Infinity for always. */
  times?: number;
  /** How many matching requests are let through first; 0 when absent. */
  skip?: number;
  action: FaultAction;
}

export interface Fault {
  /** How often it was used. */
  readonly used: number;
  remove(): void;
}

interface Entry {
  rule: FaultRule;
  skipsLeft: number;
  used: number;
}

/** A script of faults. The first rule that matches and is not used up applies; each use is counted. */
export class FaultScript {
  #entries: Entry[] = [];

  add(rule: FaultRule): Fault {
    const entry: Entry = { rule, skipsLeft: rule.skip ?? 0, used: 0 };
    this.#entries.push(entry);
    return {
      get used() {
        return entry.used;
      },
      remove: () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
      },
    };
  }

  clear(): void {
    this.#entries = [];
  }

  /** The fault for this request, counted as used; null if no rule matches. */
  take(method: string, path: string): FaultAction | null {
    for (const entry of this.#entries) {
      if (!matches(entry.rule, method, path) || entry.used >= (entry.rule.times ?? 1)) continue;
      if (entry.skipsLeft > 0) {
        entry.skipsLeft -= 1;
        continue;
      }
      entry.used += 1;
      return entry.rule.action;
    }
    return null;
  }
}

function matches(rule: FaultRule, method: string, path: string): boolean {
  if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
  // search() ignores lastIndex, which would make a pattern with the g flag match every other time.
  return typeof rule.path === 'string' ? rule.path === path : path.search(rule.path) !== -1;
}
