import type { NotificationProblem } from './notice.ts';

/** Kinds of calls of which the user may not want to be notified. `queue`: through a queue, menu or group. */
export type CallKind = 'internal' | 'external' | 'queue';

/**
 * Whether the user is notified of the calls of one person. `silent`: without a sound, where Traydial decides that: on
 * Linux the desktop does.
 */
export type PersonNotify = 'always' | 'silent' | 'never';

/** What a notification would have been about: the call while it rang, or that it was missed. */
export type NotifyMoment = 'ringing' | 'missed';

/** Why a call was announced, or why it was not. */
export type NotifyReason =
  | {
      code:
        /** The call was part of one notification about several calls. */
        | 'summed-up'
        /** The call was missed while the user was away. A summary follows when they are back, unless they have seen it. */
        | 'away'
        | 'incoming-off'
        | 'missed-off'
        /** The user made the call, with Traydial or with a phone. */
        | 'placed-here'
        | 'outgoing'
        /** The call rang only for colleagues. */
        | 'not-mine'
        /**
         * Traydial did not see the call begin to ring: it was answered before, or it already rang when Traydial
         * connected. How it ends is not known yet, so the sentence must fit an answered and a missed call.
         */
        | 'not-seen-ringing'
        /** Only the PBX's record reports the call. No source reported it while it took place. */
        | 'record-only'
        /** As `record-only`, because the computer slept during the call. */
        | 'slept'
        /** As `record-only`, because Traydial was started after the call. */
        | 'before-start'
        /** No reason is kept, for example because an earlier version of Traydial saw the call. */
        | 'not-kept';
    }
  /** A notification of its own was sent to the desktop. `because`: the rule without which there would be none. */
  | { code: 'announced'; because?: 'person' | 'favourite' }
  /** The user chose never to be notified of this person's calls. */
  | { code: 'person' }
  /** Notifications were paused; `until` in ms since 1970. */
  | { code: 'paused'; until: number }
  /** It was during quiet hours; `until` in ms since 1970. */
  | { code: 'quiet-hours'; until: number }
  /** The user has turned off notifications for such calls. */
  | { code: 'rule'; calls: CallKind }
  /** A notification was sent, and the desktop did not show it. */
  | { code: 'not-shown'; problem: NotificationProblem };

/** The reasons of one call; null for what did not happen or is not known yet. */
export type Notified = Record<NotifyMoment, NotifyReason | null>;

/** A call with the reasons why the user was notified of it, or was not. */
export interface ExplainedCall {
  /** '' when not known. */
  name: string;
  /** Formatted for people; '' when not known. */
  number: string;
  /** When the call began, ms since 1970. */
  at: number;
  notified: Notified;
}

/** Whether a notification about the call was sent and not refused. */
export const wasNotified = ({ ringing, missed }: Notified): boolean =>
  [ringing, missed].some((reason) => reason?.code === 'announced' || reason?.code === 'summed-up');
