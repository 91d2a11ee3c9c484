import type { HistoryCall } from '../../shared/history.ts';

/** The column names are always English, because programs read them. */
export const CSV_HEAD =
  'started,answered,ended,direction,outcome,name,number,called,talk seconds,note,transferred by,transferred to\r\n';

/** One call as RFC 4180 writes it; times in RFC 3339. */
export function csvLine(call: HistoryCall): string {
  const fields = [
    time(call.at),
    call.answeredAt === null ? '' : time(call.answeredAt),
    time(call.endedAt),
    call.direction,
    call.outcome,
    call.name,
    call.number,
    call.called,
    call.seconds === null ? '' : String(call.seconds),
    call.note ?? '',
    call.passedBy ?? '',
    call.passedTo ?? '',
  ];
  return `${fields.map(field).join(',')}\r\n`;
}

const time = (ms: number): string => new Date(Math.min(Math.max(ms, 0), 8.64e15)).toISOString();

/**
 * Spreadsheets evaluate text that begins like a formula, and callers choose their own names. A number keeps its plus.
 */
function field(text: string): string {
  const safe = /^[=@\t\r]|^[+-](?![0-9 ()./-]+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
