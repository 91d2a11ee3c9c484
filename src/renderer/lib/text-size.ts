/** The text sizes that can be chosen in the settings and with the keyboard, in percent. */
export const SIZES = [80, 90, 100, 110, 125, 150, 175, 200];
const NORMAL = 100;

/** The new size when Ctrl and this key are pressed; null for other keys. */
export function textSizeFor(key: string, now: number): number | null {
  if (key === '0') return NORMAL;
  if (key === '+' || key === '=') return SIZES.find((size) => size > now) ?? now;
  return key === '-' ? (SIZES.findLast((size) => size < now) ?? now) : null;
}
