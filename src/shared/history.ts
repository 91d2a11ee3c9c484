import type { RecentCall } from './dial.ts';

/** Which calls a page of the history contains. */
export interface HistoryFilter {
  /** Parts of a name, a number or a note; '' for all calls. */
  text: string;
  /**
   * Only calls of this kind; null for all. `missed` includes calls that the user has seen or returned. `call-back` has
   * the newest call of each person to call back.
   */
  only: 'missed' | 'incoming' | 'outgoing' | 'call-back' | null;
}

export interface HistoryPage {
  entries: HistoryCall[];
  /** The value of `before` for the request of the next page; null if this is the last one. */
  next: string | null;
}

export interface HistoryCall extends RecentCall {
  /** What was called: the user's number, or the extension of a queue; '' when not known. */
  called: string;
  /** Who passed it on to the user, by name or number; absent when not known. */
  passedBy?: string;
  /** Who the user passed it on to, by name or number; absent when not known. */
  passedTo?: string;
  /** ms since 1970; null if the call was not answered, or that is not known. */
  answeredAt: number | null;
  /** ms since 1970. */
  endedAt: number;
  /** When the user is to be reminded to call back, ms since 1970. */
  remindAt?: number;
  /** How many missed calls of this person wait for a call back; only on the call-back list. */
  missed?: number;
}

/** What waits for the user. */
export interface Waiting {
  /** How many people are on the call-back list; null if this account has none. */
  people: number | null;
  /** New voicemails; null if the PBX does not say. */
  voicemails: number | null;
}

/** Maximum entries on a page. */
export const HISTORY_PAGE = 50;

/** Maximum length of a note in characters. */
export const MAX_NOTE = 500;
