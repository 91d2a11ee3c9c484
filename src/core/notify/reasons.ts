import type { Party } from '../../shared/call.ts';
import type { HistoryCall } from '../../shared/history.ts';
import type { NotificationProblem } from '../../shared/notice.ts';
import type { Notified, NotifyMoment, NotifyReason } from '../../shared/notified.ts';
import { isPlaceholderId } from '../calls/model.ts';
import type { Clock } from '../clock.ts';
import { isRecord } from '../history/evidence.ts';
import type { KeptReasons } from '../history/history.ts';
import { SAME_CALL_MS } from '../history/merge.ts';
import { decideRecord, type Decision } from './decide.ts';

/** A call with the decisions about it. */
export interface DecidedCall extends Notified {
  id: string;
  other: Party;
  /** When it began, ms since 1970. */
  at: number;
}

interface KeptCall extends DecidedCall {
  /** The notifications that were sent about the call, and why. */
  notifications: { moment: NotifyMoment; key: string; at: number; reason: NotifyReason }[];
}

/** How many calls of the user, and how many of colleagues, are kept in memory. */
const MAX_CALLS = { mine: 500, others: 100 };
const MAX_SLEEPS = 50;
/**
 * A desktop reports within seconds whether it showed a notification. A later report with the same key is about other
 * calls, because all summaries of one kind have the same key.
 */
const MAX_REPORT_DELAY_MS = 60_000;

/** Reasons based on missing evidence. They replace no other reason except `not-mine`. */
const WITHOUT_EVIDENCE: ReadonlySet<NotifyReason['code']> = new Set(['not-mine', 'not-seen-ringing', 'record-only']);

/**
 * Why the user was or was not notified of each call. Keeps the latest calls in memory; the reasons of earlier runs of the
 * program are in the history. Also takes the desktop's reports about notifications that it could not show.
 */
export class Reasons {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #startedAt: number;
  readonly #storedReasons: () => KeptReasons | null;
  /** By session id, oldest first. */
  readonly #mine = new Map<string, KeptCall>();
  readonly #others = new Map<string, KeptCall>();
  /** The calls that the user deleted from the history. */
  readonly #deleted = new Map<string, true>();
  #sleeps: { from: number; until: number }[] = [];

  /** `stored`: the reasons in the history of the open account; null if it stores none. */
  constructor(clock: Pick<Clock, 'now'>, stored: () => KeptReasons | null = () => null) {
    this.#clock = clock;
    this.#storedReasons = stored;
    this.#startedAt = clock.now();
  }

