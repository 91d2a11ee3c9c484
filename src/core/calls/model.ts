import type { Call, RecordedOutcome } from '../../shared/call.ts';
import type { PlacedCall } from '../../shared/dial.ts';
import type { PushDirection } from '../pbx/push/types.ts';
import type { EndRecord } from '../pbx/records.ts';
import type { PbxCdr, PbxSession } from '../pbx/types.ts';
import { LayeredMap } from '../layered-map.ts';
import { OwnPhones } from '../numbers/own-numbers.ts';
import { Sessions, type Resting } from '../sessions.ts';

/** When data was requested or reported. `seq`: the number of the fact, for their order. `at`: monotonic ms. */
export interface FactStamp {
  seq: number;
  at: number;
}

/** `unknown`: the PBX does not report the state, or its data proves none. */
export type LegState = 'ringing' | 'talking' | 'unknown';

/** The two ends of a leg, as the PBX writes them. */
export interface LegEnds {
  /** `from > to`: the same leg has the same key in every source. */
  key: string;
  /** Normalised numbers. */
  from: string;
  to: string;
  caller: string;
  callerName: string;
  callee: string;
  trunk: string;
  /** ms since 1970 on the PBX's clock. */
  startedAt: number | null;
  toMe: boolean;
  fromMe: boolean;
}

/** What a leg does. Times in monotonic ms. */
export interface LegProgress {
  state: LegState;
  answeredAt: number | null;
  /** The source of the answer. A list does not take back an answer that an event reported. */
  answeredBy: 'event' | 'list' | null;
  /** When a source first reported that the phone rings, which is more than being offered the call. */
  rangAt: number | null;
  /** When the talking time in the list was 0: the answer, or the start of the session. null if the list shows none. */
  countedFrom: number | null;
}

/**
 * One caller and one callee within a session. `FactStamp | null` and times are null if it did not happen so far.
 */
export interface Leg extends LegEnds, LegProgress {
  /** When it ended. */
  end: FactStamp | null;

  // From push.

  /** When it last reported an event about the leg. */
  eventStamp: FactStamp | null;
  /** When that event happened, ms since 1970 on the PBX's clock. */
  at: number | null;
  /** When it reported that the phone was offered the call; monotonic ms. */
  offeredAt: number | null;
  /** When the phone refused the call: by itself before it rang, or because the user declined. Monotonic ms. */
  failedAt: number | null;
  /** It rings again after it was answered: the call returned to it. */
  ringsAgain: boolean;
  /** It was reported as a target (a phone that is offered the call), so it is no queue and no menu. */
  isTarget: boolean;
  /** Number of ringing devices with this number; push reports each of them, without a name. */
  deviceCount: number;
  /**
   * Not null if no source has reported this leg: it is assumed because push named a callee of the session. `first`: its
   * first callee; `moved`: a later one.
   */
  assumed: 'first' | 'moved' | null;

  // From the list.

  /** The list has shown it. */
  wasListed: boolean;
  /** The list shows it while my phone is idle. It counts once the phone rings or the next list still shows it. */
  withheld: boolean;
}

/** How a call reached my phone. */
export interface RingPath {
  transferred: boolean;
  /** Number of the person who passed it on; '' if none. */
  by: string;
  /** Number of the queue, menu or group that it came through; '' if none. */
  via: string;
}

/** What the sources have reported of a session. Times in monotonic ms unless stated otherwise. */
interface ReportedSession {
  id: string;
  legs: readonly Leg[];
  /** `seq` of the fact that reported it first. */
  firstReportedSeq: number;
  /** The session counts as over if no source confirms it by then; null while no confirmation is needed. */
  confirmBy: number | null;

  // From push.

  caller: string;
  callerName: string;
  /** The callee that push reported last. */
  callee: string;
  /** The direction that push reported last; null before. */
  direction: PushDirection | null;
  /** ms since 1970 on the PBX's clock. */
  startedAt: number | null;
  /** False while push has reported only that a leg ended. */
  hasBegun: boolean;
  /** When push last reported it; seq 0 if never. */
  lastPush: FactStamp;

  // From the list.

