import type { RecentCall } from '../../shared/dial.ts';
import type { HistoryCall, HistoryFilter, HistoryPage } from '../../shared/history.ts';
import type { Notified } from '../../shared/notified.ts';
import type { Result } from '../../shared/result.ts';
import type { Evidence } from './evidence.ts';
import type { GetShownTexts } from './shown-names.ts';

/** The history of one account. If something cannot be written, the error is storage-failed and nothing changes. */
export interface History {
  /** The first page, newest first. It is the same array until something changes. */
  readonly recents: RecentCall[];
  /**
   * The number of unseen missed calls: the user has not seen them in the list, and has not talked with the caller or
   * called back since.
   */
  readonly missed: number;
  /** The unseen missed calls that ended at `since` (ms since 1970) or later, newest first. */
  unseenMissed(since: number): HistoryCall[];
  /** Adds evidence. Adding the same evidence again changes nothing. */
  add(evidence: readonly Evidence[]): void;
  /** Adds a lot of evidence in slices, between which other work can run. Returns false if it was not all written. */
  addAll(evidence: readonly Evidence[], isStopped: () => boolean): Promise<boolean>;
  /**
   * Finds one page of entries, the newest first. `before`: the cursor that the previous page returned; null for the first
   * page. A search compares the names that callers sent and the names that are shown.
   */
  page(filter: HistoryFilter, before: string | null): Promise<HistoryPage>;
  /**
   * Deletes one entry. A record of the PBX that arrives later does not restore it. Returns the ids that the call has in
   * its sources.
   */
  remove(id: string): Result<readonly string[]>;
  /** Deletes all entries. Calls in progress are added when they end. */
  clear(): Result<null>;
  /** Marks these missed calls as seen; null marks all of them. */
  markSeen(ids: readonly string[] | null): Result<null>;
  /** Saves the user's note about a call; '' deletes it. */
  note(id: string, text: string): Result<null>;
  /** The column names and then all entries, the newest first, as parts of a CSV file. `named` gives the shown names. */
  csv(named: NamedCalls): AsyncIterable<string>;
  /** The call-back list; null if this history has none. */
  readonly callBacks: CallBacks | null;
  /** Why the user was notified of calls; null if this history does not store it. */
  readonly reasons: KeptReasons | null;
  /** How far the PBX's records were read; null if this history has only calls that this program saw. */
  readonly records: { syncPosition: SyncPosition | null } | null;
}

/** Why the user was or was not notified of a call. */
export interface ReasonsOfCall {
  id: string;
  /** When the call began (ms since 1970). */
  at: number;
  notified: Notified;
}

/** The reasons of calls, stored so that they outlast a restart of the program. */
export interface KeptReasons {
  /** `replaced`: ids that calls had before their session id was known. */
  save(calls: readonly ReasonsOfCall[], replaced: readonly string[]): void;
  /** The reasons for the entry with this id; null if none are stored. */
  of(entry: string): Notified | null;
  /** The reasons for the ring nearest to `at` (ms since 1970) whose session id never became known. */
  ofPlaceholderNear(at: number): Notified | null;
}

/**
 * The call-back list: people whose calls were missed, and people with a reminder. A person leaves it when the user has
 * talked with them, whoever called. The list is shown as a page of the history.
 */
export interface CallBacks {
  /** How many people are on the list. */
  readonly people: number;
  /** Takes the person of this call off the list. */
  finish(id: string): Result<null>;
  /** Takes back what `finish` did. */
  undo(id: string): Result<null>;
  /** Sets the reminder for the person of this call (ms since 1970); null deletes it. */
  remind(id: string, at: number | null): Result<null>;
  /** When the next reminder is due that was not announced yet (ms since 1970); null if there is none. */
  readonly nextReminder: number | null;
  /** The calls whose reminder is due. Marks them as announced, so that each is returned once. */
  takeDue(): HistoryCall[];
  /** The ids of calls whose reminder was announced, until the person is called back or the reminder is changed. */
  readonly announced: readonly string[];
}

/** Returns the calls with the names that the window shows. */
export type NamedCalls = (calls: readonly HistoryCall[]) => HistoryCall[];

/** How far the PBX's records were read. */
export interface SyncPosition {
  /** With this token the PBX returns only the records that have changed since. */
  token: string;
  /** When it was received (ms since 1970, on the PBX's clock). */
  at: number;
}

/** What commands of the window use. */
export type HistoryCommands = Pick<
  History,
  'reasons' | 'page' | 'remove' | 'clear' | 'markSeen' | 'note' | 'csv' | 'missed' | 'unseenMissed' | 'callBacks'
>;

/** Opens the histories of accounts. */
export interface Histories {
  /**
   * `account`: null opens a history that is lost when the program ends. `getShownTexts`: returns the names that the
   * window shows.
   */
  open(account: string | null, onChange: () => void, getShownTexts: GetShownTexts): History;
  /** Deletes the history of an account. */
  forget(account: string): void;
}
