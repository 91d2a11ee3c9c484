import { appError, type AppError, type ErrorCode } from '../../shared/errors.ts';
import { plainText } from '../../shared/plain-text.ts';
import type { HttpAnswer } from './http.ts';

/** The purpose of a request. It decides what a status means to the user. */
export type Operation =
  'list' | 'session' | 'dial' | 'hang-up' | 'user' | 'tenant' | 'voicemail' | 'history' | 'status' | 'sync' | 'diff';

const FORBIDDEN: Record<Operation, ErrorCode> = {
  list: 'list-forbidden',
  session: 'list-forbidden',
  dial: 'dial-forbidden',
  'hang-up': 'hang-up-forbidden',
  user: 'pbx-refused',
  tenant: 'pbx-refused',
  voicemail: 'pbx-refused',
  history: 'pbx-refused',
  status: 'status-forbidden',
  sync: 'history-forbidden',
  // Documented: the PBX may forget a token at any time (API "About", Sync tokens).
  diff: 'sync-token-unknown',
};

/** Reads that an account may lack the permission for, which a PBX may also say with a 401. */
export const OPTIONAL: ReadonlySet<Operation> = new Set(['tenant', 'voicemail', 'history', 'status', 'sync', 'diff']);

/** Operations whose paths older releases do not have. */
const BY_PATH: ReadonlySet<Operation> = new Set(['status', 'sync', 'diff']);

export const isSuccess = ({ status }: HttpAnswer): boolean => status >= 200 && status < 300;

/** Whether the PBX does not have this API. A 404 with the code UNAUTHORIZED is a refusal of the sign-in. */
export const isMissing = ({ status, body }: HttpAnswer): boolean =>
  (status === 404 || status === 405) && !errorEntries(body).some(({ code }) => code === 'UNAUTHORIZED');

/**
 * The error for an answer that is not a 2xx. `trunk`: the trunk that a call was to be placed over; '' if none was
 * chosen. Bodies are `{errors: [{code, message}]}` (API "About", Errors), and may be empty or missing.
 */
export function answerError(operation: Operation, answer: HttpAnswer, trunk = ''): AppError {
  const { status } = answer;
  if (status === 401 && !OPTIONAL.has(operation)) return errorFor('session-expired', answer);
  if (status === 401 || status === 403) return forbidden(operation, answer);
  // Older releases do not have the path, and for a diff the PBX may have forgotten the token in it.
  if ((status === 404 || status === 405) && BY_PATH.has(operation)) return errorFor(FORBIDDEN[operation], answer);
  if (status === 404 && (operation === 'session' || operation === 'hang-up')) return errorFor('not-found', answer);
  if (status !== 429 && operation === 'dial' && trunk !== '' && namesTrunk(answer)) {
    return errorFor('trunk-unavailable', answer);
  }
  // The gateway lost the PBX behind it, or the PBX failed while it handled the request: the phone may ring or not.
  if ((status === 504 || status === 502) && operation === 'dial') return errorFor('dial-unanswered', answer);
  if (status >= 500 && operation === 'dial') return errorFor('dial-failed', answer);
  return errorFor(generalCode(status), answer);
}

/** If the PBX does not let the user place a call, its answer says why in words for the user. */
function forbidden(operation: Operation, answer: HttpAnswer): AppError {
  const error = errorFor(FORBIDDEN[operation], answer);
  if (error.code !== 'dial-forbidden') return error;
  const reason = masked(errorEntries(answer.body)[0]?.message ?? '');
  return reason === '' ? error : { ...error, params: { reason } };
}

/** The code for a status that means the same for every request. */
export function generalCode(status: number): ErrorCode {
  if (status === 429) return 'rate-limited';
  if (status === 408) return 'timed-out';
  if (status >= 500) return 'pbx-failed';
  return status >= 400 ? 'pbx-refused' : 'bad-answer';
}

/** Builds an error whose detail says what was asked and what the PBX answered. */
export function errorFor(code: ErrorCode, answer: HttpAnswer, remark = ''): AppError {
  const { retryAfterMs } = answer.headers;
  const words = [`answered ${answer.status}`, remark, ...errorEntries(answer.body).map(quote)];
  return appError(code, {
    detail: `${answer.requestLine}: ${words.filter((word) => word !== '').join('; ')}`,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}

interface ErrorEntry {
  /** UPPER_SNAKE; '' when missing. Codes are added from release to release. */
  code: string;
  message: string;
}

/** The entries of an error body, at most five; none if the body is anything else. */
export function errorEntries(body: unknown): ErrorEntry[] {
  if (!isRecord(body) || !Array.isArray(body['errors'])) return [];
  return body['errors']
    .slice(0, 5)
    .filter(isRecord)
    .map(({ code, message }) => ({ code: textOf(code), message: textOf(message) }));
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const namesTrunk = ({ body }: HttpAnswer): boolean =>
  errorEntries(body).some(({ code, message }) => /trunk|provider/i.test(`${code} ${message}`));

/** The text of the PBX may repeat a phone number or a token, so digits and long runs of letters are masked. */
const quote = ({ code, message }: ErrorEntry): string => masked(`${code} ${message}`);

function masked(text: string): string {
  return plainText(text)
    .replaceAll(/[\w.~-]{25,}/g, '…')
    .replaceAll(/\d[\d\s().-]{2,}\d/g, '…')
    .trim();
}
