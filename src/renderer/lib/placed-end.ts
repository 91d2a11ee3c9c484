import type { EndReason, PlacedCall } from '../../shared/dial.ts';
import type { ErrorCode } from '../../shared/errors.ts';

const FAILURES: ReadonlySet<EndReason> = new Set(['failed', 'refused', 'unanswered-request', 'lost']);
/** Errors after which another attempt would fail, too. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['dial-forbidden', 'pbx-refused']);

/** True for a call that failed. Its card stays until the user dismisses it. */
export const needsReading = ({ end, error }: PlacedCall): boolean =>
  error !== null || (end !== null && FAILURES.has(end.reason));

/** True if `endWords` describes the end with the sentence of the error. */
export const endsWithError = ({ end, error }: PlacedCall): boolean =>
  error !== null && (end?.reason === 'refused' || end?.reason === 'unanswered-request');

/** True if another attempt could succeed. */
export const canBeCalledAgain = ({ error }: PlacedCall): boolean => error === null || !FINAL.has(error.code);
