import type { AppError } from './errors.ts';

/** The result of an operation that can fail. Errors are plain values, so they can be sent between processes. */
export type Result<T, E = AppError> = { ok: true; value: T } | { ok: false; error: E };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const err = <E>(error: E): { ok: false; error: E } => ({ ok: false, error });
