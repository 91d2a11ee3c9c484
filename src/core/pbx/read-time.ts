const RFC_3339 = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/i;
/** The form that PBXs usually send. Date.parse reads it without help. */
const PLAIN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

/**
 * Reads a time of the PBX as ms since 1970: RFC 3339 (UTC when it names no zone), or Unix seconds as the push
 * interface gives them. Null for "", null, missing, anything else, and times up to 1970, which stand for "never".
 */
export function readTime(value: unknown): number | null {
  if (typeof value === 'number') return asTime(value * 1000);
  if (typeof value !== 'string') return null;
  if (PLAIN.test(value)) return asTime(Date.parse(value));
  const text = value.trim();
  if (/^\d{1,10}$/.test(text)) return asTime(Number(text) * 1000);
  const match = RFC_3339.exec(text);
  if (!match) return null;
  const [, date = '', clock = '', fraction = '', zone = 'Z'] = match;
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  return asTime(Date.parse(`${date}T${clock}${fraction.slice(0, 4)}${offset}`));
}

/** Date holds 8.64e15 ms on either side of 1970 (ECMA-262 21.4.1.1). */
const asTime = (ms: number): number | null => (ms >= 1 && ms <= 8.64e15 ? Math.floor(ms) : null);