  /** The last list, or the last poll of this session, showed it. */
  inList: boolean;
  everListed: boolean;
  /**
   * Set if it was missing from a list with unreadable entries: when the list before that one was applied, monotonic ms.
   * If it is missing a second time, it is over.
   */
  missingSince: number | null;
  /** The list row that `legs` was read from, if no other source added anything; else null. */
  unmodifiedListRow: PbxSession | null;

  // From the state of my phone, and from here.

  /**
   * Set if this session is a placeholder: only the state of my phone is known of its call. `beganRinging`: the phone
   * rang; otherwise it was used to dial. `isCertain`: see Phone.
   */
  placeholder: { beganRinging: boolean; isCertain: boolean } | null;
  /** `key` of the placed call that this session is, or is matched to. */
  placedCallKey: string | null;
}

/** What `view.ts` derives from that. */
interface SessionView {
  /** null while the session is not shown. */
  call: Call | null;
  /** Key of the leg that is shown as the call. */
  legKey: string;
  /** The start time that was known first. Later corrections do not move the call in the list. */
  sortAt: number;
  /** It was part of the first list or status after the sign-in, so it is shown but not announced. */
  unannounced: boolean;
  /** `seq` of the fact with which it was first shown. */
  firstShownSeq: number;
  /** One of my phones was on it at some time. */
  wasMine: boolean;
  /** How often a leg that the call shows was answered. */
  answerCount: number;
  /** Keys of the legs whose answers `answerCount` includes. */
  countedAnswers: readonly string[];
  /**
   * The answered legs to others, in the order of their answers. `by`: a `person` let the phone ring first; a `machine`
   * (a queue or a menu) answered at once.
   */
  othersAnswered: readonly { key: string; callee: string; by: 'person' | 'machine' | 'unknown' }[];
  myPart: MyPart;
}

/** One session as all sources together describe it. */
export interface Session extends ReportedSession, SessionView {}

export type RestingSession = Resting<Session>;

/** What a session has to do with my phones. */
export interface MyPart {
  /** One of my phones is on it. */
  present: boolean;
  /** It has a leg to me that was already counted as a ring. */
  hasLeg: boolean;
  /** How often it began to ring one of my phones. */
  ringCount: number;
  /** How the call reached me at its last ring. */
  ringPath: RingPath;
  /** The call as it was when it last rang me; null before. */
  callAtRing: Call | null;
  /** Phones of others were offered the call, too, so one of them may have answered it. */
  offeredToOthers: boolean;
  /** It had a leg to me of which the PBX did not report whether it rings. */
  mayHaveRung: boolean;
  answeredByMe: boolean;
  /** Another phone answered it after it had begun to ring mine. */
  answeredElsewhere: boolean;
  /**
   * Keys of the legs that were already answered when it began to ring me, so they do not count as an answer to that
   * ring.
   */
  answeredBefore: readonly string[];
  /** My own conversation: the call at that time, its start and its end. `byEvent`: an event reported the start. */
  talk: { call: Call; from: number | null; until: number | null; byEvent: boolean } | null;
  /** The number that I passed it on to; '' if none. */
  passedTo: string;
}

/** The state of one of my phones, apart from sessions. Times in monotonic ms. */
export interface Phone {
  /** Normalised number. */
  extension: string;
  activity: 'idle' | 'ringing' | 'on-call' | 'unknown';
  /** The ID that a placeholder for its current call has, or would have. */
  callId: string;
  /** When its current activity began. */
  activitySince: number;
  answeredAt: number | null;
  /** It rang before it was on its current call; otherwise it was used to dial. */
  beganRinging: boolean;
  /** The source of its state distinguishes ringing from talking. */
  isCertain: boolean;
  /** The session of its call is or was known, so it needs no placeholder. */
  hasKnownSession: boolean;
  /** `key` of the placed call that it rings for. */
  placedCallKey: string | null;
  /** The last reports that it was idle. `pbxTime`: ms since 1970 on the PBX's clock. */
  idleReports: readonly { seq: number; at: number; pbxTime: number | null }[];
  reportedAt: number;
  confirmBy: number | null;
}

