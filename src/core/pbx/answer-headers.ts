/** The headers of an answer that this program uses. */
export interface AnswerHeaders {
  /** How long the PBX asks clients to wait, in ms, at most a day; null when it does not say. */
  retryAfterMs: number | null;
  /** The PBX's clock, ms since 1970; null when it gave none. */
  date: number | null;
}

type RawHeaders = Record<string, string | string[] | undefined>;

const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** Reads Date and Retry-After (RFC 9110 10.2.3: seconds or an HTTP date); `now` in ms since 1970. */
export function readHeaders(headers: RawHeaders, now: number): AnswerHeaders {
  const date = readDate(first(headers['date']));
  return { date, retryAfterMs: readRetryAfter(first(headers['retry-after']), date ?? now) };
}

/** `now`: ms since 1970, on the PBX's clock if that is known, because a date in the header is on that clock. */
function readRetryAfter(text: string | null, now: number): number | null {
  if (text === null) return null;
  const until = readDate(text);
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : until === null ? null : until - now;
  return ms === null ? null : Math.min(Math.max(0, Math.round(ms)), MAX_RETRY_AFTER_MS);
}

function readDate(text: string | null): number | null {
  // Date.parse accepts even "5" as a date. Every form of an HTTP date begins with the name of a day.
  if (text === null || !/^[a-z]{3}/i.test(text)) return null;
  const time = Date.parse(text);
  return Number.isFinite(time) ? time : null;
}

function first(value: string | string[] | undefined): string | null {
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text.trim() === '' ? null : text.trim();
}
