import type { Call } from '../../shared/call.ts';

/** Mine first, then in the order in which they began: a change of state moves no row. */
export function liveRows(calls: readonly Call[]): Call[] {
  return calls.toSorted(
    (a, b) => Number(b.mine) - Number(a.mine) || a.startedAt - b.startedAt || compareText(a.id, b.id),
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
