import { appError, type ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { errorEntries, errorFor, generalCode, isRecord, isSuccess } from './answer-errors.ts';
import type { HttpAnswer, HttpPort } from './http.ts';
import { decodeTokens, tokenText, USUAL_LIFETIME_MS, type Tokens } from './tokens.ts';

/** A sign-in whose password was correct and that still needs the code. Secret: kept in memory only. */
export interface Challenge {
  token: string;
}

const MAX_CODE_LENGTH = 64;

/**
 * Makes the PBX send a code by e-mail; can be repeated (OpenAPI 22.2 POST /auth/send_otp).
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
 * Completes a sign-in with the code that the user typed (OpenAPI 22.2 POST /auth/verify_otp). Sent once, never
 * repeated. Errors: `two-factor-wrong` (another code may be tried), `two-factor-expired` (the password is needed
 * again), `rate-limited`, those of the connection.
 *
 * The answer to a correct code is not documented. If a successful answer has no tokens, the token in it, or else the
 * token of the challenge, is used as the access token, provided that GET /auth/user accepts it. Such a sign-in cannot
 * be refreshed.
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
 * No status or code is documented for a refusal. If the answer is about the sign-in rather than the code, or says that
 * something is gone, the sign-in has expired; any other refusal means that the code was wrong.
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
