import { ok, type Result } from '../../shared/result.ts';
import type { HttpPort } from '../pbx/http.ts';
import type { PushAccess, PushCredentials } from '../pbx/push/types.ts';

type Kind = PushCredentials['by'];

/** Which kinds of credentials this server has accepted or refused for push. Saved with the account. */
export interface PushMemory {
  accepted: Kind | null;
  refused: Kind[];
}

export const NOTHING_TRIED: PushMemory = { accepted: null, refused: [] };

export interface PushAccessOptions {
  server: HttpPort['server'];
  username: string;
  domain: string;
  /** The user's password; null if it is not known, for example after a restart. */
  password: () => string | null;
  accessToken: () => Promise<Result<string>>;
  /** Whether to offer the access token, although no document says that a PBX accepts it. */
  mayTryToken: () => boolean;
  memory: PushMemory;
  onMemory: (memory: PushMemory) => void;
}

/**
 * Offers the credentials for push. Only the password is documented (KB "WebSocket pub/sub"). An error text suggests
 * that a PBX accepts an access token as well. But a refusal may count as a failed sign-in, and after five of them a PBX
 * blocks the address of the whole office. So the token is offered only if this server has accepted one before, or if
 * `mayTryToken` allows it. A refused credential is not offered again until the user signs in.
 */
export function openPushAccess(options: PushAccessOptions): PushAccess {
  const { server, username, domain, onMemory } = options;
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
    server,
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
