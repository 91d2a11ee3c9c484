import type { HistoryCommands } from '../../src/core/history/history.ts';
import { isPlaceholderId } from '../../src/core/calls/model.ts';
import { ACCOUNT } from '../../src/demo/office.ts';
import type { Ending, Leg, Session, SwitchboardObserver } from '../../src/demo/switchboard.ts';
import type { CallEvent } from '../../src/shared/call.ts';
import type { HistoryCall, HistoryPage } from '../../src/shared/history.ts';
import { normaliseNumber } from '../../src/shared/same-number.ts';
import type { Violations } from './violations.ts';

/** How the history may differ from the true calls of the user. */
export const HISTORY_FAULTS = [
  'lost',
  'doubled',
  'false missed',
  'missed not shown',
  'wrong direction',
  'wrong outcome',
  'wrong start',
  'wrong duration',
  'invented',
] as const;
export type HistoryFault = (typeof HISTORY_FAULTS)[number];

export interface HistoryResult {
  /** True calls of the user of which the PBX has a record, or none because a colleague took them. */
  calls: number;
  /** Calls that a restart of the PBX ended, which leaves no record. The history may hold them. */
  unrecorded: number;
  /** Entries of the history. */
  entries: number;
  /** Entries of requests to dial that never became a call. */
  attempts: number;
  faults: ReadonlyMap<HistoryFault, number>;
}

/** A true call of the user. Times in ms since 1970 in simulated time. */
interface MyCall {
  id: string;
  direction: 'incoming' | 'outgoing';
  /** The other party. */
  number: string;
  at: number;
  placed: boolean;
  answeredAt: number | null;
  endedAt: number | null;
  /** Somebody else answered. */
  taken: boolean;
  /** Null while the call goes on, and if a restart of the PBX ended it. */
  ending: Ending | null;
}

interface HistoryCheckOptions {
  violations: Violations;
  history: () => HistoryCommands;
  /** When each entry began, ms since 1970 on the PBX's clock. */
  starts: () => ReadonlyMap<string, number>;
}

/** Two reports of one call differ by less than this. */
const SAME_CALL_MS = 120_000;
/** The PBX's clock is known to a second, and an answer of it may be seconds old. */
const SAME_START_MS = 10_000;
/** The record has whole seconds. */
const SAME_SECONDS = 1;

/** Compares the program's history with the user's true calls. */
export class HistoryCheck implements SwitchboardObserver {
  readonly #options: HistoryCheckOptions;
  readonly #calls = new Map<string, MyCall>();
  /** Kind of fault -> calls. A fault counts once, also if it is seen every day. */
  readonly #faults = new Map<HistoryFault, Set<string>>();
  #entries = 0;
  #attempts = 0;

  constructor(options: HistoryCheckOptions) {
    this.#options = options;
  }

  legRang(session: Session, leg: Leg): void {
    const { placed, id, startedAt } = session;
    const me = ACCOUNT.extension;
    if (this.#calls.has(id)) return;
    const call = (direction: MyCall['direction'], number: string): MyCall => ({
      id,
      direction,
      number: normaliseNumber(number),
      at: startedAt,
      placed: placed !== null,
      answeredAt: null,
      endedAt: null,
      taken: false,
      ending: null,
    });
    if (placed !== null) {
      if (placed.caller === me) this.#calls.set(id, call('outgoing', placed.callee));
    } else if (leg.callee === me) this.#calls.set(id, call('incoming', leg.caller));
    else if (leg.caller === me) this.#calls.set(id, call('outgoing', leg.callee));
  }

  legAnswered({ id, placed }: Session, leg: Leg): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    if (isTalk(call, placed, leg)) call.answeredAt ??= leg.answeredAt;
    else if (placed === null) call.taken = true;
  }

  legEnded({ id, placed }: Session, leg: Leg): void {
    const call = this.#calls.get(id);
    if (call !== undefined && leg.answeredAt !== null && isTalk(call, placed, leg)) call.endedAt = leg.endedAt;
  }

  sessionEnded({ id }: Session, ending: Ending): void {
    const call = this.#calls.get(id);
    if (call !== undefined) call.ending = ending;
  }

  /** Checks the calls that the program reports as missed. */
  onEvents(events: readonly CallEvent[]): void {
    for (const { type, call } of events) {
      if (type !== 'missed' || isPlaceholderId(call.id)) continue;
      const known = this.#calls.get(call.id);
      if (known !== undefined) this.#checkMissed(known);
    }
  }

