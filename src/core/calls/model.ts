import type { Call, RecordedOutcome } from '../../shared/call.ts';
import type { PlacedCall } from '../../shared/dial.ts';
import type { PushDirection } from '../pbx/push/types.ts';
import type { EndRecord } from '../pbx/records.ts';
import type { PbxCdr, PbxSession } from '../pbx/types.ts';
import { LayeredMap } from '../layered-map.ts';
import { OwnPhones } from '../numbers/own-numbers.ts';
import { Sessions, type Resting } from '../sessions.ts';

/** When data was requested or reported. `seq` is the order of facts, independent of clocks; `at` is monotonic ms. */
export interface EvidenceStamp {
  seq: number;
  at: number;
}

/** `unknown`: the PBX does not report the state, or its data proves none. */
export type LegState = 'ringing' | 'talking' | 'unknown';

/** One caller and one callee within a session. */
export interface Leg {
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
  state: LegState;
  /** Monotonic ms. */
  answeredAt: number | null;
  /** The source of the answer. A list does not take back an answer that an event reported. */
  answeredBy: 'event' | 'list' | null;
  /** When push reported that it was offered the call; monotonic ms, null if it did not. */
  offeredAt: number | null;
  /** When a source first reported that it rings, not only that it was offered the call; monotonic ms, null before. */
  rangAt: number | null;
  /** Where the talking time that the list shows was 0, in monotonic ms; null if it shows none. */
  countedFrom: number | null;
  /** It rings again after it was answered: the call returned to it. */
  again: boolean;
  /** When the leg was refused, before it rang or by the callee. Monotonic ms. */
  failedAt: number | null;
  /** The leg was made from the callee of the session, until real legs are known. */
  placeholder: 'first' | 'moved' | null;
  /** Push reported it as a target, so it is a phone and not a queue or a menu. */
  target: boolean;
  /** Number of ringing devices with this number; push reports each of them, without a name. */
  devices: number;
  over: EvidenceStamp | null;
  /** The last event of push about it. */
  event: EvidenceStamp | null;
  /** The PBX's time of that event, ms since 1970. */
  at: number | null;
  /** The list has shown it. */
  listed: boolean;
  /** The list shows it while my phone is idle: it counts when the phone rings, or the next list still shows it. */
  held: boolean;
}

/** The way by which a call reached me. */
export interface RingPath {
  transferred: boolean;
  /** Number of the queue, menu or group that it came through; '' if none. */
  via: string;
}

/** One session as all sources together describe it. Times in monotonic ms unless stated otherwise. */
export interface Session {
  id: string;
  legs: readonly Leg[];
  caller: string;
  callerName: string;
  /** The callee that push reported last. */
  callee: string;
  /** As push reported it last; null before. */
  direction: PushDirection | null;
  /** ms since 1970 on the PBX's clock. */
  startedAt: number | null;
  /** False while only the end of something was reported. */
  began: boolean;
  /** One of my phones was on it at some time. */
  wasMine: boolean;
  /** The last list, or the last poll of this session, showed it. */
  inList: boolean;
  everListed: boolean;
  /**
   * It was missing from a list with unreadable entries: when the list before was applied, monotonic ms; else null. If it
   * is missing a second time, it is over.
   */
  missingSince: number | null;
  /** When push last reported it; seq 0 if never. */
  reported: EvidenceStamp;
  /** The session counts as over if no source confirms it by then; null while no confirmation is needed. */
  confirmBy: number | null;
  /** Number of the fact that reported it first. */
  since: number;
  /** The list row that `legs` was read from, if no other source added anything; else null. */
  unmodifiedListRow: PbxSession | null;
  /** `key` of the placed call that this session is, or is matched to. */
  placedCallKey: string | null;
  /** Set if this is a placeholder for a call of which only my phone's state is known. */
  placeholder: { rang: boolean; certain: boolean } | null;

  // Derived by `view.ts` from the above.

