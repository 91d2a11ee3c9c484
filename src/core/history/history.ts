import type { RecentCall } from '../../shared/dial.ts';
import type { HistoryCall, HistoryFilter, HistoryPage } from '../../shared/history.ts';
import type { Notified } from '../../shared/notified.ts';
import type { Result } from '../../shared/result.ts';
import type { Evidence } from './evidence.ts';
import type { Shown } from './shown-names.ts';

/** The history of one account. What cannot be written is the error storage-failed, and changes nothing. */
export interface History {
  /** Its first page, newest first; the same array while nothing changed. */
  readonly recents: RecentCall[];
  /**
   * The number of missed calls that the user has not seen, without those after which the user called back or talked
   * with the caller.
   */
  readonly missed: number;
  /** The newest of these missed calls, at most one page. */
  openMissed(): HistoryCall[];
  /** Adds evidence. Adding the same evidence again changes nothing. */
  add(evidence: readonly Evidence[]): void;
  /**
   * Adds a lot of evidence in slices, so that other work can run in between. Returns false if not all of it was
   * written.
   */
  addAll(evidence: readonly Evidence[], isStopped: () => boolean): Promise<boolean>;
  /**
   * `before`: the cursor of the page before this one, or null for the newest. A search compares names as stored and as
   * shown.
   */
  page(filter: HistoryFilter, before: string | null): Promise<HistoryPage>;
  /** Deletes one entry. A record of the PBX that arrives later does not restore it. */
  remove(id: string): Result<null>;
  /** Deletes all entries. Calls in progress are added when they end. */
  clear(): Result<null>;
  /** Marks these missed calls as seen; null marks all of them. */
  markSeen(ids: readonly string[] | null): Result<null>;
  /** Saves the user's note about a call; '' deletes it. */
  note(id: string, text: string): Result<null>;
  /** Every entry as a line of CSV, with the names that are shown, in parts. The column names come first, then the entries from the newest on. */
  csv(named: NamedCalls): AsyncIterable<string>;
  /** The calls to be called back; null if they are not kept. */
  readonly callBacks: CallBacks | null;
  /** Why the user was notified of calls; null if that is not kept. */
  readonly reasons: KeptReasons | null;
  /** Adds the PBX's records and keeps the position in them; null if only calls seen by this program are kept. */
  readonly records: { place: SyncPlace | null } | null;
}

/** Why the user was notified of one call, or was not. `at`: when it began, ms since 1970. */
export interface ReasonsOfCall {
  id: string;
  at: number;
  notified: Notified;
}

/** The reasons of calls, beyond a restart of the program. */
export interface KeptReasons {
  /** `replaced`: ids under which a ring was known before its session was. */
  save(calls: readonly ReasonsOfCall[], replaced: readonly string[]): void;
  /** Of an entry of the history; null if nothing is kept. */
  of(entry: string): Notified | null;
  /** Of the ring nearest to `at` (ms since 1970) whose session never became known. */
  ofPlaceholderNear(at: number): Notified | null;
}

/**
 * The list of people to call back: those whose calls were missed, and those with a reminder. Talking to a person, in
 * either direction, takes them off it. The list itself is a page of the history.
 */
export interface CallBacks {
  /** How many people are on it. */
  readonly people: number;
  /** The user has dealt with the person of this call. */
  finish(id: string): Result<null>;
  /** Takes back what `finish` did. */
  undo(id: string): Result<null>;
  /** Sets the reminder of the person of this call (ms since 1970); null deletes it. */
  remind(id: string, at: number | null): Result<null>;
  /** When the next reminder is due that was not announced, ms since 1970; null if there is none. */
  readonly nextReminder: number | null;
  /** The calls whose reminder is due. Each is returned once. */
  takeDue(): HistoryCall[];
  /** The ids of the calls whose reminder was announced, until the person was called back or the reminder is changed. */
  readonly announced: readonly string[];
}

/** Gives calls the names that are shown. */
export type NamedCalls = (calls: readonly HistoryCall[]) => HistoryCall[];

/** The token for requesting changes from the PBX, and its last use (ms since 1970, the PBX's clock). */
export interface SyncPlace {
  token: string;
  at: number;
}

/** The operations that the window can request. */
export type HistoryCommands = Pick<
  History,
  'reasons' | 'page' | 'remove' | 'clear' | 'markSeen' | 'note' | 'csv' | 'missed' | 'openMissed' | 'callBacks'
>;

/** Opens the histories of accounts. */
export interface Histories {
  /** null opens a history that is lost when the program ends. `shown`: what the window shows for numbers. */
  open(account: string | null, onChange: () => void, shown: Shown): History;
  /** Deletes the history of an account. */
  forget(account: string): void;
}
