import { historyMessages } from '../state/history-messages.ts';
import { messages } from '../state/messages.svelte.ts';

const HOUR_MS = 3_600_000;
/** The hours at which a reminder for the morning or the afternoon is due. */
const [MORNING, AFTERNOON] = [9, 14];
/** As Date.getDay() returns them. */
const [FRIDAY, SATURDAY] = [5, 6];

export interface ReminderTime {
  choice: 'hour' | 'afternoon' | 'tomorrow' | 'monday';
  /** ms since 1970. */
  at: number;
}

/** The times that are offered for a reminder. `now`: ms since 1970. */
export function reminderTimes(now: number): ReminderTime[] {
  const today = new Date(now);
  const inDays = (days: number, hour: number): number =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, hour).getTime();
  const times: ReminderTime[] = [{ choice: 'hour', at: now + HOUR_MS }];
  // From AFTERNOON - 1 on, the afternoon reminder would be due before the one "in an hour".
  if (today.getHours() < AFTERNOON - 1) times.push({ choice: 'afternoon', at: inDays(0, AFTERNOON) });
  times.push({ choice: 'tomorrow', at: inDays(1, MORNING) });
  if (today.getDay() === FRIDAY) times.push({ choice: 'monday', at: inDays(3, MORNING) });
  if (today.getDay() === SATURDAY) times.push({ choice: 'monday', at: inDays(2, MORNING) });
  return times;
}

/** When a reminder is or was due: "14:00", "Tomorrow, 09:00", "Mon, 09:00", "Yesterday". */
export function reminderWords(at: number, now: number): string {
  const { format } = messages();
  const date = new Date(at);
  const days = Math.round((date.setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / (24 * HOUR_MS));
  if (days <= 0) return format.when(at, now);
  const day = days === 1 ? historyMessages().tomorrow : format.weekday((date.getDay() + 6) % 7, 'short');
  return historyMessages().at(day, format.clockTime(at));
}