  /** null while the session is not shown. */
  call: Call | null;
  /** Key of the leg that is shown as the call. */
  legKey: string;
  /** The start time that was known first. Later corrections do not move the call in the list. */
  sortAt: number;
  /** It was in the first list, so it is shown but not announced. */
  quiet: boolean;
  /** `seq` of the fact with which it was first shown. */
  bornAt: number;
  answers: number;
  /** Keys of the legs whose answer counts among `answers`. */
  counted: readonly string[];
  /** Legs of others that were answered, in order. `by`: `person` rang first; `machine`, a queue or a menu, answered at once. */
  answered: readonly { key: string; callee: string; by: 'person' | 'machine' | 'unknown' }[];
  me: MyPart;
}

export type RestingSession = Resting<Session>;

/** What a session has to do with my phones. */
export interface MyPart {
  /** One of my phones is on it. */
  present: boolean;
  /** It has a leg to me that was already counted as a ring. */
  hasLeg: boolean;
  rings: number;
  /** The way of the last ring. */
  path: RingPath;
  /** The call when it last rang me; null before. */
  rang: Call | null;
  /** It had a leg to me of which the PBX did not report whether it rings. */
  mayHaveRung: boolean;
  answered: boolean;
  answeredElsewhere: boolean;
  /** Keys of the legs that were already answered when it began to ring me, so they do not count as an answer to that ring. */
  answeredBefore: readonly string[];
  /** My own conversation: the call at that time, its start and its end. `byEvent`: an event reported the start. */
  talk: { call: Call; from: number | null; until: number | null; byEvent: boolean } | null;
}

/** The state of one of my phones, apart from sessions. Times in monotonic ms. */
export interface Phone {
  /** Normalised number. */
  extension: string;
  activity: 'idle' | 'ringing' | 'on-call' | 'unknown';
  /** ID of the placeholder session for its call; a new one for each call. */
  id: string;
  /** When its current activity began. */
  since: number;
  answeredAt: number | null;
  rang: boolean;
  /** The source distinguishes ringing from talking. */
  certain: boolean;
  /** The session of its call is or was known, so it needs no placeholder. */
  hasKnownSession: boolean;
  /** `key` of the placed call that it rings for. */
  placedCallKey: string | null;
  /** The last times that it was reported idle. `pbxTime`: ms since 1970 on the PBX's clock. */
  idles: readonly { seq: number; at: number; pbxTime: number | null }[];
  reportedAt: number;
  confirmBy: number | null;
}

/** A session that is over. */
export interface Ended {
  stamp: EvidenceStamp;
  /**
   * `record`: call_cdr. `gone`: it was not listed any more. `phone`: my phone is idle. `timed-out`: nobody confirmed it.
   * `ended-locally`: it was placed here, and ended or given up here.
   */
  by: 'record' | 'gone' | 'phone' | 'timed-out' | 'ended-locally';
  record: EndRecord | null;
  /** ms since 1970 on the PBX's clock; null when not known. */
  pbxTime: number | null;
  /** Its last state; null if it was never shown. */
  last: Session | null;
  /** Best estimate of its end, in monotonic ms. */
  endedAt: number;
  /** It may have been answered without our seeing it. */
  unseen: boolean;
}

/** The state of a call that this program asked the PBX to place. */
export interface PlacedCallState {
  call: PlacedCall;
  /** The phone that rings first. */
  phone: string;
  status: 'asking' | 'accepted' | 'unanswered' | 'over';
  /** Until then a session that looks like it is matched to it, monotonic ms. */
  until: number;
  /** Until then my phone may begin to ring for it. */
  ringsUntil: number;
  /** When the PBX returned the session ID. */
  acceptedAt: number | null;
  /** The session matched to it until the PBX returns the session ID. */
  matchedSessionId: string | null;
  /** My phone's state was already used for it, so the next ring of the phone has another reason. */
  phoneReported: boolean;
  /** My phone was picked up for it. */
  phoneAnswered: boolean;
  connectedAt: number | null;
  /** The state of my phone that its legs last showed. */
  phoneSeen: 'absent' | 'ringing' | 'answered' | 'unknown';
  /** All of its legs were ringing when it was last seen. */
  onlyRang: boolean;
  /** When a source last confirmed it. */
  seenAt: number;
  /** When its step last changed. */
  steppedAt: number;
  /** The earliest start of its legs, ms since 1970 on the PBX's clock. */
  earliestStartAt: number | null;
  /** `seq` of the fact that requested it. Older sessions cannot be its call. */
  since: number;
}

