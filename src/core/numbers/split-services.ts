import type { SegmentOptions, Span } from './segments.ts';

/** Digits of a group, with where they stand. */
export interface Group extends Span {
  digits: string;
}

/** Numbers with fewer digits are dialled as they stand, and groups of them are not put together here. */
const WHOLE_NUMBER = 7;
/** Longer ones that no plan knows are books and cards. */
const LONGEST = 12;
/** Numbers of the European services (116xxx) as they are written in two groups. */
const EUROPEAN_SERVICE = /^116(?:000|006|016|111|116|117|123)$/;

/**
 * Where an emergency number stands apart from other digits ("112 110", "911 1001"), the groups that the numbers after
 * the first begin with; [] where the groups are one number; null when nobody can tell where one ends. Put together such
 * digits would be a call to somebody else, at the worst of times.
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
    // "36 15", "0800 112 112": in the middle, behind an area code or in pairs they are part of a number.
    const ends = [groups[0], groups.at(-1)].filter((group) => group !== undefined && options.isEmergency(group.digits));
    const long = ends.some((group) => (group?.digits.length ?? 0) > 2);
    if (!long || (digits.startsWith('0') && services[0] !== 0)) return [];
  }
  const unclear = runs.filter((run) => !run.every(isOwn) && !options.isWholeAlone(joined(run)));
  if (unclear.some((run) => (run.length > 1 && joined(run).length < WHOLE_NUMBER) || joined(run).length > LONGEST)) {
    return null;
  }
  return runs
    .flatMap((run) => (run.every(isOwn) ? run : run.slice(0, 1)))
    .map((group) => groups.indexOf(group))
    .slice(1);
}

const joined = (run: readonly Group[]): string => run.map((group) => group.digits).join('');
