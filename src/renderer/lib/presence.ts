import type { Party } from '../../shared/call.ts';
import type { Presence, Presences } from '../../shared/presence.ts';

/** What is known of a colleague. A caller from outside who sends the number of an extension is none. */
export function presenceOf(
  presences: Presences,
  { number, external }: Pick<Party, 'number' | 'external'>,
): Presence | null {
  return external !== true && Object.hasOwn(presences, number) ? (presences[number] ?? null) : null;
}
