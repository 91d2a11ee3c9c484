/** Returns `before` if `after` has the same values, so that an unchanged state stays the same object. */
export function keepIfSame<T extends object>(before: T, after: T): T {
  const keys = Object.keys(after) as (keyof T)[];
  const isSame = keys.length === Object.keys(before).length && keys.every((key) => before[key] === after[key]);
  return isSame ? before : after;
}
