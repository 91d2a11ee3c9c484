import type { NotificationProblem } from './notice.ts';

/** Kinds of calls of which the user may not want to be notified. `queue`: through a queue, menu or group. */
export type CallKind = 'internal' | 'external' | 'queue';

/** What a notification would have been about: the call while it rang, or that it was missed. */
export type NotifyMoment = 'ringing' | 'missed';

/** Why a call was announced, or why it was not. */
export type NotifyReason =
  | {
      code:
        /** A notification of its own was sent to the desktop. */
        | 'announced'
        /** It was part of one notification about several calls. */
        | 'summed-up'
        /** Missed while the user was away; calls that nobody has seen by then are summed up when the user is back. */
        | 'away'
        | 'incoming-off'
        | 'missed-off'
        /** The user made the call, with Traydial or with a phone. */
        | 'placed-here'
        | 'outgoing'
        /** It rang only colleagues. */
        | 'not-mine'
        /** It was answered before Traydial saw it ring, or it rang already when Traydial connected. */
        | 'not-seen-ringing'
        /** Only the PBX's record reports it: nothing did while it took place. */
        | 'record-only'
        /** As `record-only`, for a call that took place while the computer slept, or before this start of Traydial. */
        | 'slept'
        | 'before-start'
        /** Traydial keeps the reasons of the latest calls, until it quits or the user signs out. */
        | 'not-kept';
    }
  /** Notifications were paused until then, ms since 1970. */
  | { code: 'paused'; until: number }
  /** Quiet hours that ended then, ms since 1970. */
  | { code: 'quiet-hours'; until: number }
  /** The user is not notified of such calls. */
  | { code: 'rule'; calls: CallKind }
  /** A notification was sent, and the desktop did not show it. */
  | { code: 'not-shown'; problem: NotificationProblem };

/** The reasons of one call; null for what did not happen or is not known yet. */
export type Notified = Record<NotifyMoment, NotifyReason | null>;

/** A call with its reasons, for people. */
export interface ExplainedCall {
  /** '' when not known. */
  name: string;
  /** As a person writes it; '' when not known. */
  number: string;
  /** When it began, ms since 1970. */
  at: number;
  notified: Notified;
}

/** Whether a notification about the call was sent and not refused. */
export const wasNotified = ({ ringing, missed }: Notified): boolean =>
  [ringing, missed].some((reason) => reason?.code === 'announced' || reason?.code === 'summed-up');
