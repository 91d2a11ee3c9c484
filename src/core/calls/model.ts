import type { Call, RecordedOutcome } from '../../shared/call.ts';
import type { PlacedCall } from '../../shared/dial.ts';
import type { PushDirection } from '../pbx/push/types.ts';
import type { EndRecord } from '../pbx/records.ts';
import type { PbxCdr, PbxSession } from '../pbx/types.ts';
import { LayeredMap } from '../layered-map.ts';
import { OwnPhones } from '../numbers/own-numbers.ts';
import { Sessions, type Resting } from '../sessions.ts';

/** When data was requested or reported. `seq`: running number of the fact; orders facts. `at`: monotonic ms. */
export interface FactStamp {
  seq: number;
  at: number;
}

/** `unknown`: the PBX does not report the state, or its data proves none. */
export type LegState = 'ringing' | 'talking' | 'unknown';

/** The two ends of a leg. */
export interface LegEnds {
  /** The string "<from> > <to>", equal for the same leg in every source. */
  key: string;
  /** Normalised number of the caller. */
  from: string;
  /** Normalised number of the callee. */
  to: string;

  // As the PBX writes them.

  caller: string;
  callerName: string;
  callee: string;
  trunk: string;

  /** ms since 1970 on the PBX's clock; null if no source reported it. */
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
  /**
   * Start of the list's talking-time counter, computed back from its value: the answer, or the start of the session.
   * null if the list shows no talking time.
   */
  countedFrom: number | null;
}

/**
 * One caller and one callee within a session. Stamps and times are null if the event has not happened yet.
 */
export interface Leg extends LegEnds, LegProgress {
  /** When the leg ended. */
  end: FactStamp | null;

  // From push.

  /** When push last reported an event about the leg. */
  eventStamp: FactStamp | null;
  /** When that event happened, ms since 1970 on the PBX's clock. */
  eventPbxTime: number | null;
  /** When push reported that the phone was offered the call; monotonic ms. */
  offeredAt: number | null;
  /** When the phone refused the call: by itself before it rang, or because the user declined. Monotonic ms. */
  refusedAt: number | null;
  /** The phone rings again after it answered this call, because the call returned to it. */
  ringsAgain: boolean;
  /** Push reported the callee as a target (a phone that is offered the call), so the callee is no queue and no menu. */
  isTarget: boolean;
  /** Number of ringing devices with this number; push reports each of them, without a name. */
  deviceCount: number;
  /**
   * Not null if no source has reported this leg: the leg is assumed because push named a callee of the session.
   * `first`: the first callee of the session; `moved`: a later one.
   */
  assumed: 'first' | 'moved' | null;

  // From the list.

  /** The list has shown the leg. */
  wasListed: boolean;
  /** Listed while my phone is idle; ignored until the phone rings or the next list repeats it. */
  awaitsConfirmation: boolean;
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
  /** `seq` of the fact that first reported the session. */
  firstReportedSeq: number;
  /** The session counts as over if no source confirms it by then; null while no confirmation is needed. */
  confirmBy: number | null;

  // From push.

  caller: string;
  callerName: string;
  /** The callee that push reported last. */
  callee: string;
  /** The direction that push reported last; null until then. */
  direction: PushDirection | null;
  /** ms since 1970 on the PBX's clock. */
  startedAt: number | null;
  /** False while push has reported only that a leg ended. */
  hasBegun: boolean;
  /** When push last reported the session; `seq` is 0 until then. */
  lastPush: FactStamp;

  // From the list.

  /** The last list, or the last response to GET /sessions/{id}, showed the session. */
  inList: boolean;
  everListed: boolean;
  /**
   * Not null if the session was missing from the last list, but that list had unreadable entries, and the session may
   * be one of them. The value is when the list before that was applied, monotonic ms. If the session is missing from
   * the next list, too, it is over.
   */
  missingSince: number | null;
  /** The list row that `legs` was read from, if no other source added anything; else null. */
  unmodifiedListRow: PbxSession | null;

  // From the state of my phone, and from calls placed by this program.

