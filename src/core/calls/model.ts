import type { Call } from '../../shared/call.ts';
import type { PlacedCall } from '../../shared/dial.ts';
import type { PbxCdr, PbxSession } from '../pbx/types.ts';
import { OwnPhones } from './own-numbers.ts';

/** When something was asked or said. `seq` is the order of facts, which no clock can turn round; `at` is monotonic ms. */
export interface Stamp {
  seq: number;
  at: number;
}

/** `unknown`: the PBX does not say, or what it says proves nothing. */
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
  /** What says so: an event outranks the list, which may be late. */
  answeredBy: 'event' | 'list' | null;
  /** Since when a source says that it rings, and not only that it was offered the call; monotonic ms, null before. */
  rangAt: number | null;
  /** It rings after it had been answered: the call came back. */
  again: boolean;
  /** It was refused: before it rang, or by the one who was called. Monotonic ms. */
  failedAt: number | null;
  /** It stands for the one who is called until legs are known. */
  placeholder: 'first' | 'moved' | null;
  /** Push names phones one by one: a person's, where a queue or a menu is none. */
  target: boolean;
  /** Phones of one number that ring; push tells of each, none by name. */
  devices: number;
  over: Stamp | null;
  /** The last event of push about it. */
  event: Stamp | null;
  /** The PBX's time of that event, ms since 1970. */
  at: number | null;
  /** The list has shown it. */
  listed: boolean;
  /** The list shows it while my phone is idle: it counts when the phone rings, or the next list still shows it. */
  held: boolean;
}

/** How a ring reached me. */
export interface RingPath {
  transferred: boolean;
  /** Number of the queue, menu or group that it came through; ''. */
  via: string;
}

/** What is known of one session, from all sources. Times in monotonic ms unless said otherwise. */
export interface Session {
  id: string;
  legs: readonly Leg[];
  caller: string;
  callerName: string;
  /** Who is called, as push told last. */
  callee: string;
  /** ms since 1970 on the PBX's clock. */
  startedAt: number | null;
  /** False while only the end of something was told of it. */
  began: boolean;
  /** One of my phones was on it at some time. */
  concernsMe: boolean;
  /** The last list, or look at this session, showed it. */
  inList: boolean;
  everListed: boolean;
  /** A list that could not be read as a whole did not show it: that is believed once. */
  missingOnce: boolean;
  /** When push told of it last; seq 0 when never. */
  heard: Stamp;
  /** Over unless it is confirmed until then; null while the sources can be trusted. */
  confirmBy: number | null;
  /** Number of the fact that told of it first. */
  since: number;
  /** The listed session that `legs` says nothing beyond; null when there is more to know. */
  plain: PbxSession | null;
  /** `key` of the call placed here that this is, or is taken for. */
  placing: string | null;
  /** It stands for a call of which only my phone's state is known. */
  nameless: { rang: boolean; certain: boolean } | null;

  // Derived by `view.ts` from the above.

  /** null while there is nothing to show. */
  call: Call | null;
  /** Of the leg that speaks for the call. */
  legKey: string;
  /** When it was first seen to have begun: later corrections do not move it in the list. */
  sortAt: number;
  /** It was there when the program first looked: listed, not announced. */
  quiet: boolean;
  /** Number of the fact by which it began to be shown. */
  bornAt: number;
  withMe: boolean;
  /** A leg to me is there and has been dealt with. */
  atMe: boolean;
  rings: number;
  ring: RingPath;
  answers: number;
  /** Keys of the legs whose answer counts among `answers`. */
  told: readonly string[];
  /** The call when it last rang me; null before. */
  rangMe: Call | null;
  /** A leg to me was there of which the PBX does not say whether it rings. */
  mayHaveRung: boolean;
  answeredByMe: boolean;
  answeredElsewhere: boolean;
  /** Keys of the legs answered when it began to ring me: their talking is no answer to that. */
  answeredBefore: readonly string[];
  /** Legs of others that were answered, in order. `by`: `person` rang first; `machine`, a queue or a menu, answered at once. */
  answered: readonly { key: string; callee: string; by: 'person' | 'machine' | 'unknown' }[];
  /** My own talk: the call as it was then, and from when to when. */
  talk: { call: Call; from: number | null; until: number | null } | null;
}

