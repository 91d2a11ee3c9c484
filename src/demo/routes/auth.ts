import type { Accounts } from '../accounts.ts';
import { Fields } from '../fields.ts';
import { blocked, jsonObject, notJson, ok, refuse, type PbxAnswer, type PbxRequest } from '../http.ts';
import type { Route } from '../router.ts';
import type { Tokens } from '../tokens.ts';
import type { TwoFactor } from '../two-factor.ts';

interface AuthOptions {
  accounts: Accounts;
  tokens: Tokens;
  /** Null: the password is enough. */
  twoFactor: TwoFactor | null;
  /** The initial password was never changed. */
  mustChangePassword: boolean;
  capabilities: readonly string[];
}

/**
 * The JSON sign-in of 22.2.11 and later (OpenAPI 22.2 `/auth/*`). The documents give no status for a wrong
 * password here; 401 is used because the OAuth grant is documented to say 400, and a client must bear both.
 */
export const authRoutes = (options: AuthOptions): Route[] => [
  {
    method: 'POST',
    path: '/api/auth/sign_in',
    open: true,
    answer: (request) => signIn(request, options),
  },
  ...codeRoutes(options),
  {
    method: 'POST',
    path: '/api/auth/refresh_token',
    open: true,
    answer: (request) => {
      const body = jsonObject(request);
      if (body === null) return notJson();
      const fields = new Fields(body);
      const token = fields.text('refresh_token', { min: 1, max: 4096, required: true });
      if (fields.problems.length > 0) return refuse(400, 'VALIDATE_FAILED', 'No refresh token', fields.problems);
      const fresh = options.tokens.refresh(token);
      return fresh === null ? refuse(401, 'UNKNOWN', 'The refresh token is unknown or was used before') : ok(fresh);
    },
  },
  {
    method: 'POST',
    path: '/api/auth/sign_out',
    answer: ({ token }) => {
      options.tokens.revoke(token);
      return ok();
    },
  },
  {
    method: 'GET',
    path: '/api/auth/user',
    answer: (_request, _id, user) =>
      ok({
        role: user.role,
        password_verified: true,
        password_force_reset: options.mustChangePassword,
        // From 22.3 on:
        domain: user.domain,
        role_id: user.roleId,
        role_name: user.role,
        capabilities: user.domain === '' ? ['SystemTenant.FullAccess'] : options.capabilities,
      }),
  },
];

function signIn(request: PbxRequest, { accounts, tokens, twoFactor }: AuthOptions): PbxAnswer {
  const body = jsonObject(request);
  if (body === null) return notJson();
  const fields = new Fields(body);
  const username = fields.text('username', { min: 1, max: 64, required: true });
  const password = fields.text('password', { min: 1, max: 1024, required: true });
  const domain = fields.text('domain', { min: 1, max: 280 });
  if (fields.problems.length > 0) {
    return refuse(400, 'VALIDATE_FAILED', 'The sign-in is not complete', fields.problems);
  }
  const verdict = accounts.signIn(username, password, domain, request.address);
  if (verdict === 'blocked') return blocked();
  if (verdict === 'wrong') return refuse(401, 'UNAUTHORIZED', 'Login failed, authentication error');
  // Two-factor sign-in is a setting of the tenant; that of system administrators came with 22.6.
  return ok(
    twoFactor === null || verdict.domain === ''
      ? tokens.issue(verdict)
      : { two_factor_enabled: true, token: twoFactor.begin(verdict) },
  );
}

/**
 * The second half of a two-factor sign-in. Documented are only the bodies that are sent. That the right code
 * gets the token object is a guess, and so are the refusals: 401 where the session token is worth nothing
 * and the password has to be given again, 400 for a code that can be tried again.
 */
const codeRoutes = ({ tokens, twoFactor }: AuthOptions): Route[] => [
  {
    method: 'POST',
    path: '/api/auth/send_otp',
    open: true,
    answer: (request) => {
      const body = jsonObject(request);
      if (body === null) return notJson();
      const fields = new Fields(body);
      const token = fields.text('token', { min: 1, max: 4096, required: true });
      if (fields.problems.length > 0) return refuse(400, 'VALIDATE_FAILED', 'No token', fields.problems);
      return twoFactor?.send(token) === true ? ok() : tokenIsGone();
    },
  },
  {
    method: 'POST',
    path: '/api/auth/verify_otp',
    open: true,
    answer: (request) => {
      const body = jsonObject(request);
      if (body === null) return notJson();
      const fields = new Fields(body);
      const token = fields.text('token', { min: 1, max: 4096, required: true });
      const code = fields.text('code', { min: 1, max: 64, required: true });
      if (fields.problems.length > 0) return refuse(400, 'VALIDATE_FAILED', 'No token or code', fields.problems);
      const verdict = twoFactor?.verify(token, code) ?? 'gone';
      if (verdict === 'gone') return tokenIsGone();
      if (verdict === 'wrong') return refuse(400, 'VALIDATE_FAILED', 'The code is not right');
      return ok(tokens.issue(verdict));
    },
  },
];

const tokenIsGone = (): PbxAnswer => refuse(401, 'UNAUTHORIZED', 'The sign-in is over: begin with the password again');
