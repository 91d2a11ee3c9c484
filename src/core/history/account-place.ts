import type { Statements } from '../store/statements.ts';
import { latestPossible } from './evidence.ts';
import type { SyncPlace } from './history.ts';
import type { SafeDatabase } from './safe-database.ts';

/** The end of the latest call is searched among this many calls: not more will begin while one call lasts. */
const LATEST_CALLS = 1_000;
/** How much later than the deletion of everything a record may say that a deleted call ended, in ms. */
const CLEAR_MARGIN_MS = 2_000;
/** The same, counted from the end that was listed, because this computer's clock cannot be trusted. */
const MAX_CLEAR_MARGIN_MS = 60_000;
/** A call that ended later than now plus this has a wrong time, and must not make later calls deleted ones. */
const MAX_CLOCK_ERROR_MS = 300_000;

/** The row of an account in the table `place`. Times are in ms since 1970 on the PBX's clock. */
export class AccountPlace {
  readonly #account: string;
  readonly #sql: Statements;
  readonly #safe: SafeDatabase;
  /** The account was opened now for the first time, so `seen_until` is still on this computer's clock. */
  #isFirst = false;

  constructor(account: string, sql: Statements, safe: SafeDatabase) {
    this.#account = account;
    this.#sql = sql;
    this.#safe = safe;
  }

  /** Returns the account's generation. An account without one gets the generation that `newGeneration` returns. */
  open(seenUntil: number, newGeneration: () => number): number {
    const known = this.#sql.get('SELECT generation FROM place WHERE account = ?', this.#account);
    if (known !== undefined) return Number(known['generation']);
    const generation = newGeneration();
    const insert = 'INSERT INTO place (account, seen_until, cleared_until, generation) VALUES (?, ?, 0, ?)';
    this.#sql.run(insert, this.#account, seenUntil, generation);
    this.#isFirst = true;
    return generation;
  }

  /**
   * Corrects `seen_until` when the PBX's clock is known, once in a run. `openedAt`: when the account was opened in this run, which the
   * clock may have shown wrong. `offset`: this computer's clock minus the PBX's. Returns the corrected time.
   */
  correctSeenUntil(openedAt: number, offset: number): number {
    const stored = this.column('seen_until');
    // `openedAt` comes from the time that has passed, and is too late if that did not count sleep.
    const seenUntil = Math.min(this.#isFirst ? stored - offset : stored, openedAt);
    this.#sql.run('UPDATE place SET seen_until = ? WHERE account = ?', seenUntil, this.#account);
    return seenUntil;
  }

  /** Begins a new generation. Calls that ended before are not added any more. `key`: of the rows. `now`: of the clock. */
  clear(key: string, now: number, generation: number): void {
    this.#sql.run(
      'UPDATE place SET cleared_until = max(cleared_until, ?), generation = ? WHERE account = ?',
      // This computer's clock may have been set back since the latest call.
      this.#endOfCleared(key, Math.max(now - this.#latestOffset(key), this.column('synced_at'))),
      generation,
      this.#account,
    );
  }

  /**
   * Calls that ended up to this time are deleted (ms since 1970, on the PBX's clock). A record may give a later end than
   * the call that was listed. Calls in progress end later.
   */
  #endOfCleared(key: string, now: number): number {
    const latest = this.#sql.get(
      `SELECT max(ended_at) AS at FROM
       (SELECT ended_at FROM evidence WHERE account = ? AND started_at <= ? ORDER BY started_at DESC LIMIT ${LATEST_CALLS})
       WHERE ended_at <= ?`,
      key,
      now + MAX_CLOCK_ERROR_MS,
      now + MAX_CLOCK_ERROR_MS,
    );
    const end = Number(latest?.['at'] ?? 0);
    return Math.max(end, Math.min(now + CLEAR_MARGIN_MS, end + MAX_CLEAR_MARGIN_MS));
  }

  /** How this computer's clock differed from the PBX's at the latest call. */
  #latestOffset(key: string): number {
    const latest = this.#sql.get(
      `SELECT json_extract(data, '$.offset') AS offset FROM evidence WHERE account = ? ORDER BY started_at DESC LIMIT 1`,
      key,
    );
    return Number(latest?.['offset'] ?? 0);
  }

  /** Corrects what an earlier version stored: a record with an impossible time must not hide later calls. */
  repair(now: number): void {
    const update = 'UPDATE place SET cleared_until = ? WHERE account = ? AND cleared_until > ?';
    this.#sql.run(update, now, this.#account, latestPossible(now));
  }

  column(column: 'seen_until' | 'cleared_until' | 'synced_at'): number {
    return Number(this.#sql.get(`SELECT ${column} FROM place WHERE account = ?`, this.#account)?.[column] ?? 0);
  }

  /** Which evidence is added: `clearedUntil`, and when the PBX's records were last read. */
  get bounds(): { clearedUntil: number; syncedAt: number } {
    const row = this.#sql.get('SELECT cleared_until, synced_at FROM place WHERE account = ?', this.#account);
    return { clearedUntil: Number(row?.['cleared_until'] ?? 0), syncedAt: Number(row?.['synced_at'] ?? 0) };
  }

  /** The position up to which the PBX's records were read. */
  get place(): SyncPlace | null {
    return this.#safe.read(null, () => {
      const row = this.#sql.get('SELECT token, synced_at FROM place WHERE account = ?', this.#account);
      return typeof row?.['token'] === 'string' ? { token: row['token'], at: Number(row['synced_at']) } : null;
    });
  }

  set place(place: SyncPlace | null) {
    const update = 'UPDATE place SET token = ?, synced_at = ? WHERE account = ?';
    this.#safe.write(() => this.#sql.run(update, place?.token ?? null, place?.at ?? null, this.#account));
  }
}
