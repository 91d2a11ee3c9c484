import type { HttpRequest } from './http.ts';
import type { SignInFlow, Tokens } from './tokens.ts';

export interface Credentials {
  /** The user name, not the extension number. */
  username: string;
  /** The user password, not the SIP password. */
  password: string;
  /** The tenant's SIP domain; '' for a system administrator. */
  domain: string;
}

interface FlowRequests {
  signIn(credentials: Credentials): HttpRequest;
  /** Null when there is nothing to refresh with. */
  refresh(tokens: Tokens): HttpRequest | null;
  signOut(accessToken: string): HttpRequest;
}

/** The public client of the OAuth password grant, the same for all (API page "Authentication"). */
const CLIENT_ID = '9d806019-75b2-4b3d-bb8b-f5a3a412cc0a';

const post = (path: string, more: Omit<HttpRequest, 'method' | 'path'>): HttpRequest => ({
  method: 'POST',
  path,
  ...more,
});

const fields = ({ username, password, domain }: Credentials) => ({
  username,
  password,
  ...(domain === '' ? {} : { domain }),
});

/** The requests of each API. */
export const FLOWS: Record<SignInFlow, FlowRequests> = {
  /** OpenAPI 22.2. */
  json: {
    signIn: (credentials) => post('/api/auth/sign_in', { json: fields(credentials) }),
    refresh: ({ refreshToken }) =>
      refreshToken === '' ? null : post('/api/auth/refresh_token', { json: { refresh_token: refreshToken } }),
    signOut: (token) => post('/api/auth/sign_out', { token }),
  },
  /** API page "Authentication" of 22.x. */
  oauth: {
    signIn: (credentials) =>
      post('/api/login/oauth/token', {
        form: { grant_type: 'password', ...fields(credentials), scope: 'all', client_id: CLIENT_ID },
      }),
    refresh: ({ refreshToken }) =>
      refreshToken === ''
        ? null
        : post('/api/login/oauth/token', {
            form: { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: CLIENT_ID },
          }),
    signOut: (token) => post('/api/login/oauth/revoke', { token }),
  },
  /**
   * Known from programs that use it and from the text of OpenAPI 16.1, which says that an access token is refreshed
   * before it expires and names no refresh token. So the request sends the access token itself, which is a guess.
   */
  v16: {
    signIn: (credentials) => post('/api/tokens', { json: fields(credentials) }),
    refresh: ({ accessToken, refreshToken }) =>
      post('/api/tokens/refresh', {
        token: accessToken,
        ...(refreshToken === '' ? {} : { json: { refresh_token: refreshToken } }),
      }),
    signOut: (token) => post('/api/tokens/destroy', { token }),
  },
};
