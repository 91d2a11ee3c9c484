import type { Call } from '../../shared/call.ts';

/**
 * The next step from the rows that are shown to those that are wanted. It creates at most `most` rows and removes at most
 * as many, so that no step takes long. Calls that are over keep their rows until the new ones have theirs, so the list keeps
 * its height. The last step returns `wanted` itself.
 */
export function nextRows(shown: readonly Call[], wanted: readonly Call[], most: number): readonly Call[] {
  const hasRow = new Set(shown.map(({ id }) => id));
  let created = 0;
  const stop = wanted.findIndex(({ id }) => !hasRow.has(id) && ++created > most);
  const head = stop < 0 ? wanted : wanted.slice(0, stop);
  const inHead = new Set(head.map(({ id }) => id));
  const current = new Map(wanted.map((call) => [call.id, call]));
  let removed = 0;
  const rest = shown
    .filter(({ id }) => !inHead.has(id) && (current.has(id) || ++removed > most))
    .map((call) => current.get(call.id) ?? call);
  return stop < 0 && rest.length === 0 ? wanted : [...head, ...rest];
}
