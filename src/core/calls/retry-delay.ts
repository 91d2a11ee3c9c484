import type { AppError } from '../../shared/errors.ts';

const LONGEST_BACKOFF_MS = 60_000;
/** A PBX that asks for more gets this: a typing error in its settings must not switch the program off for a day. */
export const LONGEST_RETRY_AFTER_MS = 600_000;

/**
 * How long to wait after the nth failure in a row (n from 1), in ms: doubling from `baseMs` up to a minute, of which
 * chance takes off up to half so that the desks of an office do not come back all at once. A `baseMs` of
 * more than that is kept, give or take a tenth. `chance` is in [0, 1).
 */
export function backoffMs(baseMs: number, failures: number, chance: number): number {
  const doubled = Math.min(LONGEST_BACKOFF_MS, baseMs * 2 ** Math.min(failures, 16));
  const least = baseMs < LONGEST_BACKOFF_MS ? baseMs : baseMs * (0.9 + 0.2 * chance);
  return Math.max(least, doubled * (0.5 + chance / 2));
}

/** How long the PBX asked to be left alone, in ms, at most ten minutes; 0 when it did not ask. */
export function retryAfterMs(error: AppError): number {
  const asked = error.retryAfterMs ?? 0;
  return asked > 0 ? Math.min(asked, LONGEST_RETRY_AFTER_MS) : 0;
}

/** The error with what is really waited, and where that is less than was asked, a word about it for the log. */
export function withHonestWait(error: AppError): AppError {
  const asked = error.retryAfterMs ?? 0;
  if (!(asked > LONGEST_RETRY_AFTER_MS)) return error;
  const note = `asked to wait ${Math.round(asked / 1000)} s, waiting ${LONGEST_RETRY_AFTER_MS / 1000} s`;
  const detail = error.detail === undefined ? note : `${error.detail}; ${note}`;
  return { ...error, detail, retryAfterMs: LONGEST_RETRY_AFTER_MS };
}
