import type { HistoryCall } from '../../shared/history.ts';
import { sameParty } from '../../shared/same-number.ts';

/** The start of a call in the history differs at most by this from its start in live sources, in ms. */
export const SAME_CALL_MS = 120_000;

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

/** Whether `record`, which was known only from the PBX's record, is now listed as `call` with the id of its session. */
export const isReported = (call: HistoryCall, record: HistoryCall): boolean =>
  isRecord(record) &&
  !isRecord(call) &&
  call.direction === record.direction &&
  Math.abs(call.at - record.at) <= SAME_CALL_MS &&
  isSameParty(call, record);
const isRecord = ({ id }: HistoryCall): boolean => id.startsWith('cdr:');

interface KeyedCall {
  key: string;
  call: HistoryCall;
}

/** Calls with the keys that they had before, also when the id of a call changes: what the user types at one stays there. */
export function withKeysOfCalls(before: readonly KeyedCall[], calls: readonly HistoryCall[]): KeyedCall[] {
  const keys = new Map(before.map(({ key, call }) => [call.id, key]));
  const gone = before.filter((one) => calls.every(({ id }) => id !== one.call.id));
  return calls.map((call) => {
    const known = keys.get(call.id);
    if (known !== undefined) return { key: known, call };
    const record = gone.findIndex((one) => isReported(call, one.call));
    return { key: gone.splice(record, record < 0 ? 0 : 1)[0]?.key ?? call.id, call };
  });
}

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

/** The index of the first row of calls at or after `start`, or at or before it if `step` is -1; null if there is none. */
export function rowOfCalls(rows: readonly HistoryRow[], start: number, step: 1 | -1): number | null {
  for (let index = start; index >= 0 && index < rows.length; index += step)
    if (rows[index]?.kind === 'calls') return index;
  return null;
}

/** The row to which a key moves the focus from the row at `index`, null if there is none; undefined for other keys. */
export function rowForKey(rows: readonly HistoryRow[], key: string, index: number, rowsInSight: number) {
  const page = Math.max(1, rowsInSight - 1);
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return rowOfCalls(rows, index + 1, 1);
    case 'ArrowUp':
      return rowOfCalls(rows, index - 1, -1);
    case 'PageDown':
      return rowOfCalls(rows, Math.min(index + page, last), 1) ?? rowOfCalls(rows, last, -1);
    case 'PageUp':
      return rowOfCalls(rows, Math.max(index - page, 0), -1) ?? rowOfCalls(rows, 0, 1);
    case 'Home':
      return rowOfCalls(rows, 0, 1);
    case 'End':
      return rowOfCalls(rows, last, -1);
    default:
      return undefined;
  }
}
