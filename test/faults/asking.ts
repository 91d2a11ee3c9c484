import { createPbx } from '../../src/core/pbx/client.ts';
import { PbxHttp } from '../../src/core/pbx/http.ts';
import { PushClient } from '../../src/core/pbx/push/push-client.ts';
import { TokenKeeper } from '../../src/core/pbx/token-keeper.ts';
import type { SignInFlow, Tokens } from '../../src/core/pbx/tokens.ts';
import type { Pbx } from '../../src/core/pbx/types.ts';
import { err, ok, type Result } from '../../src/shared/result.ts';
import type { ManualClock } from '../support/manual-clock.ts';

/** The server and the clock for requests. */
export interface Target {
  origin: string;
  fingerprint: string;
  clock: ManualClock;
}

/** A port on which nothing listens. */
const NOWHERE = 1;

export const oldTokens = ({ clock }: Target, flow: SignInFlow = 'json'): Tokens => ({
  accessToken: 'old',
  refreshToken: 'old-too',
  expiresAt: clock.now() + 3_600_000,
  flow,
});

export async function withHttp<T>(target: Target, use: (http: PbxHttp) => Promise<T>): Promise<T> {
  const { origin, fingerprint, clock } = target;
  const http = new PbxHttp({ origin, trust: { fingerprint }, clock });
  try {
    return await use(http);
  } finally {
    await http.close();
  }
}

export const withPbx = <T>(target: Target, use: (pbx: Pbx) => Promise<T>): Promise<T> =>
  withHttp(target, (http) => {
    const silent = { onTokens: () => {}, onLost: () => {} };
    const keeper = new TokenKeeper({ http, tokens: oldTokens(target), clock: target.clock, ...silent });
    return use(createPbx({ http, keeper }));
  });

/** Makes one attempt to connect to push, and stops. */
export function listen({ origin, fingerprint, clock }: Target): Promise<Result<null>> {
  const { promise, resolve } = Promise.withResolvers<Result<null>>();
  const client = new PushClient({
    host: '127.0.0.1',
    port: Number(new URL(origin).port),
    oldPort: NOWHERE,
    trust: { fingerprint },
    clock,
    credentials: () => Promise.resolve(ok([{ by: 'token', accessToken: 'old' }])),
    extension: () => '1001',
    wantCdr: true,
    onEvent: () => {},
    onState: (state) => {
      if (state.status === 'listening') resolve(ok(null));
      else if ('error' in state) resolve(err(state.error));
    },
  });
  client.start();
  return promise.finally(() => client.stop());
}
