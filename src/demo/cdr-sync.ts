import type { Cdr, CallHistory } from './cdrs.ts';
import type { User } from './office.ts';
import { opaqueToken } from './tokens.ts';

/** Each diff creates a token; the oldest ones are dropped, as the documents allow. */
const KEPT = 1_000;

interface Place {
  /** Earlier calls are left out; ms since 1970. */
  from: number;
  /** Id of the last record that was returned; '' before the first diff. */
  lastId: string;
}

export interface CdrDiff {
  /** The token for the next diff. */
  token: string;
  items: { id: string; change_type: 'CREATED'; items: object[] }[];
}

/**
 * Sync tokens for the call history (OpenAPI 22.2 POST /user/cdrs/sync_tokens). Our guesses: the first diff returns all
 * calls since the token's date, each later one the new calls; a token can be used again, for clients that lost the
 * answer.
 */
export class CdrSync {
  readonly #history: CallHistory;
  readonly #places = new Map<string, Place>();

  constructor(history: CallHistory) {
    this.#history = history;
  }

  /** `from` in ms since 1970. */
  begin(from: number): string {
    return this.#keep({ from, lastId: '' });
  }

  /** Null for an unknown or dropped token. */
  diff(token: string, user: User): CdrDiff | null {
    const place = this.#places.get(token);
    if (place === undefined) return null;
    const fresh = this.#history
      .of(user)
      .filter((cdr) => cdr.id > place.lastId && Date.parse(cdr.started_at) >= place.from)
      .toReversed();
    const lastId = fresh.at(-1)?.id ?? place.lastId;
    return {
      token: this.#keep({ from: place.from, lastId }),
      items: fresh.map((cdr) => ({ id: cdr.id, change_type: 'CREATED', items: [extract(cdr)] })),
    };
  }

  forgetAll(): void {
    this.#places.clear();
  }

  #keep(place: Place): string {
    const token = opaqueToken();
    this.#places.set(token, place);
    for (const [oldest] of this.#places) {
      if (this.#places.size <= KEPT) break;
      this.#places.delete(oldest);
    }
    return token;
  }
}

const extract = (cdr: Cdr): object => ({
  caller: cdr.caller,
  callee: cdr.callee,
  started_at: cdr.started_at,
  answered_at: cdr.answered_at,
  ended_at: cdr.ended_at,
  outbound_caller_id: cdr.outbound_caller_id,
  did_cid: cdr.did_cid,
  trunk: cdr.trunk,
  status_code: cdr.status_code,
});
