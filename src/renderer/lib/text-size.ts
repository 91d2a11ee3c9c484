/** The sizes that the settings offer and the keys step through, in percent. */
export const SIZES = [80, 90, 100, 110, 125, 150, 175, 200];
const NORMAL = 100;

/** The size that Ctrl with this key asks for; null when it asks for none. */
export function textSizeFor(key: string, now: number): number | null {
  if (key === '0') return NORMAL;
  if (key === '+' || key === '=') return SIZES.find((size) => size > now) ?? now;
  return key === '-' ? (SIZES.findLast((size) => size < now) ?? now) : null;
}
