import type { Accounts } from '../../../src/demo/accounts.ts';
import { blocked, ok, refuse, type PbxAnswer, type PbxRequest } from '../../../src/demo/http.ts';
import type { Route } from '../../../src/demo/router.ts';
import type { Tokens } from '../../../src/demo/tokens.ts';

/** The fixed public client of the documents ("Authentication", PortSIP REST API). */
const CLIENT_ID = '9d806019-75b2-4b3d-bb8b-f5a3a412cc0a';
const FORM = 'application/x-www-form-urlencoded';

/**
 * The OAuth 2 password and refresh grants of every 22.x. A wrong password is 400 here, not 401, and a bad
 * refresh token has the code UNKNOWN: both are documented.
 */
export const oauthRoutes = (accounts: Accounts, tokens: Tokens): Route[] => [
  {
    method: 'POST',
    path: '/api/login/oauth/token',
    open: true,
    answer: (request) => {
      if (!request.contentType.startsWith(FORM)) return refuse(400, 'VALIDATE_FAILED', `Send the fields as ${FORM}`);
      const form = new URLSearchParams(request.body);
      if (form.get('client_id') !== CLIENT_ID) return refuse(400, 'VALIDATE_FAILED', 'Unknown client_id');
      const grant = form.get('grant_type');
      if (grant === 'password') return passwordGrant(form, request, accounts, tokens);
      if (grant !== 'refresh_token') return refuse(400, 'VALIDATE_FAILED', 'Unknown grant_type');
      const fresh = tokens.refresh(form.get('refresh_token') ?? '');
      return fresh === null ? refuse(400, 'UNKNOWN', 'The refresh token is unknown or was used before') : ok(fresh);
    },
  },
  {
    method: 'POST',
    path: '/api/login/oauth/revoke',
    answer: ({ token }) => {
      tokens.revoke(token);
      return ok();
    },
  },
];

function passwordGrant(form: URLSearchParams, request: PbxRequest, accounts: Accounts, tokens: Tokens): PbxAnswer {
  const field = (name: string): string => form.get(name) ?? '';
  if (field('scope') !== 'all') return refuse(400, 'VALIDATE_FAILED', 'scope must be all');
  if (field('username') === '' || field('password') === '') {
    return refuse(400, 'VALIDATE_FAILED', 'username and password are required');
  }
  const verdict = accounts.signIn(field('username'), field('password'), field('domain'), request.address);
  if (verdict === 'blocked') return blocked();
  return verdict === 'wrong'
    ? refuse(400, 'UNAUTHORIZED', 'Login failed, authentication error')
    : ok(tokens.issue(verdict));
}