/** A session that is over. */
export interface Ended {
  stamp: FactStamp;
  /**
   * How we know that it is over. `record`: from its call_cdr. `gone`: the PBX does not list it any more. `phone`: my
   * phone became idle. `timed-out`: no source confirmed it in time, so its end is only assumed. `ended-locally`: it was
   * placed here, and was ended or given up here.
   */
  by: 'record' | 'gone' | 'phone' | 'timed-out' | 'ended-locally';
  record: EndRecord | null;
  /** ms since 1970 on the PBX's clock; null when not known. */
  pbxTime: number | null;
  /** Its last state; null if only its end was ever reported. */
  lastSession: Session | null;
  /** Best estimate of its end, in monotonic ms. */
  endedAt: number;
  /** No source could have shown that it was answered. */
  mayBeAnswered: boolean;
}

/** The state of a call that this program asked the PBX to place. */
export interface PlacedCallState {
  call: PlacedCall;
  /** The phone that rings first. */
  phone: string;
  status: 'requested' | 'accepted' | 'unanswered' | 'over';
  /** Until then a session that looks like its call is matched to it, monotonic ms. */
  matchUntil: number;
  /** Until then my phone may begin to ring for it. */
  phoneRingsUntil: number;
  /** When the PBX returned the session ID. */
  acceptedAt: number | null;
  /** The session matched to it until the PBX returns the session ID. */
  matchedSessionId: string | null;
  /** My phone's state was already used for it, so the next ring of the phone has another reason. */
  phoneStateUsed: boolean;
  /** My phone was picked up for it. */
  phoneAnswered: boolean;
  connectedAt: number | null;
  /** The state of my phone that its legs last showed. */
  phoneLegState: 'absent' | 'ringing' | 'answered' | 'unknown';
  /** All of its legs were ringing when it was last seen. */
  allLegsRang: boolean;
  /** When a source last confirmed it. */
  confirmedAt: number;
  /** When its step last changed. */
  lastStepAt: number;
  /** The earliest start of its legs, ms since 1970 on the PBX's clock. */
  earliestStartAt: number | null;
  /** `seq` of the fact that requested it. Older sessions cannot be its call. */
  requestSeq: number;
}

/** An ended call whose entry the call history has, or may still get. */
export interface PendingCall {
  call: Call;
  /** When it ended, ms since 1970. */
  at: number;
  /** When its end was noticed, monotonic ms. */
  noticedAt: number;
  /** How long it may wait for its entry in the history or, if it was a placeholder, for its session, in ms. */
  maxWaitMs: number;
  /**
   * What it counts as if no entry is found. `not-missed`: no source could show that it rang. `missed-if-unreadable`:
   * it may have been answered, by somebody else or before the PBX restarted, and a history that can be read then has no
   * entry of mine.
   */
  withoutEntry: 'missed' | 'missed-if-unreadable' | 'not-missed';
  /** Number of history responses that were searched for its entry. */
  lookups: number;
}

/** How a call ended. `missed` is announced, and `recorded` only goes to the history. `seconds`: how long I talked. */
export type Outcome = { type: 'missed' } | { type: 'recorded'; outcome: RecordedOutcome; seconds: number | null };

export function recorded(outcome: RecordedOutcome, seconds: number | null = null): Outcome {
  return { type: 'recorded', outcome, seconds };
}

/** A call whose outcome is certain now. `seq`: of the fact that decided it. `at`: when it ended, ms since 1970. */
export type Decided = Outcome & { seq: number; call: Call; at: number };

/** What was read from the call history, and which calls wait for their entries. */
export interface HistoryState {
  /** IDs of entries that were processed, or that are older than the sign-in. */
  processedIds: ReadonlySet<string>;
  /** The first response was processed, so all entries in later ones are new. */
  hasFirstResponse: boolean;
  /** Ended calls whose outcome, caller or duration only the history can show. */
  waiting: readonly PendingCall[];
  /** My calls that were already announced or recorded; the history will hold them too. */
  announced: readonly PendingCall[];
  /** Recent answered entries. An unanswered entry of the same call does not make it a missed call. */
  recentlyAnswered: readonly PbxCdr[];
  decided: readonly Decided[];
  /** The PBX lets us read the history. */
  readable: boolean;
}

