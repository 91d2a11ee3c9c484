import type { RecentCall } from './dial.ts';

/** Which calls a page of the history holds. */
export interface HistoryFilter {
  /** Parts of a name, a number or a note; '' for all. */
  text: string;
  /**
   * Only these; null for all. `missed`: also those that were seen or called back. `call-back`: the newest call of each
   * person to be called back.
   */
  only: 'missed' | 'incoming' | 'outgoing' | 'call-back' | null;
}

export interface HistoryPage {
  entries: HistoryCall[];
  /** Asks for the next page; null when this is the last. */
  next: string | null;
}

export interface HistoryCall extends RecentCall {
  /** The number of mine that was called; '' when not known. */
  called: string;
  /** ms since 1970; null when nobody talked, or that is not known. */
  answeredAt: number | null;
  /** ms since 1970. */
  endedAt: number;
  /** When the user is to be reminded to call back, ms since 1970. */
  remindAt?: number;
  /** How many missed calls of this person wait; only on the call-back list. */
  missed?: number;
}

/** What waits for the user. */
export interface Waiting {
  /** On the call-back list; null where none is kept. */
  people: number | null;
  /** New voicemails; null if the PBX does not say. */
  voicemails: number | null;
}

/** Entries on a page. */
export const HISTORY_PAGE = 50;

/** In characters. */
export const MAX_NOTE = 500;
