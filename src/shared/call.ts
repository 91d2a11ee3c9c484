import type { AppError } from './errors.ts';

/** Seen from the user for their own calls, from the company for those of colleagues. */
export type CallDirection = 'incoming' | 'outgoing' | 'internal' | 'unknown';

/** `unknown`: no source reports it reliably. */
export type CallState = 'ringing' | 'talking' | 'unknown';

export interface Party {
  /** As received from the PBX; '' when missing. Hostile text: show as plain text only. */
  number: string;
  /** Display name; '' when unknown. Hostile text, at most 1,024 characters. */
  name: string;
  /** Of the person, where the directory or an imported contact names one. */
  company?: string;
  /** So many people share the number, and nothing distinguishes them; then there is no name. */
  several?: number;
  /** The number has the form of an extension, and no source shows that it is one of this PBX. */
  external?: true;
  /** Nobody is known by the number: the name is what the caller, or the network, sent. */
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
  /** The side that is not me; for colleagues' calls the caller. */
  other: Party;
  /** The queue, menu or group that a call for me came through; absent when it came to my phone directly. */
  via?: string;
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
  /** Calls stay on the screen as last seen at `since`; the next attempt is at `retryAt`. */
  | { status: 'stale'; since: number | null; retryAt: number; error: AppError }
  | { status: 'forbidden'; error: AppError };

/**
 * Where the calls come from. `sessions`: the session list. `push`: the list is refused. `history`: the state of the
 * user's own phone and the call history, because push does not work either. `none`: no source yet.
 */
export type CallSource = 'sessions' | 'push' | 'history' | 'none';

export type PushTopic = 'extension_events' | 'cdr_events';

/** Where the calls come from, and whether push works. */
export interface Listening {
  source: CallSource;
  /**
   * `off`: there is nothing to sign in to push with. `waiting`: the connection failed and is retried later.
   * `refused`: not retried before something changes. `missing`: this server has no push.
   */
  push: 'off' | 'connecting' | 'listening' | 'waiting' | 'refused' | 'missing';
  /** The topics that are subscribed to; empty while push is not connected. */
  topics: readonly PushTopic[];
  /** Why a better source is not available, and what an administrator can change; null when everything works. */
  error: AppError | null;
}

export const NOT_LISTENING: Listening = { source: 'none', push: 'off', topics: [], error: null };

/**
 * The user's own part of a call that ended or was passed on. The recent calls keep it, however the call ended later.
 */
export interface OwnTalk {
  /** The call when the user's part ended. */
  call: Call;
  /** In seconds; null when the PBX does not say. */
  seconds: number | null;
}

/** A change of a call; `call` is the call after the change. */
export type CallEvent =
  | { type: 'appeared'; call: Call }
  /**
   * It rings me. `transferred`: a person passed it on. `via`: the queue, menu or group that it came through.
   * `insteadOf`: the id under which the same ring was announced before its session was known.
   */
  | { type: 'for-me'; call: Call; transferred: boolean; via?: string; insteadOf?: string }
  | { type: 'answered'; call: Call }
  /** The other party changed, or the session of a ring without a name became known. */
  | { type: 'moved'; call: Call }
  /**
   * `talk`: I talked on it, even if I passed it on before it ended. `unseen`: it may have been answered without anybody
   * seeing that.
   */
  | { type: 'ended'; call: Call; at: number; talk?: OwnTalk; unseen?: true }
  | { type: 'missed'; call: Call; at: number }
  /** The history lists a call of mine that no other source showed, or adds details to one that ended. */
  | { type: 'recorded'; call: Call; at: number; outcome: RecordedOutcome; seconds: number | null };

/** `missed`: only of a call that was announced as missed before, without its number. */
export type RecordedOutcome = 'connected' | 'declined' | 'unanswered' | 'missed';
