import { appError, type ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { errorEntries, errorFor, generalCode, isRecord, isSuccess } from './answer-errors.ts';
import type { HttpAnswer, HttpPort } from './http.ts';
import { decodeTokens, tokenText, USUAL_LIFETIME_MS, type Tokens } from './tokens.ts';

/** A sign-in whose password was right and whose code is still missing. Secret: kept in memory only. */
export interface Challenge {
  token: string;
}

const MAX_CODE_LENGTH = 64;

/**
 * Has the PBX mail a code, also once more (OpenAPI 22.2 POST /auth/send_otp).
 * Errors: `two-factor-expired`, `rate-limited`, those of the connection.
 */
export async function sendCode(http: HttpPort, { token }: Challenge): Promise<Result<null>> {
  const answer = await http.request({ method: 'POST', path: '/api/auth/send_otp', json: { token } });
  if (!answer.ok) return answer;
  if (isSuccess(answer.value)) return ok(null);
  const code = generalCode(answer.value.status);
  return err(errorFor(code === 'pbx-refused' ? 'two-factor-expired' : code, answer.value));
}

/**
 * Ends a sign-in with the code as it was typed (OpenAPI 22.2 POST /auth/verify_otp). Sent once, never repeated.
 * Errors: `two-factor-wrong` (another code may be tried), `two-factor-expired` (the password is needed again),
 * `rate-limited`, those of the connection.
 *
 * What a right code is answered with is not documented. Tokens are taken as tokens; a success without any is taken
 * to mean that the token of the challenge, or the one in the answer, is an access token from now on, if GET /auth/user
 * accepts it. Such a sign-in cannot be refreshed.
 */
export async function verifyCode(
  http: HttpPort,
  challenge: Challenge,
  code: string,
  clock: Clock,
): Promise<Result<Tokens>> {
  const typed = code.replaceAll(/[\s\p{Cf}-]/gu, '');
  if (typed === '' || typed.length > MAX_CODE_LENGTH || !typed.isWellFormed()) {
    return err(appError('two-factor-wrong', { detail: 'not a code; the PBX was not asked' }));
  }
  const json = { token: challenge.token, code: typed };
  const answer = await http.request({ method: 'POST', path: '/api/auth/verify_otp', json });
  if (!answer.ok) return answer;
  if (!isSuccess(answer.value)) return err(errorFor(refusalCode(answer.value), answer.value));
  const tokens = decodeTokens(answer.value, 'json', clock.now());
  return tokens ? ok(tokens) : confirmed(http, challenge, answer.value, clock);
}

async function confirmed(
  http: HttpPort,
  challenge: Challenge,
  verified: HttpAnswer,
  clock: Clock,
): Promise<Result<Tokens>> {
  const { body } = verified;
  const accessToken = (isRecord(body) ? tokenText(body['token']) : '') || challenge.token;
  const answer = await http.request({ method: 'GET', path: '/api/auth/user', token: accessToken });
  if (!answer.ok) return answer;
  if (!isSuccess(answer.value)) return err(errorFor('bad-answer', verified, 'no token in it'));
  return ok({ accessToken, refreshToken: '', expiresAt: clock.now() + USUAL_LIFETIME_MS, flow: 'json' });
}

/**
 * No status or code is documented for either refusal. An answer that speaks of the sign-in rather than of the code,
 * or says that it is gone, ends it; any other refusal is one of the code.
 */
function refusalCode(answer: HttpAnswer): ErrorCode {
  const code = generalCode(answer.status);
  if (code !== 'pbx-refused') return code;
  if ([401, 404, 405, 410].includes(answer.status)) return 'two-factor-expired';
  const words = errorEntries(answer.body).map((entry) => `${entry.code} ${entry.message}`.toLowerCase());
  const over = words.some((text) => /expir|session/.test(text) || (/token/.test(text) && !/code|otp/.test(text)));
  if (over) return 'two-factor-expired';
  return [400, 403, 406, 409, 422].includes(answer.status) ? 'two-factor-wrong' : 'pbx-refused';
}