/** What is known of one of my phones, apart from sessions. Monotonic ms. */
export interface Phone {
  /** Normalised number. */
  extension: string;
  activity: 'idle' | 'ringing' | 'on-call' | 'unknown';
  /** Of the session that stands for its call while none is known by name; another one for each call. */
  id: string;
  /** Since when it rings, or is on a call; when it became idle. */
  since: number;
  answeredAt: number | null;
  rang: boolean;
  /** The source tells ringing from talking. */
  certain: boolean;
  /** Its call is known by name, or was: nothing needs to stand for it. */
  covered: boolean;
  /** `key` of the call placed here that it rings for. */
  placing: string | null;
  /** The last times that it was said to have no call. `told`: ms since 1970 on the PBX's clock. */
  idles: readonly { seq: number; at: number; told: number | null }[];
  heardAt: number;
  confirmBy: number | null;
}

/** What `call_cdr` or the call history says of an end. ms since 1970 on the PBX's clock. */
export interface EndRecord {
  caller: string;
  callee: string;
  answeredAt: number | null;
  endedAt: number | null;
  /** As the PBX writes it: compare by prefix and without case. */
  endReason: string;
  /** SIP status; 0 is a normal end; null when missing. */
  statusCode: number | null;
  /** `answered`, `noanswer` or `fail`, where the PBX says so; ''. */
  callStatus: string;
}

/** A session that is over. */
export interface Ended {
  stamp: Stamp;
  /**
   * `record`: call_cdr. `gone`: it was not listed any more. `phone`: my phone is idle. `silent`: nobody confirmed it.
   * `here`: it was placed here, and ended or given up here.
   */
  by: 'record' | 'gone' | 'phone' | 'silent' | 'here';
  record: EndRecord | null;
  /** ms since 1970 on the PBX's clock; null when not known. */
  pbxTime: number | null;
  /** As it was last; null where nothing of it was shown. */
  last: Session | null;
  /** When it ended, as far as is known, monotonic ms. */
  endedAt: number;
}

/** A call that this program asked the PBX to place. */
export interface Placing {
  call: PlacedCall;
  /** The phone that is rung first. */
  phone: string;
  status: 'asking' | 'accepted' | 'unanswered' | 'over';
  /** Until then a session that looks like it is taken for it, monotonic ms. */
  until: number;
  /** Until then my phone may begin to ring for it. */
  ringsUntil: number;
  /** When the PBX gave its id. */
  acceptedAt: number | null;
  /** The session taken for it while the PBX has not named it. */
  claimed: string | null;
  /** My phone's own state was taken for it: when it rings again, that is for another reason. */
  phoneTold: boolean;
  /** My phone was picked up for it. */
  phoneUp: boolean;
  connectedAt: number | null;
  /** What its legs showed last of my phone. */
  phoneSeen: 'absent' | 'ringing' | 'answered' | 'unknown';
  /** All of its legs rang when it was seen last. */
  onlyRang: boolean;
  /** When a source confirmed it last. */
  seenAt: number;
  /** When its step changed last. */
  steppedAt: number;
  /** The earliest start of its legs, ms since 1970 on the PBX's clock. */
  begun: number | null;
  /** Number of the fact that began it: sessions that were there before are none of it. */
  since: number;
}

/** A call that is over, and of which the history may know more or the same. */
export interface Pending {
  call: Call;
  /** ms since 1970. */
  at: number;
  /** When it ended here, monotonic ms. */
  since: number;
  /** Only an entry that says so makes it missed: no source could tell that it rang. */
  needsProof: boolean;
  /** How often an entry was looked for. */
  looks: number;
}

/** What the history, or the lack of it, has decided. */
export type Decided = { seq: number; call: Call; at: number } & (
  { type: 'missed' } | { type: 'recorded'; outcome: 'connected' | 'declined'; seconds: number | null }
);

