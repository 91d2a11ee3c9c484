import type { HistoryCall } from '../../shared/history.ts';
import type { NotifyReason } from '../../shared/notified.ts';
import type { Decision } from './decide.ts';
import type { NotifyOutput } from './planned-notification.ts';
import { labelOf, otherSide, summaryContent, type ContentContext } from './content.ts';

/** Why the user does not see notifications: the computer sleeps, is locked, they are paused, or it is quiet hours. */
export type AwayReason = 'sleep' | 'lock' | 'pause' | 'quiet';

/** `since`: ms since 1970, null while the user is here. */
export interface AwayState {
  reasons: ReadonlySet<AwayReason>;
  since: number | null;
}

export const HERE: AwayState = { reasons: new Set(), since: null };

/** `from`: when the reason began, in ms since 1970. */
export function leave({ reasons, since }: AwayState, reason: AwayReason, from: number): AwayState {
  return { reasons: new Set([...reasons, reason]), since: Math.min(since ?? from, from) };
}

/** A computer that wakes up locked is still away. `since` stays until the summary was made. */
export function comeBack({ reasons, since }: AwayState, reason: AwayReason): AwayState {
  return { reasons: new Set([...reasons].filter((other) => other !== reason)), since };
}

const KEY = 'calls-missed-away';
const SUMMED_UP: NotifyReason = { code: 'summed-up' };

/**
 * One notification of the calls that were missed since the user went away and are still open, with the decisions about
 * them; null if there are none. People are ordered by how often they called, then by their last call. `due`: calls whose
 * reminder was held.
 */
export function summary(
  missed: readonly HistoryCall[],
  since: number,
  context: Pick<ContentContext, 'formatNumber'>,
  due: readonly HistoryCall[] = [],
): { output: NotifyOutput; decisions: Decision[] } | null {
  const calls = missed.filter(({ endedAt }) => endedAt >= since);
  if (calls.length === 0) return null;
  const people = [...Map.groupBy(calls, (call) => labelOf(call, context))]
    .map(([who, theirs]) => ({ who, count: theirs.length }))
    // Stable: the newest call comes first.
    .sort((a, b) => b.count - a.count);
  const output: NotifyOutput = {
    type: 'show',
    key: KEY,
    content: {
      kind: 'missed-away',
      count: calls.length,
      people,
      reminders: due.map((call) => labelOf(call, context)),
    },
    urgency: 'low',
    stays: false,
    call: null,
  };
  const decisions = calls.map((call): Decision => {
    return { call: { id: call.id, other: call, startedAt: call.at }, moment: 'missed', reason: SUMMED_UP, key: KEY };
  });
  return { output, decisions };
}

/** One notification of the calls whose reminder is due; null without any. */
export function reminderOf(
  due: readonly HistoryCall[],
  context: Pick<ContentContext, 'formatNumber'>,
): (NotifyOutput & { type: 'show' }) | null {
  const [first] = due;
  if (first === undefined) return null;
  const others = due.map((call) => otherSide(call, context));
  const [other] = others;
  const content =
    other === undefined || others.length > 1
      ? summaryContent('reminders', others)
      : ({ kind: 'reminder', other } as const);
  return { type: 'show', key: `reminder:${first.id}`, content, urgency: 'normal', stays: true, call: null };
}
