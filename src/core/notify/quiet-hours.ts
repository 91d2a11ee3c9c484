import type { Settings } from '../../shared/settings.ts';
import { WEEKDAYS } from '../../shared/weekdays.ts';

export type QuietHours = Settings['notifications']['quiet'];

/** Within so many days every weekday occurs. */
const WEEK = 7;

/**
 * The end of the quiet hours in effect at `now`, in ms since 1970; null if there are none. In local time, also on days
 * with a change of the clock.
 */
export function quietUntil(quiet: QuietHours, now: number): number | null {
  // Yesterday's may last past midnight. If two periods overlap, the later end counts.
  const ends = [-1, 0].map((day) => periodOf(quiet, now, day)).filter((period) => isIn(period, now));
  return ends.length === 0 ? null : Math.max(...ends.map((period) => period?.end ?? now));
}

/** When the quiet hours in effect at `now` began, in ms since 1970; null if there are none. */
export function quietSince(quiet: QuietHours, now: number): number | null {
  const begins = [-1, 0].flatMap((day) => {
    const period = periodOf(quiet, now, day);
    return period !== null && isIn(period, now) ? [period.begin] : [];
  });
  return begins.length === 0 ? null : Math.min(...begins);
}

/** When the result of `quietUntil` changes next, in ms since 1970; null if it never does. */
export function nextQuietChange(quiet: QuietHours, now: number): number | null {
  for (let day = -1; day <= WEEK; day += 1) {
    const period = periodOf(quiet, now, day);
    if (period === null) continue;
    if (period.begin > now) return period.begin;
    if (period.end > now) return period.end;
  }
  return null;
}

interface Period {
  begin: number;
  end: number;
}

const isIn = (period: Period | null, now: number): boolean =>
  period !== null && period.begin <= now && now < period.end;

/** The quiet hours that begin `day` days after the day of `now`; null if there are none. */
function periodOf({ on, from, until, days }: QuietHours, now: number, day: number): Period | null {
  const begin = at(now, day, from);
  // Sunday is 0 for Date.
  const weekday = WEEKDAYS[(begin.getDay() + 6) % 7];
  if (!on || weekday === undefined || !days.includes(weekday)) return null;
  return { begin: begin.getTime(), end: at(now, until > from ? day : day + 1, until).getTime() };
}

function at(now: number, day: number, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + day, hours, minutes);
}