  /**
   * Set if this session is a placeholder: only the state of my phone is known of its call. `beganRinging`: the phone
   * rang; otherwise it was used to dial. `distinguishesRinging`: see Phone.
   */
  placeholder: { beganRinging: boolean; distinguishesRinging: boolean } | null;
  /** `key` of the placed call that this session is, or is matched to. */
  placedCallKey: string | null;
}

/** What `view.ts` derives from what the sources have reported. */
interface SessionView {
  /** null while the session is not shown. */
  call: Call | null;
  /** Key of the leg that is shown as the call. */
  legKey: string;
  /** The start time that was known first. Later corrections do not move the call in the list. */
  sortAt: number;
  /** The session was part of the first list or status after the sign-in, so it is shown but not announced. */
  unannounced: boolean;
  /** `seq` of the fact with which the session was first shown. */
  firstShownSeq: number;
  /** One of my phones was on the session at some time. */
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
  /** One of my phones is on the session. */
  present: boolean;
  /** The session has a leg to me that is already included in `ringCount`. */
  ringAlreadyCounted: boolean;
  /** How often the session began to ring one of my phones. */
  ringCount: number;
  /** How the call reached me at its last ring. */
  ringPath: RingPath;
  /** The call as it was when it last rang me; null until then. */
  callAtRing: Call | null;
  /** Phones of others were offered the call, too, so one of them may have answered it. */
  offeredToOthers: boolean;
  /** The session had a leg to me of which the PBX did not report whether it rings. */
  mayHaveRung: boolean;
  answeredByMe: boolean;
  /** Another phone answered the call after it had begun to ring mine. */
  answeredElsewhere: boolean;
  /**
   * Keys of the legs that were already answered when the call began to ring me, so they do not count as an answer to
   * that ring.
   */
  answeredBefore: readonly string[];
  /** My own conversation: the call at that time, its start and its end. `byEvent`: an event reported the start. */
  talk: { call: Call; from: number | null; until: number | null; byEvent: boolean } | null;
  /** The number that I passed the call on to; '' if none. */
  passedTo: string;
}

/** The state of one of my phones, apart from sessions. Times in monotonic ms. */
export interface Phone {
  /** Normalised number. */
  extension: string;
  activity: 'idle' | 'ringing' | 'on-call' | 'unknown';
  /** The ID that a placeholder for its current call has, or would have. */
  callId: string;
  /** When the current activity began. */
  activitySince: number;
  answeredAt: number | null;
  /** The phone rang before it was on its current call; otherwise it was used to dial. */
  beganRinging: boolean;
  /** The source of the state distinguishes a ringing phone from one on a call. */
  distinguishesRinging: boolean;
  /** The session of the current call is or was known, so the phone needs no placeholder. */
  hasKnownSession: boolean;
  /** `key` of the placed call that the phone rings for. */
  placedCallKey: string | null;
  /** The last reports that the phone was idle. `pbxTime`: ms since 1970 on the PBX's clock. */
  idleReports: readonly { seq: number; at: number; pbxTime: number | null }[];
  /** When a source last reported the state of the phone. */
  reportedAt: number;
  /** The phone is forgotten if no source confirms its state by then; null while no confirmation is needed. */
  confirmBy: number | null;
}

/** A session that is over. */
export interface Ended {
  stamp: FactStamp;
  /**
   * How we know that the session is over. `record`: from its call_cdr. `gone`: the PBX does not list it any more.
   * `phone`: my phone became idle. `timed-out`: no source confirmed the session in time, so its end is only assumed.
   * `ended-locally`: this program placed the call, and ended it or gave it up.
   */
  by: 'record' | 'gone' | 'phone' | 'timed-out' | 'ended-locally';
  record: EndRecord | null;
  /** ms since 1970 on the PBX's clock; null when not known. */
  pbxTime: number | null;
  /** The last state of the session; null if only its end was ever reported. */
  lastSession: Session | null;
  /** Best estimate of the end, in monotonic ms. */
  endedAt: number;
  /** The call may have been answered, and no source could have shown that. */
  mayBeAnswered: boolean;
}

