import { partyKey, type Evidence } from '../../../../src/core/history/evidence.ts';
import { entryOf, groupByCall, mergeReports, type HistoryEntry } from '../../../../src/core/history/merge.ts';

/** The whole history at once, newest first: what the store must come to bit by bit. */
export function merge(evidence: readonly Evidence[]): HistoryEntry[] {
  const byId = new Map<string, Evidence>();
  for (const one of evidence) {
    const known = byId.get(one.id);
    byId.set(one.id, known === undefined ? one : mergeReports(known, one));
  }
  const parties = Map.groupBy(byId.values(), partyKey);
  return [...parties.values()]
    .flatMap((party) => groupByCall(party))
    .flatMap((call) => entryOf(call) ?? [])
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}