/** All data about calls. Only `reduce` changes it. */
export interface Model {
  seq: number;
  sessions: Sessions<Session>;
  ended: LayeredMap<Ended>;
  phones: LayeredMap<Phone>;
  placedCalls: LayeredMap<PlacedCallState>;
  history: HistoryState;
  /** Placeholder sessions by ID, with the ID of the session that replaced each. */
  replacedPlaceholders: LayeredMap<{ by: string }>;
  own: OwnPhones;
  /** Push is connected, so what it does not report has not happened. */
  hasPush: boolean;
  /**
   * The last list response; null before the first one, and while the list is refused. `count`: its number of sessions.
   */
  lastList: { asOf: FactStamp; appliedAt: number; count: number } | null;
  /** The PBX refuses the list, so the list confirms nothing. */
  listRefused: boolean;
  /**
   * When push was last connected or lost, monotonic ms. A list requested before that cannot confirm what push missed.
   */
  pushChangedAt: number;
  /**
   * `at`: when the model was last known to be true, monotonic ms. `uncertainUntil`: until then the lack of events
   * proves nothing; a time in monotonic ms, UNTIL_CONFIRMED or NOT_UNCERTAIN.
   */
  verified: { at: number; uncertainUntil: number };
  /** What to add to a time of the PBX for monotonic time, in ms; null until the PBX has sent its time. */
  fromPbx: number | null;
  /** What to add to a monotonic time for wall time, in ms. */
  toWall: number;
  /** Whether `talking_time` counts from the answer of the leg or from the start of the session; see talking-time.ts. */
  talkingTime: 'unproven' | 'of-leg' | 'of-session';
}

/** Values of `verified.uncertainUntil` that are not times. */
export const UNTIL_CONFIRMED = Infinity;
export const NOT_UNCERTAIN = -Infinity;

export const EMPTY_MODEL: Model = {
  seq: 0,
  sessions: new Sessions(),
  ended: new LayeredMap(),
  phones: new LayeredMap(),
  placedCalls: new LayeredMap(),
  history: {
    processedIds: new Set(),
    hasFirstResponse: false,
    waiting: [],
    announced: [],
    recentlyAnswered: [],
    decided: [],
    readable: true,
  },
  replacedPlaceholders: new LayeredMap(),
  own: new OwnPhones({ extension: '', numbers: [] }),
  hasPush: false,
  lastList: null,
  listRefused: false,
  pushChangedAt: -Infinity,
  verified: { at: 0, uncertainUntil: UNTIL_CONFIRMED },
  fromPbx: null,
  toWall: 0,
  talkingTime: 'unproven',
};

const NEVER: FactStamp = { seq: 0, at: -Infinity };

/** Of a session that has nothing to do with my phones. */
export const NO_PART: MyPart = {
  present: false,
  hasLeg: false,
  ringCount: 0,
  ringPath: { transferred: false, by: '', via: '' },
  callAtRing: null,
  offeredToOthers: false,
  mayHaveRung: false,
  answeredByMe: false,
  answeredElsewhere: false,
  answeredBefore: [],
  talk: null,
  passedTo: '',
};

/** A session before its first data. */
export const EMPTY_SESSION: Session = {
  id: '',
  legs: [],
  caller: '',
  callerName: '',
  callee: '',
  direction: null,
  startedAt: null,
  hasBegun: false,
  wasMine: false,
  inList: false,
  everListed: false,
  missingSince: null,
  lastPush: NEVER,
  confirmBy: null,
  firstReportedSeq: 0,
  unmodifiedListRow: null,
  placedCallKey: null,
  placeholder: null,
  call: null,
  legKey: '',
  sortAt: 0,
  unannounced: false,
  firstShownSeq: 0,
  answerCount: 0,
  countedAnswers: [],
  othersAnswered: [],
  myPart: NO_PART,
};

const PLACEHOLDER_PREFIX = 'push:';

/** Whether this is the ID of a placeholder session, which the PBX does not know. */
export function isPlaceholderId(sessionId: string): boolean {
  return sessionId.startsWith(PLACEHOLDER_PREFIX);
}

export function placeholderId(extension: string, { seq, at }: FactStamp): string {
  return `${PLACEHOLDER_PREFIX}${extension}:${Math.round(at)}:${seq}`;
}