/** The state of a call that this program asked the PBX to place. */
export interface PlacedCallState {
  call: PlacedCall;
  /** The phone that rings first. */
  phone: string;
  status: 'requested' | 'accepted' | 'unanswered' | 'over';
  /** Until then a session that looks like this call is matched to it, monotonic ms. */
  matchUntil: number;
  /** Until then my phone may begin to ring for this call, monotonic ms. */
  phoneRingsUntil: number;
  /** When the PBX returned the session ID, monotonic ms. */
  acceptedAt: number | null;
  /** The session that is matched to this call until the PBX returns the session ID. */
  matchedSessionId: string | null;
  /** A ring of my phone was already attributed to this call; the next ring belongs to another call. */
  phoneStateUsed: boolean;
  /** My phone was picked up for this call. */
  phoneAnswered: boolean;
  /** When the other side answered, monotonic ms. */
  connectedAt: number | null;
  /** The state of my phone that the legs of the call last showed. */
  phoneLegState: 'absent' | 'ringing' | 'answered' | 'unknown';
  /** All legs of the call were ringing when a source last showed them. */
  allLegsRang: boolean;
  /** When a source last confirmed the call, monotonic ms. */
  confirmedAt: number;
  /** When the step of the call last changed, monotonic ms. */
  lastStepAt: number;
  /** The earliest start of the legs, ms since 1970 on the PBX's clock. */
  earliestStartAt: number | null;
  /** `seq` of the fact that requested the call. Sessions reported before that cannot be this call. */
  requestSeq: number;
}

/** An ended call. */
export interface EndedCall {
  call: Call;
  /** When it ended, ms since 1970. */
  at: number;
  /** When its end was noticed, monotonic ms. */
  noticedAt: number;
}

/** An ended call that waits for its entry in the call history. */
export interface PendingCall extends EndedCall {
  /** How long it may wait for its entry or, if it was a placeholder, for its session, in ms. */
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
  announced: readonly EndedCall[];
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
  /**
   * Push is connected, so an event that it does not report has not happened, except until `verified.uncertainUntil`.
   */
  hasPush: boolean;
  /**
   * The last list response; null before the first one, and while the list is refused. `count`: its number of sessions.
   */
  lastList: { asOf: FactStamp; appliedAt: number; count: number } | null;
  /** The PBX refuses the list, so the list confirms nothing. */
  listRefused: boolean;
  /**
   * When push was last connected or lost, monotonic ms. A list requested earlier cannot confirm what push missed.
   */
  pushChangedAt: number;
  /**
   * `at`: when the model was last known to match the PBX, monotonic ms. `uncertainUntil`: until then the lack of events
   * proves nothing, because push was connected or may have been lost just now; monotonic ms, UNTIL_CONFIRMED or
   * NOT_UNCERTAIN.
   */
  verified: { at: number; uncertainUntil: number };
  /** Offset added to a time of the PBX's clock to get monotonic time, in ms; null until the PBX has sent its time. */
  pbxToMonotonicMs: number | null;
  /** Offset added to a monotonic time to get this computer's wall time, in ms. */
  monotonicToWallMs: number;
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
  pbxToMonotonicMs: null,
  monotonicToWallMs: 0,
  talkingTime: 'unproven',
};

const NEVER: FactStamp = { seq: 0, at: -Infinity };

/** The `myPart` of a session that has nothing to do with my phones. */
export const NO_PART: MyPart = {
  present: false,
  ringAlreadyCounted: false,
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

/** The history stores these IDs, so this text must not change, although not only push reports the state of a phone. */
const PLACEHOLDER_PREFIX = 'push:';

/** Whether this is the ID of a placeholder session, which the PBX does not know. */
export function isPlaceholderId(sessionId: string): boolean {
  return sessionId.startsWith(PLACEHOLDER_PREFIX);
}

export function placeholderId(extension: string, { seq, at }: FactStamp): string {
  return `${PLACEHOLDER_PREFIX}${extension}:${Math.round(at)}:${seq}`;
}
