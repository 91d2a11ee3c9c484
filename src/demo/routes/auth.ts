import type { Accounts } from '../accounts.ts';
import { Fields } from '../fields.ts';
import { jsonObject, notJson, ok, refuse } from '../http.ts';
import { DOMAIN } from '../office.ts';
import type { Route } from '../router.ts';
import type { Tokens } from '../tokens.ts';

interface AuthOptions {
  accounts: Accounts;
  tokens: Tokens;
  /** Sign-in answers with the first half of a two-factor sign-in. */
  twoFactor: boolean;
  capabilities: readonly string[];
}

/**
 * The JSON sign-in of 22.2.11 and later (OpenAPI 22.2 `/auth/*`). The documents give no status for a wrong
 * password here; 401 is used because the OAuth grant is documented to say 400, and a client must bear both.
 */
export const authRoutes = ({ accounts, tokens, twoFactor, capabilities }: AuthOptions): Route[] => [
  {
    method: 'POST',
    path: '/api/auth/sign_in',
    open: true,
    answer: (request) => {
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
      if (verdict === 'blocked') return refuse(403, 'UNKNOWN', 'This address is blocked: too many failed sign-ins');
      if (verdict === 'wrong') return refuse(401, 'UNAUTHORIZED', 'Login failed, authentication error');
      // The code by e-mail and /auth/verify_otp are not simulated: what the latter answers is not documented.
      return ok(twoFactor ? { two_factor_enabled: true, token: 'demo-two-factor' } : tokens.issue());
    },
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
      const fresh = tokens.refresh(token);
      return fresh === null ? refuse(401, 'UNKNOWN', 'The refresh token is unknown or was used before') : ok(fresh);
    },
  },
  {
    method: 'POST',
    path: '/api/auth/sign_out',
    answer: ({ token }) => {
      tokens.revoke(token);
      return ok();
    },
  },
  {
    method: 'GET',
    path: '/api/auth/user',
    answer: () =>
      ok({
        role: 'StandardUser',
        password_verified: true,
        password_force_reset: false,
        // From 22.3 on:
        domain: DOMAIN,
        role_id: '700551909773148165',
        role_name: 'StandardUser',
        capabilities,
      }),
  },
];
