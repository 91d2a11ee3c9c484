import { BEAT_MS } from '../clock.ts';

/** Time limits for calls, in ms, with their reasons. Those for requests are in core/pace and core/dial. */
export const LIMIT_MS = {
  // Delays between sources.

  /** How far the list may lag behind push: it may not list a new call yet, or still list one that has ended. */
  listLag: 3_000,
  /** After `call_cdr`, which is stronger evidence, a PBX may list a session for even longer. */
  listedAfterEnd: 15_000,
  /** After the PBX returned a session ID, it may take a moment until the session is found. */
  notYetListed: 5_000,
  /**
   * How long after the end of a leg, or of a nameless ring, the next step of its session may follow. Until then the
   * ended leg is shown, and the ring is not decided.
   */
  nextStep: 2_000,
  /** How long a ringing phone waits for its session, if a source may still report it. */
  placeholderDelay: 800,
  /** Calls of colleagues are shown with this delay, many at once. */
  colleaguesDelay: 1_000,

  // Limits for calls that no source confirms.

  /** How long a ringing leg stays ringing without a confirmation. */
  unconfirmedRinging: 300_000,
  /** How long an answered call is kept without a confirmation. */
  unconfirmedCall: 12 * 3_600_000,
  /** After push reconnected, a session that neither push nor the list confirms within this time is over. */
  confirmWithPush: 10_000,
  /** The same after push was lost, or while only my phone can confirm the session. */
  confirmWithoutPush: 60_000,
  /**
   * A little more than the interval between polls. A call that ended in a longer gap counts as ended when the gap
   * began.
   */
  longPollGap: 90_000,

  // Clocks.

  /** Interval of the timer that applies these limits if nothing else happens. */
  beat: BEAT_MS,
  /** Smaller time differences are ignored, because clocks count whole seconds and responses take time. */
  noise: 3_000,
  /** Smaller changes of the clock difference are ignored, because an HTTP Date has whole seconds. */
  offsetNoise: 2_000,
  /** If the wall clock deviates by more than this from its expected time, it was set. */
  clockJump: 1_000,
  /** If `talking_time` differs from the age of the session by at most this, it counts from the session's start. */
  talkingTimeMatch: 2_000,
  /** Two legs answered within this time count as answered together. */
  answeredTogether: 2_000,

  // Intervals between polls of the list.

  /** While push reports calls, the list is polled only to check them. */
  checkInterval: 75_000,
  /** While a call rings me, and push may not say that it was answered. */
  checkIntervalRinging: 7_000,
  /** While push reports that I talk but not with whom, because only the list shows a transfer. */
  checkIntervalInCall: 15_000,

  // Calls placed here.

  /** How long a request without a response may still turn out to have placed a call. */
  unansweredRequest: 120_000,
  /** Maximum time between the acceptance of a call and the ring of my phone. */
  phoneRingsWithin: 15_000,
  /** Maximum time that a phone rings; after it, the call no longer counts as being placed. */
  placingRings: 180_000,
  /** If the end is noticed later than this, the duration is only a minimum. */
  noticedLate: 15_000,

  // The call history.

  /** The PBX writes an entry this long after the call has ended. */
  entryDelay: 1_500,
  /** Time between two requests for the entry of a call that has just ended. */
  historyRetry: 4_000,
  /** Maximum wait for that entry if the history does not respond or other requests go first. */
  historyWait: 20_000,
  /** How long to wait for the history entry of a call of which only the ringing phone was known. */
  namelessHistoryWait: 60_000,
  /** Maximum difference between the clock of the history and this computer's. */
  sameCallStart: 120_000,
  /** Maximum difference between an answer that the list showed and that of the entry. Polls may be this far apart. */
  sameAnswer: 10_000,
  /** A queue that offers a call to the same phone again does so within this time. */
  offeredAgain: 60_000,

  /** How long the ends of sessions, and idle phones, are remembered. */
  endsRemembered: 600_000,
  /** How long announced calls are remembered, because a restarted history repeats them. */
  announcedRemembered: 3_720_000,
} as const;

/** Maximum number of items that are kept. Beyond it the oldest are dropped, those of colleagues first. */
export const MAX_COUNT = {
  /** Sessions that only push reported. */
  pushed: 2_000,
  ends: 2_000,
  legs: 64,
  /** Finished placed calls. */
  placedCalls: 100,
  /** More often than a phone can become idle between two list responses. */
  idles: 20,
  /** Answered records of the history, against which an unanswered one of the same call is checked. */
  answeredRecords: 20,
  /** Processed entries of the history. */
  entries: 5_000,
  replaced: 50,
  /** Requests for the entry of a call that has just ended. */
  historyLookups: 2,
} as const;
