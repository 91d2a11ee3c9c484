import type { HistoryCall } from '../../shared/history.ts';
import type { NotifyReason } from '../../shared/notified.ts';
import { sideOf } from '../numbers/external-number.ts';
import { ruleAgainst, type DecideContext, type Decision } from './decide.ts';
import type { NotifyOutput } from './planned-notification.ts';
import { otherSide, shortLabel, summaryContent, type ContentContext, type NotificationContent } from './content.ts';

/** Why the user does not see notifications now. The computer reports sleep and lock; the others come from settings. */
export type AwayReason = 'sleep' | 'lock' | 'pause' | 'quiet';

export interface AwayState {
  /** Several can apply: a computer that wakes up may still be locked. */
  reasons: ReadonlySet<AwayReason>;
  /**
   * When the first reason began (ms since 1970). It stays set after the last one ended, until the summary was made; null
   * if no summary is due.
   */
  since: number | null;
}

export const NOT_AWAY: AwayState = { reasons: new Set(), since: null };

/** `from`: when the reason began (ms since 1970). */
export function addReason({ reasons, since }: AwayState, reason: AwayReason, from: number): AwayState {
  return { reasons: new Set([...reasons, reason]), since: Math.min(since ?? from, from) };
}

export function removeReason({ reasons, since }: AwayState, reason: AwayReason): AwayState {
  return { reasons: new Set([...reasons].filter((other) => other !== reason)), since };
}

const SUMMARY_KEY = 'calls-missed-away';
const SUMMED_UP: NotifyReason = { code: 'summed-up' };

type SummaryRules = Pick<DecideContext, 'missed' | 'ruleFor' | 'calls' | 'isExempt' | 'extension'>;

/**
 * Makes one notification of the calls that were missed while the user was away, as far as their settings and rules allow
 * it. Returns null if there are none (then the caller announces `due` with `reminderNotification`), and otherwise the
 * notification and the decision about each call. `due`: calls whose reminder became due meanwhile.
 */
export function awaySummary(
  missed: readonly HistoryCall[],
  context: Pick<ContentContext, 'formatNumber'> & SummaryRules,
  due: readonly HistoryCall[] = [],
): { output: NotifyOutput; decisions: Decision[] } | null {
  const calls = missed.filter((call) => isSummedUp(call, context));
  if (calls.length === 0) return null;
  // Who called most often comes first. Others stay in the order of their last call.
  const people = [...Map.groupBy(calls, (call) => shortLabel(call, context))]
    .map(([who, callsOfPerson]) => ({ who, count: callsOfPerson.length }))
    .sort((a, b) => b.count - a.count);
  const isSilent = due.length === 0 && calls.every((call) => context.ruleFor(call) === 'silent');
  const output: NotifyOutput = {
    type: 'show',
    key: SUMMARY_KEY,
    content: {
      kind: 'missed-away',
      count: calls.length,
      people,
      reminders: due.map((call) => shortLabel(call, context)),
    },
    urgency: 'low',
    stays: false,
    ...(isSilent ? { silent: true } : {}),
    call: null,
  };
  const decisions = calls.map((call): Decision => ({
    call: { id: call.id, other: call, startedAt: call.at },
    moment: 'missed',
    reason: SUMMED_UP,
    key: SUMMARY_KEY,
  }));
  return { output, decisions };
}

/** Whether a call is in the summary. Quiet hours are over by then, so they decide nothing. */
function isSummedUp(call: HistoryCall, context: SummaryRules): boolean {
  const rule = context.ruleFor(call);
  if (rule === 'always') return true;
  if (rule === 'never' || !context.missed) return false;
  // `called` is a queue's extension or the user's own number. Only a queue is a way that rules can name.
  const { called } = call;
  const isQueue = called !== '' && called !== context.extension && sideOf(called, context) === 'extension';
  // The history does not keep the trunk.
  const against = ruleAgainst({ trunk: '', other: call }, { ...context, quietUntil: null }, isQueue ? called : '');
  return against === null || context.isExempt(call);
}

/** Makes one notification of all calls whose reminder is due; null if there are none. */
export function reminderNotification(
  due: readonly HistoryCall[],
  context: Pick<ContentContext, 'formatNumber'>,
): (NotifyOutput & { type: 'show' }) | null {
  const [firstCall] = due;
  if (firstCall === undefined) return null;
  const content: NotificationContent =
    due.length === 1
      ? { kind: 'reminder', other: otherSide(firstCall, context) }
      : summaryContent(
          'reminders',
          due.map((call) => otherSide(call, context)),
        );
  return { type: 'show', key: `reminder:${firstCall.id}`, content, urgency: 'normal', stays: true, call: null };
}
