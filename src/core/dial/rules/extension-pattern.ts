/** True when all of `digits` match a pattern for extensions; N-M stands for N to M digits. */
export function matchesExtension(digits: string, pattern: string): boolean {
  const [, from, to] = /^([0-9]{1,2})-([0-9]{1,2})$/.exec(pattern) ?? [];
  try {
    return new RegExp(from === undefined ? `^(?:${pattern})$` : `^[0-9]{${from},${to ?? ''}}$`).test(digits);
  } catch {
    return false;
  }
}
