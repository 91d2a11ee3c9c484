import type { AppError } from '../../shared/errors.ts';

const MAX_BACKOFF_MS = 60_000;
/** Maximum wait for Retry-After: a typing error in the settings of the PBX must not stop the program for a day. */
export const MAX_RETRY_AFTER_MS = 600_000;

/**
 * Delay after the nth failure in a row (n from 1), in ms. It doubles from `baseMs` up to a minute, minus a random part
 * of up to half, so that the desks of an office do not all retry at once. A `baseMs` of more than a minute is kept,
 * plus or minus a tenth. `chance` is in [0, 1).
 */
export function backoffMs(baseMs: number, failures: number, chance: number): number {
  const doubled = Math.min(MAX_BACKOFF_MS, baseMs * 2 ** Math.min(failures, 16));
  const minDelay = baseMs < MAX_BACKOFF_MS ? baseMs : baseMs * (0.9 + 0.2 * chance);
  return Math.max(minDelay, doubled * (0.5 + chance / 2));
}

/** How long the PBX asked us to wait, in ms, at most ten minutes; 0 when it did not ask. */
export function retryAfterMs(error: AppError): number {
  const asked = error.retryAfterMs ?? 0;
  return asked > 0 ? Math.min(asked, MAX_RETRY_AFTER_MS) : 0;
}

/** Limits the error's Retry-After to the time that we really wait. A note about it goes to the log with the error. */
export function withClampedRetryAfter(error: AppError): AppError {
  const asked = error.retryAfterMs ?? 0;
  if (asked <= MAX_RETRY_AFTER_MS) return error;
  const note = `asked to wait ${Math.round(asked / 1000)} s, waiting ${MAX_RETRY_AFTER_MS / 1000} s`;
  const detail = error.detail === undefined ? note : `${error.detail}; ${note}`;
  return { ...error, detail, retryAfterMs: MAX_RETRY_AFTER_MS };
}