  /** All calls must be over, and the program must have had the time to read their records. */
  async compare(): Promise<void> {
    const entries = await this.#read();
    this.#entries = entries.length;
    this.#attempts = 0;
    const starts = this.#options.starts();
    const taken = new Set<HistoryCall>();
    const calls = [...this.#calls.values()];
    const byNumber = Map.groupBy(entries, ({ number }) => normaliseNumber(number));
    const pairs = calls
      .flatMap((call) =>
        (byNumber.get(call.number) ?? []).map((entry) => {
          return { call, entry, distance: Math.abs((starts.get(entry.id) ?? Infinity) - call.at) };
        }),
      )
      .filter(({ distance }) => distance <= SAME_CALL_MS)
      .toSorted((a, b) => a.distance - b.distance);
    const found = new Set<MyCall>();
    for (const { call, entry, distance } of pairs) {
      if (taken.has(entry) || found.has(call)) continue;
      taken.add(entry);
      found.add(call);
      this.#compare(call, entry, distance);
    }
    for (const call of calls) if (!found.has(call)) this.#missing(call);
    for (const entry of entries) if (!taken.has(entry)) this.#surplus(entry, pairs);
  }

  get result(): HistoryResult {
    const calls = [...this.#calls.values()];
    const unrecorded = calls.filter(({ ending }) => ending === null).length;
    return {
      calls: calls.length - unrecorded,
      unrecorded,
      entries: this.#entries,
      attempts: this.#attempts,
      faults: new Map(HISTORY_FAULTS.map((fault) => [fault, this.#faults.get(fault)?.size ?? 0])),
    };
  }

  async #read(): Promise<HistoryCall[]> {
    const history = this.#options.history();
    const entries: HistoryCall[] = [];
    let next: string | null = null;
    do {
      const page: HistoryPage = await history.page({ text: '', only: null }, next);
      entries.push(...page.entries);
      ({ next } = page);
    } while (next !== null);
    return entries;
  }

  #compare(call: MyCall, entry: HistoryCall, distance: number): void {
    if (entry.outcome === 'missed') this.#checkMissed(call);
    if (entry.direction !== call.direction) this.#add('wrong direction', call, entry);
    if (distance > SAME_START_MS) this.#add('wrong start', call, entry);
    if (call.answeredAt === null && entry.outcome === 'connected') this.#add('wrong outcome', call, entry);
    if (call.ending === null) return;
    if (isMissed(call)) {
      if (entry.outcome !== 'missed') this.#add('missed not shown', call, entry);
    } else if (entry.outcome !== 'missed' && !mayBe(call, call.ending, entry.outcome)) {
      this.#add('wrong outcome', call, entry);
    }
    const { answeredAt, endedAt } = call;
    if (answeredAt === null || endedAt === null || entry.outcome !== 'connected') return;
    const seconds = (endedAt - answeredAt) / 1000;
    if (entry.seconds === null || Math.abs(entry.seconds - seconds) > SAME_SECONDS) {
      this.#add('wrong duration', call, entry);
    }
  }

  #missing(call: MyCall): void {
    // Nothing shows a call that a restart of the PBX ended. One that a colleague took is not listed.
    if (call.ending === null || (call.taken && call.answeredAt === null)) return;
    this.#add('lost', call);
    if (isMissed(call)) this.#add('missed not shown', call);
  }

  #surplus(entry: HistoryCall, pairs: readonly { call: MyCall; entry: HistoryCall }[]): void {
    const twice = pairs.find((pair) => pair.entry === entry);
    if (twice !== undefined) this.#add('doubled', twice.call, entry);
    else if (entry.direction === 'outgoing' && ATTEMPTS.has(entry.outcome)) this.#attempts += 1;
    else this.#add('invented', null, entry);
  }

  /** Adds a fault if the program reports a call as missed that was not. */
  #checkMissed(call: MyCall): void {
    if (call.direction === 'outgoing' || call.answeredAt !== null || call.taken) this.#add('false missed', call);
  }

  #add(fault: HistoryFault, call: MyCall | null, entry?: HistoryCall): void {
    const known = this.#faults.get(fault) ?? new Set();
    this.#faults.set(fault, known);
    const key = call?.id ?? entry?.id ?? '';
    if (known.has(key)) return;
    known.add(key);
    this.#options.violations.add(
      `history, ${fault}: ${describe(call)}${entry === undefined ? '' : `, entry ${JSON.stringify(entry)}`}`,
    );
  }
}

/** My phone answered, or that of the other side if I placed the call. */
function isTalk({ direction, placed }: MyCall, order: Session['placed'], leg: Leg): boolean {
  if (placed) return leg.callee === order?.callee;
  return direction === 'incoming' ? leg.callee === ACCOUNT.extension : leg.caller === ACCOUNT.extension;
}

const isMissed = ({ direction, answeredAt, taken }: MyCall): boolean =>
  direction === 'incoming' && answeredAt === null && !taken;

/** Outcomes of a request to dial that never became a call. */
const ATTEMPTS: ReadonlySet<Outcome> = new Set(['failed', 'refused', 'cancelled', 'unknown', 'not-picked-up']);

/** Whether an entry may have this outcome, if the call was not missed. */
function mayBe(call: MyCall, { statusCode }: Ending, outcome: Outcome): boolean {
  if (call.answeredAt !== null) return outcome === 'connected';
  // A call that a colleague took is listed only if no source showed the answer, and then without an outcome.
  if (call.direction === 'incoming') return outcome === 'unknown';
  switch (outcome) {
    case 'busy':
      return statusCode === 486;
    case 'declined':
      return statusCode === 603;
    case 'failed':
      return statusCode >= 400;
    case 'unanswered':
    case 'not-picked-up':
    case 'cancelled':
    case 'unknown':
      return true;
    default:
      return false;
  }
}

type Outcome = HistoryCall['outcome'];

const describe = (call: MyCall | null): string =>
  call === null ? 'no call' : JSON.stringify({ ...call, at: new Date(call.at).toISOString() });
