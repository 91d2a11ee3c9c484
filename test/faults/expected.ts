import type { ErrorCode } from '../../src/shared/errors.ts';
import { REQUESTS, type Kind } from './requests.ts';
import type { Front, Strike } from './wire.ts';

/** `good`: the request succeeds all the same. */
export type Outcome = ErrorCode | 'good';

/** What most requests make of a fault, and which make something else of it. */
export type Expected = { most: Outcome } & { [K in Kind]?: Outcome };

export interface Fault {
  what: string;
  strike: Strike;
  front?: Front;
  /** Nothing comes any more, so the clock has to end it. */
  endless?: boolean;
  expected: Expected;
}

/** What `kind` is expected to make of a fault. */
export function expectedOf(kind: Kind, expected: Expected): Outcome {
  const like = REQUESTS[kind].like;
  return expected[kind] ?? (like === undefined ? undefined : expected[like]) ?? expected.most;
}
