import type { SegmentOptions, Span } from './segments.ts';

/** A group of digits and its position. */
export interface Group extends Span {
  digits: string;
}

/** Shorter numbers are not assembled from groups. */
const MIN_WHOLE_DIGITS = 7;
/** Longer digits that no numbering plan knows are not phone numbers, but for example ISBNs or card numbers. */
const MAX_UNKNOWN_DIGITS = 12;
/** Numbers of the European services (116xxx) as they are written in two groups. */
const EUROPEAN_SERVICE = /^116(?:000|006|016|111|116|117|123)$/;

/**
 * Separates emergency numbers from other digits ("112 110", "911 1001"), because together they would call somebody
 * else. Returns the index of the first group of each number but the first; [] if the groups are one number; null if it
 * is not clear where each number ends.
 */
export function cutServices(groups: readonly Group[], options: SegmentOptions): number[] | null {
  const digits = groups.map((group) => group.digits).join('');
  const services = groups.flatMap((group, at) => (options.isEmergency(group.digits) ? [at] : []));
  if (services.length === 0 || options.isEmergency(digits) || options.isWholeAlone(digits)) return [];
  if (EUROPEAN_SERVICE.test(digits) && services[0] !== 0) return [];
  const isOwn = (group: Group): boolean => options.isEmergency(group.digits) || options.isExtension(group.digits);
  const firsts = new Set([0, ...services, ...services.map((at) => at + 1).filter((at) => at < groups.length)]);
  const runs = [...firsts].sort((a, b) => a - b).map((from, at, all) => groups.slice(from, all[at + 1]));
  const clear = runs.every((run) => run.every(isOwn) || options.isWholeAlone(joined(run)));
  if (!clear) {
    // In "36 15" and "0800 112 112", digits like an emergency number are part of another number.
    const ends = [groups[0], groups.at(-1)].filter((group) => group !== undefined && options.isEmergency(group.digits));
    const long = ends.some((group) => (group?.digits.length ?? 0) > 2);
    if (!long || (digits.startsWith('0') && services[0] !== 0)) return [];
  }
  const unclear = runs.filter((run) => !run.every(isOwn) && !options.isWholeAlone(joined(run)));
  if (
    unclear.some(
      (run) => (run.length > 1 && joined(run).length < MIN_WHOLE_DIGITS) || joined(run).length > MAX_UNKNOWN_DIGITS,
    )
  ) {
    return null;
  }
  return runs
    .flatMap((run) => (run.every(isOwn) ? run : run.slice(0, 1)))
    .map((group) => groups.indexOf(group))
    .slice(1);
}

const joined = (run: readonly Group[]): string => run.map((group) => group.digits).join('');
