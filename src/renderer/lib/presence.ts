import type { Party } from '../../shared/call.ts';
import type { Presence, Presences } from '../../shared/presence.ts';

/** The presence of a colleague; null for anybody else, also for a caller from outside who sends an extension's number. */
export function presenceOf(
  presences: Presences,
  { number, external }: Pick<Party, 'number' | 'external'>,
): Presence | null {
  return external !== true && Object.hasOwn(presences, number) ? (presences[number] ?? null) : null;
}
