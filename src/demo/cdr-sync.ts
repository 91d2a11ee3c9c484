import type { Cdr, CallHistory } from './cdrs.ts';
import type { User } from './office.ts';
import { opaqueToken } from './tokens.ts';

/** Each diff creates a token. The oldest tokens are dropped, which the documents allow. */
const MAX_TOKENS = 1_000;

/** How far a client has read. */
interface SyncPosition {
  /** Calls before this time are left out, ms since 1970. */
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
 * calls since the token's date, and each later diff the new calls. A client that lost an answer can use its token again.
 */
export class CdrSync {
  readonly #history: CallHistory;
  readonly #positions = new Map<string, SyncPosition>();

  constructor(history: CallHistory) {
    this.#history = history;
  }

  /** `from` in ms since 1970. */
  begin(from: number): string {
    return this.#newToken({ from, lastId: '' });
  }

  /** Null for an unknown or dropped token. */
  diff(token: string, user: User): CdrDiff | null {
    const position = this.#positions.get(token);
    if (position === undefined) return null;
    const newCdrs = this.#history
      .of(user)
      .filter((cdr) => cdr.id > position.lastId && Date.parse(cdr.started_at) >= position.from)
      .toReversed();
    const lastId = newCdrs.at(-1)?.id ?? position.lastId;
    return {
      token: this.#newToken({ from: position.from, lastId }),
      items: newCdrs.map((cdr) => ({ id: cdr.id, change_type: 'CREATED', items: [extract(cdr)] })),
    };
  }

  forgetAll(): void {
    this.#positions.clear();
  }

  #newToken(position: SyncPosition): string {
    const token = opaqueToken();
    this.#positions.set(token, position);
    for (const [oldest] of this.#positions) {
      if (this.#positions.size <= MAX_TOKENS) break;
      this.#positions.delete(oldest);
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
