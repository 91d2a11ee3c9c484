import type { HistoryCall } from '../../shared/history.ts';
import { sameParty } from '../../shared/same-number.ts';

/** A row of the history: the heading of a day, or one or more successive calls of the same kind with one number. */
export type HistoryRow =
  { kind: 'day'; key: string; at: number } | { kind: 'calls'; key: string; calls: readonly HistoryCall[] };

/** Adds older calls to the end of the rows. The first of them may belong to the last row. */
export function addRows(rows: readonly HistoryRow[], calls: readonly HistoryCall[]): HistoryRow[] {
  const all = [...rows];
  for (const call of calls) {
    const last = all.at(-1);
    const before = last?.kind === 'calls' ? last.calls.at(-1) : undefined;
    if (before === undefined || dayOf(before) !== dayOf(call)) {
      all.push({ kind: 'day', key: `day ${dayOf(call)}`, at: call.at });
    } else if (last?.kind === 'calls' && isRepeated(before, call)) {
      all[all.length - 1] = { ...last, calls: [...last.calls, call] };
      continue;
    }
    all.push({ kind: 'calls', key: call.id, calls: [call] });
  }
  return all;
}

/** The rows of a call-back list: one for each call, in the given order and without days. */
export const personRows = (calls: readonly HistoryCall[]): HistoryRow[] =>
  calls.map((call) => ({ kind: 'calls', key: call.id, calls: [call] }));

/**
 * The rows with the keys that their calls had before. A row that got another call stays the same element of the window,
 * which may have the focus.
 */
export function withKeysOf(before: readonly HistoryRow[], rows: readonly HistoryRow[]): HistoryRow[] {
  const known = new Map<string, string>();
  for (const row of before) if (row.kind === 'calls') for (const { id } of row.calls) known.set(id, row.key);
  const used = new Set<string>();
  return rows.map((row) => {
    if (row.kind === 'day') return row;
    const kept = row.calls.map(({ id }) => known.get(id)).find((key) => key !== undefined);
    const key = [kept ?? row.key, row.key, `${row.key} again`].find((one) => !used.has(one)) ?? row.key;
    used.add(key);
    return { ...row, key };
  });
}

const isRepeated = (a: HistoryCall, b: HistoryCall): boolean =>
  a.direction === b.direction && a.outcome === b.outcome && a.name === b.name && isSameParty(a, b);

/** A caller from outside who sent the number of an extension is not that colleague. */
export const isSameParty = (a: HistoryCall, b: HistoryCall): boolean =>
  a.external === b.external && sameParty(a.number, b.number);

const dayOf = ({ at }: HistoryCall): number => new Date(at).setHours(0, 0, 0, 0);

/** The height of each kind of row in px. The styles set the same heights. */
export const ROW_HEIGHT: Record<HistoryRow['kind'], number> = { day: 36, calls: 57 };

/** The top of each row in px. The last element is the height of all rows. */
export function topsOf(rows: readonly HistoryRow[]): number[] {
  const tops = [0];
  for (const { kind } of rows) tops.push((tops.at(-1) ?? 0) + ROW_HEIGHT[kind]);
  return tops;
}

/** The index of the row at the position `y`. */
export function rowAt(tops: readonly number[], y: number): number {
  let [low, high] = [0, tops.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
