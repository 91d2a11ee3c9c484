import { today } from '../state/clock.svelte.ts';
import { historyMessages } from '../state/history-messages.ts';
import { messages } from '../state/messages.svelte.ts';

/** A day as a heading: "Today", "Yesterday", "Monday", "12 Nov", "12 Nov 2025". */
export function dayWords(ms: number): string {
  const now = today();
  const isOver = new Date(ms).setHours(0, 0, 0, 0) < new Date(now).setHours(0, 0, 0, 0);
  return isOver ? messages().format.when(ms, now) : historyMessages().today;
}
