import { ok, type Result } from '../../shared/result.ts';
import type { HttpPort } from '../pbx/http.ts';
import type { PushAccess, PushCredentials } from '../pbx/push/types.ts';

type Kind = PushCredentials['by'];

/** What this server said to the ways of signing in for push; remembered with the account. */
export interface PushMemory {
  accepted: Kind | null;
  refused: Kind[];
}

export const NOTHING_TRIED: PushMemory = { accepted: null, refused: [] };

export interface PushAccessOptions {
  way: HttpPort['way'];
  username: string;
  domain: string;
  /** The user's password, while it is known; null after a restart where it was not kept. */
  password: () => string | null;
  accessToken: () => Promise<Result<string>>;
  /** Offer the access token although nothing documents that a PBX takes it. */
  mayTryToken: () => boolean;
  memory: PushMemory;
  onMemory: (memory: PushMemory) => void;
}

/**
 * The password is the one way that is documented (KB "WebSocket pub/sub"). That an access token is taken is a guess
 * from an error text, and a refusal may count as a failed sign-in, five of which make a PBX block a whole office's
 * address: a token is only offered where this server is known to take it, or where somebody has allowed the try. What
 * was refused is not offered again before the next sign-in by hand.
 */
export function openPushAccess(options: PushAccessOptions): PushAccess {
  const { way, username, domain, onMemory } = options;
  let memory = options.memory;
  const remember = (next: PushMemory): void => {
    if (next.accepted === memory.accepted && next.refused.join() === memory.refused.join()) return;
    memory = next;
    onMemory(next);
  };
  const passwordToTry = (): string | null => (memory.refused.includes('password') ? null : options.password());
  const mayOfferToken = (): boolean =>
    !memory.refused.includes('token') && (memory.accepted === 'token' || options.mayTryToken());
  return {
    way,
    get password() {
      return passwordToTry();
    },
    get possible() {
      return passwordToTry() !== null || mayOfferToken();
    },
    credentials: async () => {
      const offered: PushCredentials[] = [];
      const password = passwordToTry();
      if (password !== null) offered.push({ by: 'password', username, password, domain });
      if (mayOfferToken()) {
        const token = await options.accessToken();
        if (token.ok) offered.push({ by: 'token', accessToken: token.value });
        else if (offered.length === 0) return token;
      }
      return ok(offered);
    },
    accepted: (by) => remember({ accepted: by, refused: memory.refused.filter((kind) => kind !== by) }),
    refused: (by) =>
      remember({
        accepted: memory.accepted === by ? null : memory.accepted,
        refused: [...memory.refused.filter((kind) => kind !== by), by],
      }),
  };
}
