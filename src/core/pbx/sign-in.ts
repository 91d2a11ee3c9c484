import { appError, type ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { errorEntries, errorFor, generalCode, isRecord, isSuccess } from './answer-errors.ts';
import type { HttpAnswer, PbxHttp } from './http.ts';
import { decodeTokens, type Tokens } from './tokens.ts';

export type { Tokens } from './tokens.ts';

export interface Credentials {
  /** The user name, not the extension number. */
  username: string;
  /** The user password, not the SIP password. */
  password: string;
  /** The tenant's SIP domain; '' for a system administrator. */
  domain: string;
}

/** The public client of the OAuth password grant, the same for all (API page "Authentication"). */
const CLIENT_ID = '9d806019-75b2-4b3d-bb8b-f5a3a412cc0a';

/**
 * Signs in: POST /auth/sign_in (release 22.2.11 and later), and where a PBX does not have that,
 * the OAuth password grant. A refused password is sent once and never again, neither here nor to the other API:
 * five failures block this computer's address for an hour.
 * Errors: `sign-in-refused`, `two-factor-needed`, `not-portsip` (has neither API), those of the connection.
 */
export async function signIn(http: PbxHttp, credentials: Credentials, clock: Clock): Promise<Result<Tokens>> {
  const { username, password, domain } = credentials;
  const named = domain === '' ? {} : { domain };
  const answer = await http.request({
    method: 'POST',
    path: '/api/auth/sign_in',
    json: { username, password, ...named },
  });
  if (!answer.ok) return answer;
  if (!isMissing(answer.value)) return judge(answer.value, 'json', clock);

  const granted = await http.request({
    method: 'POST',
    path: '/api/login/oauth/token',
    form: { grant_type: 'password', username, password, ...named, scope: 'all', client_id: CLIENT_ID },
  });
  if (!granted.ok) return granted;
  return isMissing(granted.value) ? err(errorFor('not-portsip', granted.value)) : judge(granted.value, 'oauth', clock);
}

/** Does the PBX lack this API? A 404 that speaks of the sign-in itself is a refusal. */
const isMissing = ({ status, body }: HttpAnswer): boolean =>
  (status === 404 || status === 405) && !errorEntries(body).some(({ code }) => code === 'UNAUTHORIZED');

function judge(answer: HttpAnswer, flow: Tokens['flow'], clock: Clock): Result<Tokens> {
  if (!isSuccess(answer)) return err(errorFor(refusalCode(answer.status), answer));
  const tokens = decodeTokens(answer.body, flow, clock.now());
  if (tokens) return ok(tokens);
  const asksForCode = isRecord(answer.body) && answer.body['two_factor_enabled'] === true;
  return err(errorFor(asksForCode ? 'two-factor-needed' : 'bad-answer', answer));
}

function refusalCode(status: number): ErrorCode {
  return [400, 401, 403, 404, 405].includes(status) ? 'sign-in-refused' : generalCode(status);
}

/**
 * Gets new tokens for old ones; the old refresh token is spent. `session-expired` when the PBX refuses,
 * any other error leaves the sign-in as it was.
 */
export async function refreshTokens(http: PbxHttp, tokens: Tokens, clock: Clock): Promise<Result<Tokens>> {
  const { flow, refreshToken } = tokens;
  if (refreshToken === '') return err(appError('session-expired', { detail: 'the PBX gave nothing to refresh with' }));
  const answer = await http.request(
    flow === 'json'
      ? { method: 'POST', path: '/api/auth/refresh_token', json: { refresh_token: refreshToken } }
      : {
          method: 'POST',
          path: '/api/login/oauth/token',
          form: { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: CLIENT_ID },
        },
  );
  if (!answer.ok) return answer;
  if (!isSuccess(answer.value)) {
    const code = generalCode(answer.value.status);
    return err(errorFor(code === 'pbx-refused' ? 'session-expired' : code, answer.value));
  }
  const fresh = decodeTokens(answer.value.body, flow, clock.now(), refreshToken);
  return fresh ? ok(fresh) : err(errorFor('bad-answer', answer.value, 'no token in it'));
}

/** Ends a sign-in at the PBX. One that is over already (401) counts as ended. */
export async function signOut(http: PbxHttp, tokens: Tokens): Promise<Result<null>> {
  const path = tokens.flow === 'json' ? '/api/auth/sign_out' : '/api/login/oauth/revoke';
  const answer = await http.request({ method: 'POST', path, token: tokens.accessToken });
  if (!answer.ok) return answer;
  const { status } = answer.value;
  return isSuccess(answer.value) || status === 401 ? ok(null) : err(errorFor(generalCode(status), answer.value));
}