  add(allDecisions: readonly Decision[]): void {
    const now = this.#clock.now();
    const decisions = allDecisions.filter(({ call }) => !this.#deleted.has(call.id));
    for (const decision of decisions) this.#add(decision, now);
    this.#store(
      decisions.map(({ call }) => call.id),
      decisions.flatMap(({ insteadOf }) => insteadOf ?? []),
    );
    dropOldest(this.#mine, MAX_CALLS.mine);
    dropOldest(this.#others, MAX_CALLS.others);
  }

  /** The desktop's report about a notification; `problem` is null if it was shown. */
  recordReport(key: string, problem: NotificationProblem | null): void {
    const now = this.#clock.now();
    for (const call of this.#mine.values()) {
      for (const notification of call.notifications) {
        if (notification.key !== key || now - notification.at > MAX_REPORT_DELAY_MS) continue;
        const { moment, reason } = notification;
        const oldReason = call[moment];
        call[moment] = problem === null ? reason : { code: 'not-shown', problem };
        if (call[moment] !== oldReason) this.#store([call.id], []);
      }
    }
  }

  /** `replaced`: ids that calls had before their session id was known. */
  #store(ids: readonly string[], replaced: readonly string[]): void {
    const calls = [...new Set(ids)].flatMap((id) => this.#mine.get(id) ?? []);
    this.#storedReasons()?.save(
      calls.map(({ id, at, ringing, missed }) => ({ id, at, notified: { ringing, missed } })),
      replaced,
    );
  }

  /** The computer goes to sleep. */
  sleepBegan(): void {
    // The end of the previous sleep was not reported, so that sleep continues.
    if (this.#sleeps.at(-1)?.until === Infinity) return;
    this.#sleeps = [...this.#sleeps, { from: this.#clock.now(), until: Infinity }].slice(-MAX_SLEEPS);
  }

  /** The computer woke up. */
  sleepEnded(): void {
    const last = this.#sleeps.at(-1);
    if (last?.until === Infinity) last.until = this.#clock.now();
  }

  /** Forgets all calls, because the account changes. */
  clear(): void {
    this.#mine.clear();
    this.#others.clear();
    this.#deleted.clear();
  }

  /** The user deleted the whole history. `live`: the ids of calls that continue. */
  deletePast(live: ReadonlySet<string>): void {
    this.delete([...this.#mine.keys(), ...this.#others.keys()].filter((id) => !live.has(id)));
  }

  /** The user deleted these calls from the history. Later decisions about them are ignored. */
  delete(ids: readonly string[]): void {
    for (const id of ids) {
      this.#mine.delete(id);
      this.#others.delete(id);
      this.#deleted.set(id, true);
    }
    dropOldest(this.#deleted, MAX_CALLS.mine);
  }

  /** Why the user was notified of a call of the history, or was not. */
  reasonsFor({ id, at, direction }: Pick<HistoryCall, 'id' | 'at' | 'direction'>): Notified {
    const hasSessionId = !isRecord(id);
    let kept: Notified | null = this.#mine.get(id) ?? this.#storedReasons()?.of(id) ?? null;
    if (kept === null && !hasSessionId && direction !== 'outgoing')
      kept = this.#placeholderNear(at) ?? this.#storedReasons()?.ofPlaceholderNear(at) ?? null;
    const missed = kept?.missed ?? null;
    if (kept !== null && kept.ringing !== null) return { ringing: kept.ringing, missed };
    if (direction === 'outgoing') return { ringing: { code: 'outgoing' }, missed };
    // The program saw this call itself. If there is no reason at all, none was kept.
    if (hasSessionId) return { ringing: missed === null ? { code: 'not-kept' } : null, missed };
    return { ringing: decideRecord(at, { startedAt: this.#startedAt, sleeps: this.#sleeps }), missed };
  }

  /** The kept calls, the user's or colleagues'. */
  calls(whose: 'mine' | 'others'): DecidedCall[] {
    return [...(whose === 'mine' ? this.#mine : this.#others).values()];
  }

  /** The ring nearest to `at` whose session id never became known, so that the PBX's record has another id. */
  #placeholderNear(at: number): KeptCall | undefined {
    const distance = (call: KeptCall): number => Math.abs(call.at - at);
    return [...this.#mine.values()]
      .filter((call) => isPlaceholderId(call.id) && distance(call) <= SAME_CALL_MS)
      .sort((a, b) => distance(a) - distance(b))[0];
  }

  #add({ call, moment, reason, key, insteadOf }: Decision, now: number): void {
    if (insteadOf !== undefined) this.#rename(insteadOf, call.id);
    const keptBefore = this.#mine.get(call.id) ?? this.#others.get(call.id);
    const oldReason = keptBefore?.[moment] ?? null;
    // `not-mine` is the only reason that one without evidence may replace.
    if (oldReason !== null && oldReason.code !== 'not-mine' && WITHOUT_EVIDENCE.has(reason.code)) return;
    const kept = keptBefore ?? {
      id: call.id,
      other: call.other,
      at: call.startedAt,
      ringing: null,
      missed: null,
      notifications: [],
    };
    kept.other = call.other;
    kept[moment] = reason;
    kept.notifications = kept.notifications.filter((notification) => notification.moment !== moment);
    if (key !== null) kept.notifications.push({ moment, key, at: now, reason });
    if (reason.code === 'not-mine' && !this.#mine.has(call.id)) {
      this.#others.set(call.id, kept);
      return;
    }
    this.#others.delete(call.id);
    this.#mine.set(call.id, kept);
  }

  #rename(id: string, newId: string): void {
    const call = this.#mine.get(id);
    this.#mine.delete(id);
    if (call !== undefined && !this.#mine.has(newId)) this.#mine.set(newId, { ...call, id: newId });
  }
}

function dropOldest(calls: Map<string, unknown>, max: number): void {
  for (const id of calls.keys()) {
    if (calls.size <= max) return;
    calls.delete(id);
  }
}
