import { appError, type ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { errorFor, generalCode, isMissing, isRecord, isSuccess } from './answer-errors.ts';
import type { HttpAnswer, HttpPort } from './http.ts';
import { FLOWS, type Credentials } from './sign-in-flows.ts';
import { decodeTokens, SIGN_IN_FLOWS, tokenText, type SignInFlow, type Tokens } from './tokens.ts';
import type { Challenge } from './two-factor.ts';

export type { Credentials } from './sign-in-flows.ts';
export type { Tokens } from './tokens.ts';

/** The progress of a sign-in. */
export type SignInStep =
  | { step: 'done'; tokens: Tokens }
  /**
   * The password was right. A code is mailed when it is asked for (`sendCode`), and ends the sign-in (`verifyCode`).
   */
  | { step: 'code'; challenge: Challenge };

/**
 * Signs in through the newest API that the PBX has (see SIGN_IN_FLOWS). `lastFlow`: the API of the last sign-in at this
 * server (`Tokens.flow`), which is tried first. Another API is tried only if the PBX does not have the one before. A
 * refused password is never sent a second time, because five failures block this computer's address for an hour. After
 * a refusal the caller must forget `lastFlow`: after an upgrade of the PBX, only a newer API may be able to ask for a
 * code. Errors: `sign-in-refused`, `not-portsip` (has none of the APIs), those of the connection and of answers.
 */
export async function signIn(
  http: HttpPort,
  credentials: Credentials,
  clock: Clock,
  lastFlow: SignInFlow | null = null,
): Promise<Result<SignInStep>> {
  const flows = [...SIGN_IN_FLOWS].sort((a, b) => Number(b === lastFlow) - Number(a === lastFlow));
  const missing: string[] = [];
  for (const flow of flows) {
    const answer = await http.request(FLOWS[flow].signIn(credentials));
    if (!answer.ok) return answer;
    if (!isMissing(answer.value)) return judge(answer.value, flow, clock);
    missing.push(`${answer.value.requestLine}: answered ${answer.value.status}`);
  }
  return err(appError('not-portsip', { detail: missing.join('; ') }));
}

function judge(answer: HttpAnswer, flow: SignInFlow, clock: Clock): Result<SignInStep> {
  if (!isSuccess(answer)) return err(errorFor(refusalCode(answer.status), answer));
  const tokens = decodeTokens(answer, flow, clock.now());
  if (tokens) return ok({ step: 'done', tokens });
  const { body } = answer;
  const challenge = isRecord(body) && body['two_factor_enabled'] === true ? tokenText(body['token']) : '';
  return challenge === ''
    ? err(errorFor('bad-answer', answer, 'no token in it'))
    : ok({ step: 'code', challenge: { token: challenge } });
}

function refusalCode(status: number): ErrorCode {
  return [400, 401, 403, 404, 405].includes(status) ? 'sign-in-refused' : generalCode(status);
}

/**
 * Whether new tokens can be requested without the password. Not every PBX supports that, so it may still be refused.
 */
export const canRefresh = (tokens: Tokens): boolean => FLOWS[tokens.flow].refresh(tokens) !== null;

/**
 * Gets new tokens for old ones; the old refresh token is spent. `session-expired` when the PBX refuses,
 * any other error leaves the sign-in as it was.
 */
export async function refreshTokens(http: HttpPort, tokens: Tokens, clock: Clock): Promise<Result<Tokens>> {
  const request = FLOWS[tokens.flow].refresh(tokens);
  if (request === null) return err(appError('session-expired', { detail: 'the PBX gave nothing to refresh with' }));
  const answer = await http.request(request);
  if (!answer.ok) return answer;
  if (!isSuccess(answer.value)) {
    const code = generalCode(answer.value.status);
    return err(errorFor(code === 'pbx-refused' ? 'session-expired' : code, answer.value));
  }
  const fresh = decodeTokens(answer.value, tokens.flow, clock.now(), tokens.refreshToken);
  return fresh ? ok(fresh) : err(errorFor('bad-answer', answer.value, 'no token in it'));
}

/** Ends a sign-in at the PBX. One that is over already (401) counts as ended. */
export async function signOut(http: HttpPort, tokens: Tokens): Promise<Result<null>> {
  const answer = await http.request(FLOWS[tokens.flow].signOut(tokens.accessToken));
  if (!answer.ok) return answer;
  const { status } = answer.value;
  return isSuccess(answer.value) || status === 401 ? ok(null) : err(errorFor(generalCode(status), answer.value));
}
