import type { EndReason, PlacedCall } from '../../shared/dial.ts';
import type { ErrorCode } from '../../shared/errors.ts';

const FAILURES: ReadonlySet<EndReason> = new Set(['failed', 'refused', 'unanswered-request', 'lost']);
/** The PBX will not place it the next time, either. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['dial-forbidden', 'pbx-refused']);

/** It failed: what happened stays in sight until the user has read it. */
export const needsReading = ({ end, error }: PlacedCall): boolean =>
  error !== null || (end !== null && FAILURES.has(end.reason));

/** The sentence for the end is that of the error; see endWords. */
export const endsWithError = ({ end, error }: PlacedCall): boolean =>
  error !== null && (end?.reason === 'refused' || end?.reason === 'unanswered-request');

/** To call again could help. */
export const canBeCalledAgain = ({ error }: PlacedCall): boolean => error === null || !FINAL.has(error.code);
