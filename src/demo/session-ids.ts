import type { Random } from './random.ts';

/**
 * Session ids like those of live systems: 18 digits. That is beyond 2^53, and the ids of consecutive calls are so close
 * that a client which reads them as JavaScript numbers confuses calls.
 */
export function sessionIds(startedAt: number, random: Random): () => string {
  // 400,000 ids per millisecond keep the count at 18 digits until the year 2049.
  let last = BigInt(startedAt) * 400_000n;
  return () => {
    last += BigInt(random.between(1, 30));
    return last.toString();
  };
}
