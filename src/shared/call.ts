import type { AppError } from './errors.ts';

/** Seen from the user for their own calls, from the company for those of colleagues. */
export type CallDirection = 'incoming' | 'outgoing' | 'internal' | 'unknown';

/** `unknown`: no source says, or what it says proves nothing. */
export type CallState = 'ringing' | 'talking' | 'unknown';

export interface Party {
  /** As the PBX gave it; '' when it gave none. Hostile text: show as plain text only. */
  number: string;
  /** Display name; '' when unknown. Hostile text, at most 1,024 characters. */
  name: string;
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
  /** Trunk name; '' for internal calls. */
  trunk: string;
  /** When the session began, ms since 1970 on this computer's clock. */
  startedAt: number;
  /** When the current leg was answered, ms since 1970 on this computer's clock; null while it rings. */
  answeredAt: number | null;
  /** True when this program placed the call. */
  placedHere: boolean;
}

/** How fresh the list of calls is, and why. Times in ms since 1970. */
export type LinkState =
  | { status: 'off' }
  | { status: 'starting' }
  | { status: 'live'; at: number }
  /** Calls stay on the screen as last seen at `since`; the next attempt is at `retryAt`. */
  | { status: 'stale'; since: number | null; retryAt: number; error: AppError }
  | { status: 'forbidden'; error: AppError };

/**
 * Where the program has its knowledge of calls from: the session list; push, where the list is refused; the state of
 * the user's own phone and the call history, where push is not to be had either; nothing (yet).
 */
export type Knowledge = 'sessions' | 'push' | 'history' | 'none';

export type PushTopic = 'extension_events' | 'cdr_events';

/** How the program listens for calls. */
export interface Listening {
  knowledge: Knowledge;
  /**
   * How push stands. `off`: not tried, for want of something to sign in with; `refused`: not tried again before
   * something changes; `missing`: this server has none.
   */
  push: 'off' | 'connecting' | 'listening' | 'waiting' | 'refused' | 'missing';
  /** What push tells of; empty while it is not listening. */
  topics: readonly PushTopic[];
  /** Why it is not better than that, with what an administrator could change; null when it is as it should be. */
  error: AppError | null;
}

export const NOT_LISTENING: Listening = { knowledge: 'none', push: 'off', topics: [], error: null };

/** What the user had of a call that is over or has left them: kept in the recent calls, whatever became of it then. */
export interface OwnTalk {
  /** The call as it was then. */
  call: Call;
  /** In seconds; null when the PBX does not say. */
  seconds: number | null;
}

/** What happened to a call; `call` is the call after the change. */
export type CallEvent =
  | { type: 'appeared'; call: Call }
  /**
   * It rings me. `transferred`: a person passed it on. `via`: the queue, menu or group that it came through.
   * `insteadOf`: the id under which the same ring was announced before its name was known.
   */
  | { type: 'for-me'; call: Call; transferred: boolean; via?: string; insteadOf?: string }
  | { type: 'answered'; call: Call }
  | { type: 'moved'; call: Call }
  /** `talk`: I talked on it, be it that it has left me since. */
  | { type: 'ended'; call: Call; at: number; talk?: OwnTalk }
  | { type: 'missed'; call: Call; at: number }
  /** The history holds a call of mine that could not be seen, or says more of one that ended. */
  | { type: 'recorded'; call: Call; at: number; outcome: 'connected' | 'declined'; seconds: number | null };
