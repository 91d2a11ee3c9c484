import { historyMessages } from '../state/history-messages.ts';
import { messages } from '../state/messages.svelte.ts';

const HOUR_MS = 3_600_000;
/** Hours of the day. The afternoon is offered until an hour before it. */
const [MORNING, AFTERNOON] = [9, 14];
const [FRIDAY, SATURDAY] = [5, 6];

interface ReminderTime {
  when: 'hour' | 'afternoon' | 'tomorrow' | 'monday';
  /** ms since 1970. */
  at: number;
}

/** The times that are offered for a reminder. `now`: ms since 1970. */
export function reminderTimes(now: number): ReminderTime[] {
  const today = new Date(now);
  const on = (days: number, hour: number): number =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, hour).getTime();
  const weekday = today.getDay();
  return [
    { when: 'hour', at: now + HOUR_MS },
    ...(today.getHours() < AFTERNOON - 1 ? [{ when: 'afternoon' as const, at: on(0, AFTERNOON) }] : []),
    { when: 'tomorrow', at: on(1, MORNING) },
    ...(weekday === FRIDAY || weekday === SATURDAY
      ? [{ when: 'monday' as const, at: on(weekday === FRIDAY ? 3 : 2, MORNING) }]
      : []),
  ];
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