/** An ended call that the history may hold, with more details or the same. */
export interface Pending {
  call: Call;
  /** ms since 1970. */
  at: number;
  /** When we noticed its end, monotonic ms. */
  since: number;
  /** Maximum wait for its history entry, or for its session, in ms. */
  maxWaitMs: number;
  /** No source could show that it rang, so only a history entry can make it a missed call. */
  needsProof: boolean;
  /** Number of history responses that were searched for its entry. */
  lookups: number;
}

/** An outcome that was decided by the history, or by the lack of an entry. */
export type Decided = { seq: number; call: Call; at: number } & (
  { type: 'missed' } | { type: 'recorded'; outcome: RecordedOutcome; seconds: number | null }
);

/** The state of processing the call history. */
export interface HistoryState {
  /** IDs of entries that were processed, or that are older than the sign-in. */
  known: ReadonlySet<string>;
  /** The first response was processed, so entries in later ones are new. */
  begun: boolean;
  /** Calls that rang me and seem unanswered. The history will show whether they were, or who called. */
  waiting: readonly Pending[];
  /** My calls that were already announced or recorded; the history will hold them too. */
  announced: readonly Pending[];
  /** Recent answered entries. An unanswered entry of the same call does not make it a missed call. */
  answered: readonly PbxCdr[];
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
  replaced: LayeredMap<{ by: string }>;
  own: OwnPhones;
  /** Push is connected, so an event that it does not report has not happened. */
  listening: boolean;
  /** The last list response and its number of sessions; null before the first one, or while the list is refused. */
  list: { asked: EvidenceStamp; at: number; listed: number } | null;
  /** The PBX refuses the list, so the list confirms nothing. */
  refused: boolean;
  /** When push last connected or disconnected; a list requested before cannot confirm what push missed. Monotonic ms. */
  uncertainSince: number;
  /**
   * When the model was last known to be true, and until when the lack of events proves nothing: a time in monotonic ms,
   * UNTIL_CONFIRMED or NOT_UNCERTAIN.
   */
  verified: { at: number; uncertainUntil: number };
  /** Monotonic time minus the PBX's clock, in ms; null while the PBX never sent its time. */
  offset: number | null;
  /** Wall time minus monotonic time, in ms. */
  epoch: number;
  /** Whether `talking_time` counts from the answer of a leg or from the start of its session. */
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
  history: { known: new Set(), begun: false, waiting: [], announced: [], answered: [], decided: [], readable: true },
  replaced: new LayeredMap(),
  own: new OwnPhones({ extension: '', numbers: [] }),
  listening: false,
  list: null,
  refused: false,
  uncertainSince: -Infinity,
  verified: { at: 0, uncertainUntil: UNTIL_CONFIRMED },
  offset: null,
  epoch: 0,
  talkingTime: 'unproven',
};

const NEVER: EvidenceStamp = { seq: 0, at: -Infinity };

/** Of a session that has nothing to do with my phones. */
export const NO_PART: MyPart = {
  present: false,
  hasLeg: false,
  rings: 0,
  path: { transferred: false, via: '' },
  rang: null,
  mayHaveRung: false,
  answered: false,
  answeredElsewhere: false,
  answeredBefore: [],
  talk: null,
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
  began: false,
  wasMine: false,
  inList: false,
  everListed: false,
  missingSince: null,
  reported: NEVER,
  confirmBy: null,
  since: 0,
  unmodifiedListRow: null,
  placedCallKey: null,
  placeholder: null,
  call: null,
  legKey: '',
  sortAt: 0,
  quiet: false,
  bornAt: 0,
  answers: 0,
  counted: [],
  answered: [],
  me: NO_PART,
};

const NAMELESS = 'push:';

/** Whether this is the ID of a placeholder session, which the PBX does not know. */
export function isPlaceholderId(sessionId: string): boolean {
  return sessionId.startsWith(NAMELESS);
}

export function placeholderId(extension: string, { seq, at }: EvidenceStamp): string {
  return `${NAMELESS}${extension}:${Math.round(at)}:${seq}`;
}
