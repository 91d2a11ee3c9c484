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

interface Kept extends DecidedCall {
  /** The notifications that were sent about it. */
  sent: { moment: NotifyMoment; key: string; at: number; reason: NotifyReason }[];
}

/** How many calls of the user and of colleagues are kept. */
const MAX = { mine: 500, others: 100 };
const MAX_SLEEPS = 50;
/**
 * A desktop reports within seconds whether it showed a notification. Keys of summaries are reused, so a later report
 * concerns other calls.
 */
const REPORT_MS = 60_000;

/** Reasons based on missing evidence. They replace no other reason except `not-mine`. */
const WEAK: ReadonlySet<NotifyReason['code']> = new Set(['not-mine', 'not-seen-ringing', 'record-only']);

/**
 * The decisions of the notification policy, by call: the latest in memory, those of earlier runs as kept with the history;
 * and what the desktop reported about notifications.
 */
export class Reasons {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #startedAt: number;
  readonly #kept: () => KeptReasons | null;
  /** By session id, oldest first. */
  readonly #mine = new Map<string, Kept>();
  readonly #others = new Map<string, Kept>();
  #sleeps: { from: number; until: number }[] = [];

  /** `kept`: the reasons of the account's earlier calls; null where none are kept. */
  constructor(clock: Pick<Clock, 'now'>, kept: () => KeptReasons | null = () => null) {
    this.#clock = clock;
    this.#kept = kept;
    this.#startedAt = clock.now();
  }

  add(decisions: readonly Decision[]): void {
    const now = this.#clock.now();
    for (const decision of decisions) this.#add(decision, now);
    this.#keep(
      decisions.map(({ call }) => call.id),
      decisions.flatMap(({ insteadOf }) => insteadOf ?? []),
    );
    trim(this.#mine, MAX.mine);
    trim(this.#others, MAX.others);
  }

  /** The desktop's report about a notification; `problem` is null if it was shown. */
  recordReport(key: string, problem: NotificationProblem | null): void {
    const now = this.#clock.now();
    for (const call of this.#mine.values()) {
      for (const sent of call.sent) {
        if (sent.key !== key || now - sent.at > REPORT_MS) continue;
        const before = call[sent.moment];
        call[sent.moment] = problem === null ? sent.reason : { code: 'not-shown', problem };
        if (call[sent.moment] !== before) this.#keep([call.id], []);
      }
    }
  }

  #keep(ids: readonly string[], replaced: readonly string[]): void {
    const calls = [...new Set(ids)].flatMap((id) => this.#mine.get(id) ?? []);
    this.#kept()?.save(
      calls.map(({ id, at, ringing, missed }) => ({ id, at, notified: { ringing, missed } })),
      replaced,
    );
  }

  /** The computer goes to sleep. */
  sleepBegan(): void {
    // If the end of the previous sleep was not reported, its entry stays open.
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
  }

  /** Why the user was notified of a call of the history, or was not. */
  reasonsFor({ id, at, direction }: Pick<HistoryCall, 'id' | 'at' | 'direction'>): Notified {
    const isIncomingRecord = isRecord(id) && direction !== 'outgoing';
    const kept: Notified | null =
      this.#mine.get(id) ??
      this.#kept()?.of(id) ??
      (isIncomingRecord ? (this.#placeholderNear(at) ?? this.#kept()?.ofPlaceholderNear(at)) : null) ??
      null;
    const missed = kept?.missed ?? null;
    if (kept !== null && kept.ringing !== null) return { ringing: kept.ringing, missed };
    if (direction === 'outgoing') return { ringing: { code: 'outgoing' }, missed };
    if (!isRecord(id)) return { ringing: missed === null ? { code: 'not-kept' } : null, missed };
    return { ringing: decideRecord(at, { startedAt: this.#startedAt, sleeps: this.#sleeps }), missed };
  }

  /** The kept calls, the user's or colleagues'. */
  calls(whose: 'mine' | 'others'): DecidedCall[] {
    return [...(whose === 'mine' ? this.#mine : this.#others).values()];
  }

  /** The placeholder call nearest to `at`: a ring whose session id was never learned. Its record has another id. */
  #placeholderNear(at: number): Kept | undefined {
    const distance = (call: Kept): number => Math.abs(call.at - at);
    return [...this.#mine.values()]
      .filter((call) => isPlaceholderId(call.id) && distance(call) <= SAME_CALL_MS)
      .sort((a, b) => distance(a) - distance(b))[0];
  }

  #add({ call, moment, reason, key, insteadOf }: Decision, now: number): void {
    const former = insteadOf === undefined ? undefined : this.#mine.get(insteadOf);
    if (insteadOf !== undefined) this.#mine.delete(insteadOf);
    if (former !== undefined && !this.#mine.has(call.id)) this.#mine.set(call.id, { ...former, id: call.id });
    const known = this.#mine.get(call.id) ?? this.#others.get(call.id);
    const before = known?.[moment] ?? null;
    if (before !== null && WEAK.has(reason.code) && before.code !== 'not-mine') return;
    const kept = known ?? { id: call.id, other: call.other, at: call.startedAt, ringing: null, missed: null, sent: [] };
    kept.other = call.other;
    kept[moment] = reason;
    kept.sent = kept.sent.filter((sent) => sent.moment !== moment);
    if (key !== null) kept.sent.push({ moment, key, at: now, reason });
    if (reason.code === 'not-mine' && !this.#mine.has(call.id)) {
      this.#others.set(call.id, kept);
      return;
    }
    this.#others.delete(call.id);
    this.#mine.set(call.id, kept);
  }
}

function trim(calls: Map<string, unknown>, max: number): void {
  for (const id of calls.keys()) {
    if (calls.size <= max) return;
    calls.delete(id);
  }
}
