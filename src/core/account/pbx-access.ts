import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { createPbx } from '../pbx/client.ts';
import { createDirectory, type PbxDirectory } from '../pbx/directory.ts';
import type { HttpPort } from '../pbx/http.ts';
import type { PushAccess } from '../pbx/push/types.ts';
import { signIn, signOut, type Tokens } from '../pbx/sign-in.ts';
import { TokenKeeper } from '../pbx/token-keeper.ts';
import type { Pbx } from '../pbx/types.ts';
import { openPushAccess, type PushAccessOptions } from './push-access.ts';

/** What a sign-in gives: requests to one PBX and its push, with tokens that are kept fresh. */
export interface PbxAccess {
  readonly pbx: Pbx;
  readonly directory: PbxDirectory;
  readonly push: PushAccess;
  /** The computer woke up or the network changed: idle connections may be dead, and the next request gets a new one. */
  dropIdle(): void;
  /** Revokes the tokens at the PBX if it can be reached, and closes. Never fails. */
  signOut(): Promise<void>;
  /**
   * Closes without signing out. Waits for a refresh that is under way and reports its tokens, because it makes the old
   * ones invalid.
   */
  leave(): Promise<void>;
  /** Closes at once: nothing more is sent, and no more tokens are reported. */
  close(): Promise<void>;
}

export interface PbxAccessOptions {
  http: HttpPort;
  tokens: Tokens;
  clock: Clock;
  push: Omit<PushAccessOptions, 'server' | 'accessToken'>;
  /** The PBX gave new tokens: the old ones are invalid. */
  onTokens: (tokens: Tokens) => void;
  /** See AccountOptions. */
  onUnpaced: () => void;
  /** The PBX ended the sign-in; called once. */
  onLost: (error: AppError) => void;
}

export function openPbxAccess({ http, tokens, clock, push, onTokens, onUnpaced, onLost }: PbxAccessOptions): PbxAccess {
  const keeper = new TokenKeeper({
    http,
    tokens,
    clock,
    onTokens,
    onUnpaced,
    signInAgain: () => signInAgain(),
    onLost,
  });
  const access = openPushAccess({ ...push, server: http.server, accessToken: () => keeper.accessToken() });
  const signInAgain = async (): Promise<Result<Tokens> | null> => {
    const { password } = access;
    if (password === null) return null;
    const { username, domain } = push;
    const step = await signIn(http, { username, domain, password }, clock, tokens.flow);
    if (!step.ok) {
      // This password is never sent again, neither here nor for push.
      if (step.error.code === 'sign-in-refused') access.refused('password');
      return step;
    }
    return step.value.step === 'done' ? ok(step.value.tokens) : null;
  };
  return {
    pbx: createPbx({ http, keeper }),
    directory: createDirectory({ http, keeper }),
    push: access,
    dropIdle: () => http.dropIdle(),
    signOut: async () => {
      await signOut(http, keeper.end());
      await http.close();
    },
    leave: async () => {
      await keeper.endAfterRefresh();
      await http.close();
    },
    close: async () => {
      keeper.end();
      await http.close();
    },
  };
}
