// Values of the PBX that cannot be true are treated as missing.

const CENTURY = { begins: Date.UTC(2000, 0), ends: Date.UTC(2100, 0) };
/** Talking times are 32-bit numbers of seconds. */
const MAX_TALK_S = 2 ** 32;

/** Returns null for a time outside this century, because servers write "never" as the year 1 or 1970. */
export function plausibleTime(ms: number | null): number | null {
  return ms !== null && ms > CENTURY.begins && ms < CENTURY.ends ? ms : null;
}

/** Returns null for a missing or impossible talking time. */
export function plausibleTalk(seconds: number | null): number | null {
  return seconds !== null && seconds >= 0 && seconds < MAX_TALK_S ? seconds : null;
}

/** Cuts a text that is too long. */
export function clip(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).toWellFormed();
}
