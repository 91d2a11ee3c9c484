import type { RecentCall } from '../../shared/dial.ts';
import { isNameless, partyKey, type Evidence } from './evidence.ts';

/** One call of the user that is over, as made from all evidence about it. */
export interface HistoryEntry extends RecentCall {
  /** Which of the user's numbers was called; '' when not known. */
  called: string;
  /** ms since 1970 on this computer's clock; null if nobody talked or the time is not known. */
  answeredAt: number | null;
  endedAt: number;
  /** A colleague or a rule of the PBX took the call. Such calls are not listed. */
  taken: boolean;
  /** As in Evidence. */
  passedBy?: string;
  passedTo?: string;
}

/** If a live source and a record are about the same call, their starts differ by at most this, in ms. */
export const SAME_CALL_MS = 120_000;
/** The PBX may write a record for each phone that a call rang. Their starts differ by at most this, in ms. */
const SAME_START_MS = 2_000;

/** Combines two reports of one source about one call. The result is the same in either order. */
export const mergeReports = (a: Evidence, b: Evidence): Evidence => ({
  id: a.id,
  source: a.source,
  direction: alphabeticallyFirst(a.direction, b.direction),
  number: longest(a.number, b.number),
  ...dialOf(a, b),
  name: longest(a.name, b.name),
  ...externalOf([a, b]),
  called: longest(a.called, b.called),
  ...passedOnOf([a, b], longest),
  startedAt: Math.min(a.startedAt, b.startedAt),
  answeredAt: earliest(a.answeredAt, b.answeredAt),
  endedAt: Math.max(a.endedAt, b.endedAt),
  seconds: a.exact === b.exact ? greatest(a.seconds, b.seconds) : (a.exact ? a : b).seconds,
  ...((a.exact ?? b.exact) ? { exact: true } : {}),
  outcome: outcomeOf([a.outcome, b.outcome]),
  taken: a.taken || b.taken,
  provenance: alphabeticallyFirst(a.provenance, b.provenance),
  offset: Math.min(a.offset, b.offset),
});

/**
 * Groups evidence by call. A call has at most one report of a live source, and any number of records with the same start.
 * Each live report is paired with the records of the same party whose start is nearest. After that, each nameless report
 * is paired with the nearest records that are left, whoever called. All evidence must have different ids. The result does
 * not depend on the order of the evidence.
 */