/** What of the call history has been dealt with. */
export interface HistoryState {
  /** Entries dealt with, or of a time before anybody listened. */
  known: ReadonlySet<string>;
  /** The first answer was taken: what comes from now on is new. */
  begun: boolean;
  /** Calls that rang me, and were not answered as far as is known: the history says whether, or who it was. */
  waiting: readonly Pending[];
  /** My calls that were announced or recorded by name, which the history will hold again. */
  announced: readonly Pending[];
  /** Entries that somebody answered lately: an entry of the same call that nobody did is none of a missed one. */
  answered: readonly PbxCdr[];
  decided: readonly Decided[];
  /** The history may be asked for. */
  readable: boolean;
}

/** Everything known of calls. Changed by `reduce` alone. */
export interface Model {
  seq: number;
  sessions: ReadonlyMap<string, Session>;
  ended: ReadonlyMap<string, Ended>;
  phones: ReadonlyMap<string, Phone>;
  placings: ReadonlyMap<string, Placing>;
  history: HistoryState;
  /** Sessions that stood for one that is known by its own id now. */
  replaced: ReadonlyMap<string, string>;
  own: OwnPhones;
  /** Push is there: what it does not tell has not happened. */
  listening: boolean;
  /** The last answer of the list; null while there is none, or it is refused. */
  list: { asked: Stamp; at: number } | null;
  /** The PBX refuses the list: it confirms nothing. */
  refused: boolean;
  /** Since when push cannot be trusted alone, monotonic ms. */
  doubtedAt: number;
  /** When what is known was surely so, and until when silence proves nothing: Infinity until something is confirmed. */
  surely: { at: number; doubtUntil: number };
  /** Monotonic time minus the PBX's clock, in ms; null while the PBX never told its time. */
  offset: number | null;
  /** Wall time minus monotonic time, in ms. */
  epoch: number;
  /** Whether `talking_time` counts from the answer of a leg or from the start of its session. */
  talkingTime: 'unproven' | 'of-leg' | 'of-session';
}

export const NOTHING_KNOWN: Model = {
  seq: 0,
  sessions: new Map(),
  ended: new Map(),
  phones: new Map(),
  placings: new Map(),
  history: { known: new Set(), begun: false, waiting: [], announced: [], answered: [], decided: [], readable: true },
  replaced: new Map(),
  own: new OwnPhones({ extension: '', numbers: [] }),
  listening: false,
  list: null,
  refused: false,
  doubtedAt: -Infinity,
  surely: { at: 0, doubtUntil: Infinity },
  offset: null,
  epoch: 0,
  talkingTime: 'unproven',
};

const NEVER: Stamp = { seq: 0, at: -Infinity };

/** A session of which nothing is known yet. */
export const NEW_SESSION: Session = {
  id: '',
  legs: [],
  caller: '',
  callerName: '',
  callee: '',
  startedAt: null,
  began: false,
  concernsMe: false,
  inList: false,
  everListed: false,
  missingOnce: false,
  heard: NEVER,
  confirmBy: null,
  since: 0,
  plain: null,
  placing: null,
  nameless: null,
  call: null,
  legKey: '',
  sortAt: 0,
  quiet: false,
  bornAt: 0,
  withMe: false,
  atMe: false,
  rings: 0,
  ring: { transferred: false, via: '' },
  answers: 0,
  told: [],
  rangMe: null,
  mayHaveRung: false,
  answeredByMe: false,
  answeredElsewhere: false,
  answeredBefore: [],
  answered: [],
  talk: null,
};

const NAMELESS = 'push:';

/** Does this session stand for a call of which nothing is known but that it is mine? The PBX knows no such id. */
export function isNameless(sessionId: string): boolean {
  return sessionId.startsWith(NAMELESS);
}

export function namelessId(extension: string, { seq, at }: Stamp): string {
  return `${NAMELESS}${extension}:${Math.round(at)}:${seq}`;
}
