import type { Settings } from '../../shared/settings.ts';
import { WEEKDAYS } from '../../shared/weekdays.ts';

export type QuietHours = Settings['notifications']['quiet'];

const DAYS_PER_WEEK = 7;

/** When the current quiet hours end (ms since 1970); null outside quiet hours. */
export function quietUntil(quiet: QuietHours, now: number): number | null {
  const periods = currentPeriods(quiet, now);
  return periods.length === 0 ? null : Math.max(...periods.map(({ end }) => end));
}

/** When the current quiet hours began (ms since 1970); null outside quiet hours. */
export function quietSince(quiet: QuietHours, now: number): number | null {
  const periods = currentPeriods(quiet, now);
  return periods.length === 0 ? null : Math.min(...periods.map(({ begin }) => begin));
}

/**
 * The periods that contain `now`: usually none or one. There are two when the clocks change and yesterday's period ends
 * after today's begins.
 */
function currentPeriods(quiet: QuietHours, now: number): Period[] {
  return [-1, 0]
    .flatMap((day) => periodOf(quiet, now, day) ?? [])
    .filter(({ begin, end }) => begin <= now && now < end);
}

/** When quiet hours begin or end next (ms since 1970); null if they never do. */
export function nextQuietChange(quiet: QuietHours, now: number): number | null {
  for (let day = -1; day <= DAYS_PER_WEEK; day += 1) {
    const period = periodOf(quiet, now, day);
    if (period === null) continue;
    if (period.begin > now) return period.begin;
    if (period.end > now) return period.end;
  }
  return null;
}

/** Both in ms since 1970. */
interface Period {
  begin: number;
  end: number;
}

/**
 * The quiet hours that begin `day` days after the day of `now`; null if there are none. Equal times mean the whole 24
 * hours. Adjoining periods are not merged.
 */
function periodOf({ on, from, until, days }: QuietHours, now: number, day: number): Period | null {
  const begin = localTime(now, day, from);
  // WEEKDAYS begins with Monday, and getDay() returns 0 for Sunday.
  const weekday = WEEKDAYS[(begin.getDay() + 6) % DAYS_PER_WEEK];
  if (!on || weekday === undefined || !days.includes(weekday)) return null;
  const lastDay = until > from ? day : day + 1;
  return { begin: begin.getTime(), end: localTime(now, lastDay, until).getTime() };
}

/** `time`, such as "18:30", in local time, `day` days after the day of `now`. */
function localTime(now: number, day: number, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + day, hours, minutes);
}
