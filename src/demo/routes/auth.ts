import type { Accounts } from '../accounts.ts';
import { Fields } from '../fields.ts';
import { blocked, jsonObject, notJson, ok, refuse, type PbxAnswer, type PbxRequest } from '../http.ts';
import type { User } from '../office.ts';
import type { Route } from '../router.ts';
import type { Tokens } from '../tokens.ts';

export interface AuthOptions {
  accounts: Accounts;
  tokens: Tokens;
  capabilities: readonly string[];
  /** Makes the answer to a correct password. When absent, the answer has the tokens. */
  answerAfterPassword?: (user: User) => PbxAnswer;
  /** The user still has the initial password and must change it. */
  mustChangePassword?: boolean;
}

/**
 * The JSON sign-in of 22.2.11 and later (OpenAPI 22.2 `/auth/*`). No status is documented for a wrong password here. The
 * demo answers 401, unlike the documented 400 of the OAuth grant, so that clients are tested with both.
 */
export const authRoutes = (options: AuthOptions): Route[] => [
  {
    method: 'POST',
    path: '/api/auth/sign_in',
    open: true,
    answer: (request) => signIn(request, options),
  },
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
        password_force_reset: options.mustChangePassword ?? false,
        // Only in 22.3 and later:
        domain: user.domain,
        role_id: user.roleId,
        role_name: user.role,
        capabilities: user.domain === '' ? ['SystemTenant.FullAccess'] : options.capabilities,
      }),
  },
];

function signIn(request: PbxRequest, { accounts, tokens, answerAfterPassword }: AuthOptions): PbxAnswer {
  const body = jsonObject(request);
  if (body === null) return notJson();
  const fields = new Fields(body);
  const username = fields.text('username', { min: 1, max: 64, required: true });
  const password = fields.text('password', { min: 1, max: 1024, required: true });
  const domain = fields.text('domain', { min: 1, max: 280 });
  if (fields.problems.length > 0) {
    return refuse(400, 'VALIDATE_FAILED', 'The sign-in is not complete', fields.problems);
  }
  const result = accounts.signIn(username, password, domain, request.address);
  if (result === 'blocked') return blocked();
  if (result === 'wrong') return refuse(401, 'UNAUTHORIZED', 'Login failed, authentication error');
  return answerAfterPassword?.(result) ?? ok(tokens.issue(result));
}
