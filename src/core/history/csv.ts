import type { HistoryCall } from '../../shared/history.ts';

/** The column names are always English, because programs read them. */
export const CSV_HEAD =
  'started,answered,ended,direction,outcome,name,number,called,talk seconds,note,transferred by,transferred to\r\n';

/** One call as a line of CSV (RFC 4180). Times are in the format of RFC 3339. */
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

/** The latest time that a Date can hold, in ms. */
const MAX_TIME = 8.64e15;

const time = (ms: number): string => new Date(Math.min(Math.max(ms, 0), MAX_TIME)).toISOString();

/** A phone number may begin with a plus. */
const IS_NUMBER = /^[+-][0-9 ()./-]+$/;
/**
 * Where a spreadsheet would evaluate text as a formula. It may also divide cells at semicolons, tabs or new lines, and
 * read full-width signs as it does the others.
 */
const FORMULA = /(^|[;\t\r\n])(?=["\s]*[=@+\-＝＠＋－])|^(?=[\t\r])/g;

/** Callers choose their own names, so a formula in a name is disarmed with an apostrophe. */
function field(text: string): string {
  const safe = IS_NUMBER.test(text) ? text : text.replace(FORMULA, "$1'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
