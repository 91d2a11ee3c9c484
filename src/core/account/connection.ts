import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { createPbx } from '../pbx/client.ts';
import type { HttpPort } from '../pbx/http.ts';
import type { PushAccess } from '../pbx/push/types.ts';
import { signIn, signOut, type Tokens } from '../pbx/sign-in.ts';
import { TokenKeeper } from '../pbx/token-keeper.ts';
import type { Pbx } from '../pbx/types.ts';
import { openPushAccess, type PushAccessOptions } from './push-access.ts';

/** A signed-in way to one PBX. */
export interface Connection {
  readonly pbx: Pbx;
  readonly push: PushAccess;
  /** Gives the tokens back to the PBX, as far as it can be reached, and closes. Never fails. */
  signOut(): Promise<void>;
  /**
   * Closes, and tells of the tokens of a refresh that is under way before it does: by that the old ones are spent.
   * For whoever means to come back.
   */
  leave(): Promise<void>;
  /** Closes at once: not one more byte is sent, and no more tokens are told. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  http: HttpPort;
  tokens: Tokens;
  clock: Clock;
  push: Omit<PushAccessOptions, 'way' | 'accessToken'>;
  /** The PBX gave new tokens: the old ones are worth nothing any more. */
  onTokens: (tokens: Tokens) => void;
  /** See AccountOptions. */
  onUnpaced: () => void;
  /** The PBX ended the sign-in; told once. */
  onLost: (error: AppError) => void;
}

export function openConnection({
  http,
  tokens,
  clock,
  push,
  onTokens,
  onUnpaced,
  onLost,
}: ConnectionOptions): Connection {
  const keeper = new TokenKeeper({
    http,
    tokens,
    clock,
    onTokens,
    onUnpaced,
    signInAgain: () => signInAgain(),
    onLost,
  });
  const access = openPushAccess({ ...push, way: http.way, accessToken: () => keeper.accessToken() });
  const signInAgain = async (): Promise<Result<Tokens> | null> => {
    const { password } = access;
    if (password === null) return null;
    const { username, domain } = push;
    const step = await signIn(http, { username, domain, password }, clock, tokens.flow);
    if (!step.ok) {
      // Neither here nor for push is it sent once more.
      if (step.error.code === 'sign-in-refused') access.refused('password');
      return step;
    }
    return step.value.step === 'done' ? ok(step.value.tokens) : null;
  };
  return {
    pbx: createPbx({ http, keeper }),
    push: access,
    signOut: async () => {
      await signOut(http, keeper.end());
      await http.close();
    },
    leave: async () => {
      await keeper.part();
      await http.close();
    },
    close: async () => {
      keeper.end();
      await http.close();
    },
  };
}