export function groupByCall(evidence: readonly Evidence[]): Evidence[][] {
  const sorted = evidence.toSorted((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
  const nameless = sorted.filter(isNameless).map((report) => [report]);
  const named = nameless.length === 0 ? sorted : sorted.filter((report) => !isNameless(report));
  const calls = [...Map.groupBy(named, partyKey).values()].flatMap(groupParty);
  const records = calls.filter(([first]) => first?.source === 'record' && first.direction === 'incoming');
  const joined = pairNearest(nameless, records.sort(byStart));
  return [...nameless, ...calls.filter((call) => !joined.has(call))];
}

/** The same for the evidence of one party without nameless reports. It must be sorted by start. */
function groupParty(sorted: readonly Evidence[]): Evidence[][] {
  const live = sorted.filter(({ source }) => source === 'live').map((report) => [report]);
  const records = groupRecords(sorted.filter(({ source }) => source === 'record'));
  const joined = pairNearest(live, records);
  return [...live, ...records.filter((recordGroup) => !joined.has(recordGroup))];
}

/** Adds to each live report the records nearest to it. Returns the records that were added. Both must be sorted by start. */
function pairNearest(live: readonly Evidence[][], records: readonly Evidence[][]): Set<Evidence[]> {
  // The sort is stable: pairs with equal distances stay in the order of their starts.
  const pairs = neighbours(live, records).sort((a, b) => a.distance - b.distance);
  const [paired, joined] = [new Set<Evidence[]>(), new Set<Evidence[]>()];
  for (const { liveGroup, recordGroup } of pairs) {
    if (paired.has(liveGroup) || joined.has(recordGroup)) continue;
    paired.add(liveGroup);
    joined.add(recordGroup);
    liveGroup.push(...recordGroup);
  }
  return joined;
}

interface Pair {
  liveGroup: Evidence[];
  recordGroup: Evidence[];
  distance: number;
}

/** All pairs that may be about the same call. Both lists must be sorted by start. */
function neighbours(live: readonly Evidence[][], records: readonly Evidence[][]): Pair[] {
  const pairs: Pair[] = [];
  let first = 0;
  for (const liveGroup of live) {
    const start = startOf(liveGroup);
    while (first < records.length && startOf(records[first] ?? []) < start - SAME_CALL_MS) first += 1;
    for (let index = first; index < records.length; index += 1) {
      const recordGroup = records[index] ?? [];
      if (startOf(recordGroup) > start + SAME_CALL_MS) break;
      pairs.push({ liveGroup, recordGroup, distance: Math.abs(start - startOf(recordGroup)) });
    }
  }
  return pairs;
}

function groupRecords(sorted: readonly Evidence[]): Evidence[][] {
  const groups: Evidence[][] = [];
  for (const record of sorted) {
    const last = groups.at(-1);
    if (last !== undefined && record.startedAt - startOf(last) <= SAME_START_MS) last.push(record);
    else groups.push([record]);
  }
  return groups;
}

const startOf = ([first]: readonly Evidence[]): number => first?.startedAt ?? 0;
const idOf = ([first]: readonly Evidence[]): string => first?.id ?? '';
const byStart = (a: readonly Evidence[], b: readonly Evidence[]): number =>
  startOf(a) - startOf(b) || (idOf(a) < idOf(b) ? -1 : 1);

/** Makes the entry of one call from its evidence, with the live report first. Returns null if there is no evidence. */
export function entryOf(evidence: readonly Evidence[]): HistoryEntry | null {
  const [first] = evidence;
  if (first === undefined) return null;
  const talks = evidence.filter(({ outcome }) => outcome === 'connected');
  // A record is more exact than what polls have shown.
  const answer = talks.find(({ exact }) => exact) ?? talks.find(({ source }) => source === 'record') ?? talks[0];
  const outcome = outcomeOf(evidence.map((report) => report.outcome));
  const taken = outcome !== 'connected' && evidence.some(saysTaken);
  const answeredAt = answer?.answeredAt ?? earliestOf(evidence.map((report) => report.answeredAt));
  return {
    id: first.id,
    number: evidence.find(({ number }) => number !== '')?.number ?? '',
    name: evidence.find(({ name }) => name !== '')?.name ?? '',
    ...externalOf(evidence),
    called: evidence.find(({ called }) => called !== '')?.called ?? '',
    ...passedOnOf(evidence, (first, other) => first || other),
    direction: first.direction,
    // A record says "missed" for each phone that did not answer. If somebody else took the call, nobody missed it.
    outcome: taken && outcome === 'missed' ? 'unanswered' : outcome,
    // Evidence has times of the PBX's clock, entries have times of this computer's clock.
    at: first.startedAt + first.offset,
    answeredAt: answeredAt === null ? null : answeredAt + first.offset,
    endedAt: Math.max(...evidence.map(({ endedAt }) => endedAt)) + first.offset,
    seconds: answer?.seconds ?? evidence.find(({ seconds }) => seconds !== null)?.seconds ?? null,
    provenance: first.provenance,
    taken,
  };
}

/**
 * When a call that somebody else seems to have answered ends, its live report is "unanswered" and taken. If the model of
 * calls later reports that the user missed or declined the call, nobody took it.
 */
const saysTaken = ({ source, outcome, taken }: Evidence): boolean =>
  taken && (source === 'record' || outcome === 'unanswered');

/**
 * When sources disagree about an outcome, the higher rank wins. Records are less precise than live sources: they have
 * "missed" for a declined call and "unanswered" for a busy one.
 */
const OUTCOME_PRIORITY: Record<RecentCall['outcome'], number> = {
  unknown: 0,
  unanswered: 1,
  missed: 2,
  failed: 3,
  refused: 4,
  cancelled: 5,
  'not-picked-up': 6,
  busy: 7,
  declined: 8,
  connected: 9,
};

const outcomeOf = (outcomes: readonly RecentCall['outcome'][]): RecentCall['outcome'] =>
  outcomes.reduce((best, outcome) => (OUTCOME_PRIORITY[outcome] > OUTCOME_PRIORITY[best] ? outcome : best), 'unknown');

/** A number counts as an extension only if no source says that the call came from outside. */
const externalOf = (evidence: readonly Pick<Evidence, 'external'>[]): Pick<Evidence, 'external'> =>
  evidence.some(({ external }) => external === true) ? { external: true } : {};

function dialOf({ dial: a }: Evidence, { dial: b }: Evidence): Pick<Evidence, 'dial'> {
  const dial = longest(a ?? '', b ?? '');
  return dial === '' ? {} : { dial };
}

function passedOnOf(
  evidence: readonly Evidence[],
  choose: (a: string, b: string) => string,
): Pick<Evidence, 'passedBy' | 'passedTo'> {
  const of = (key: 'passedBy' | 'passedTo'): object => {
    const number = evidence.map((report) => report[key] ?? '').reduce(choose, '');
    return number === '' ? {} : { [key]: number };
  };
  return { ...of('passedBy'), ...of('passedTo') };
}

/** An arbitrary choice between different values, but one that does not depend on their order. */
const alphabeticallyFirst = <T extends string>(a: T, b: T): T => (b < a ? b : a);
const longest = (a: string, b: string): string => (b.length > a.length || (b.length === a.length && b > a) ? b : a);

const earliest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);
const earliestOf = (times: readonly (number | null)[]): number | null => times.reduce(earliest, null);
const greatest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);
