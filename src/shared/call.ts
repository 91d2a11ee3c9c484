import type { AppError } from './errors.ts';

/** The direction of a user's own call as the user sees it, and of a colleague's call as the company sees it. */
export type CallDirection = 'incoming' | 'outgoing' | 'internal' | 'unknown';

/** `unknown`: no source reports it reliably. */
export type CallState = 'ringing' | 'talking' | 'unknown';

export interface Party {
  /** The number as the PBX sent it; '' when missing. A caller may send any text, so show it as plain text only. */
  number: string;
  /** Display name, at most 1,024 characters; '' when unknown. A caller may send any text here, too. */
  name: string;
  /** The company of the person, if the directory or an imported contact names one. */
  company?: string;
  /** The number of people who share the phone number. Then there is no name, because nothing distinguishes them. */
  several?: number;
  /** The number has the form of an extension, but no source shows that it is one of this PBX. */
  external?: true;
  /** No contact has the number, so the name is the one that the caller or the network sent. */
  claimed?: true;
}

/** A live call session as the window lists it. */
export interface Call {
  /** The PBX's session id: opaque, one for all legs of a call. */
  id: string;
  mine: boolean;
  direction: CallDirection;
  state: CallState;
  caller: Party;
  callee: Party;
  /** The other party of the user's own call; the caller of a colleague's call. */
  other: Party;
  /** The queue, menu or group that a call for me came through; absent when it came to my phone directly. */
  via?: string;
  /** The number of the person who passed it on to me; absent if nobody did. */
  passedBy?: string;
  /** Trunk name; '' for internal calls. */
  trunk: string;
  /** When the session began, ms since 1970 on this computer's clock. */
  startedAt: number;
  /** When the current leg was answered, ms since 1970 on this computer's clock; null while it rings. */
  answeredAt: number | null;
  /** True when this program placed the call. */
  placedHere: boolean;
}

/** How current the list of calls is, and why. Times in ms since 1970. */
export type ListState =
  | { status: 'off' }
  | { status: 'starting' }
  | { status: 'live'; at: number }
  /** The list cannot be read. The window shows the calls as they were at `since`, and the next poll is at `retryAt`. */
  | { status: 'stale'; since: number | null; retryAt: number; error: AppError }
  | { status: 'forbidden'; error: AppError };

/**
 * The source of the calls. `sessions`: the session list. `push`: only push, because the list is refused. `history`: the
 * state of the user's own phone and the call history, because push does not work either. `none`: no source yet.
 */
export type CallSource = 'sessions' | 'push' | 'history' | 'none';

export type PushTopic = 'extension_events' | 'cdr_events';

/** The source of the calls, and whether push works. */
export interface Listening {
  source: CallSource;
  /**
   * `off`: there are no credentials for push. `waiting`: the connection failed and is retried later. `refused`: the
   * connection is not retried before something changes. `missing`: this server has no push.
   */
  push: 'off' | 'connecting' | 'listening' | 'waiting' | 'refused' | 'missing';
  /** The topics that are subscribed to; empty while push is not connected. */
  topics: readonly PushTopic[];
  /** Why a better source is not available; null when everything works. */
  error: AppError | null;
}

export const NOT_LISTENING: Listening = { source: 'none', push: 'off', topics: [], error: null };

/**
 * The user's own part of a call that ended or was passed on. The history keeps it, even if the call then ended otherwise,
 * for example unanswered by the next person.
 */
export interface OwnTalk {
  /** The call when the user's part ended. */
  call: Call;
  /** Talking time in seconds; null when it is not known. */
  seconds: number | null;
  /** The number that the user passed it on to; absent if nothing shows that. */
  passedTo?: string;
}

/** A change of a call; `call` is the call after the change. */
export type CallEvent =
  | { type: 'appeared'; call: Call }
  /**
   * The call rings for the user. `transferred`: a person passed it on. `via`: the queue, menu or group that it came
   * through. `insteadOf`: the id under which the same ring was announced before its session was known.
   */
  | { type: 'for-me'; call: Call; transferred: boolean; via?: string; insteadOf?: string }
  | { type: 'answered'; call: Call }
  /** The other party changed, or the session of a ring without a name became known. */
  | { type: 'moved'; call: Call }
  /**
   * `talk`: the user talked, even if they passed the call on. `mayBeAnswered`: the call may have been answered, because
   * no source would have shown it.
   */
  | { type: 'ended'; call: Call; at: number; talk?: OwnTalk; mayBeAnswered?: true }
  | { type: 'missed'; call: Call; at: number }
  /** The history lists a call of the user that no other source showed, or adds details to one that ended. */
  | { type: 'recorded'; call: Call; at: number; outcome: RecordedOutcome; seconds: number | null };

/** `missed`: only of a call that was announced as missed before, without its number. */
export type RecordedOutcome = 'connected' | 'declined' | 'unanswered' | 'missed';
