import type { ErrorCode } from '../../src/shared/errors.ts';
import { REQUESTS, type Kind } from './requests.ts';
import type { Front, Reply } from './wire.ts';

/** `good`: the request succeeds despite the fault. */
export type Outcome = ErrorCode | 'good';

/** The outcome for most requests, and the exceptions. */
export type Expected = { most: Outcome } & { [K in Kind]?: Outcome };

export interface Fault {
  what: string;
  reply: Reply;
  front?: Front;
  /** No more data comes, so the clock must end the request. */
  endless?: boolean;
  expected: Expected;
}

/** The expected outcome of a fault for `kind`. */
export function expectedOf(kind: Kind, expected: Expected): Outcome {
  const like = REQUESTS[kind].like;
  return expected[kind] ?? (like === undefined ? undefined : expected[like]) ?? expected.most;
}
