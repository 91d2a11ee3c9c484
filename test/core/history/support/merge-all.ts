import type { Evidence } from '../../../../src/core/history/evidence.ts';
import { entryOf, groupByCall, mergeReports, type HistoryEntry } from '../../../../src/core/history/merge.ts';

/**
 * The whole history merged at once, newest first: the store must reach the same result step by step. `deleted`: ids of evidence whose entry
 * was deleted.
 */
export function merge(evidence: readonly Evidence[], deleted: ReadonlySet<string> = new Set()): HistoryEntry[] {
  return groups(evidence)
    .filter((call) => !call.some(({ id }) => deleted.has(id)))
    .flatMap((call) => entryOf(call) ?? [])
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

/** The ids of all evidence of the entry with an id. */
export const evidenceIds = (evidence: readonly Evidence[], entry: string): string[] =>
  groups(evidence)
    .filter((call) => entryOf(call)?.id === entry)
    .flatMap((call) => call.map(({ id }) => id));

function groups(evidence: readonly Evidence[]): Evidence[][] {
  const byId = new Map<string, Evidence>();
  for (const one of evidence) {
    const known = byId.get(one.id);
    byId.set(one.id, known === undefined ? one : mergeReports(known, one));
  }
  return groupByCall([...byId.values()]);
}
