import type { Statements } from '../store/statements.ts';
import { latestPossible } from './evidence.ts';
import type { SyncPosition } from './history.ts';
import type { SafeDatabase } from './safe-database.ts';

/** The end of the latest call is searched among this many calls: not more will begin while one call lasts. */
const LATEST_CALLS = 1_000;
/** After the history is cleared, a late record may still give a deleted call an end up to this long after that (ms). */
const CLEAR_MARGIN_MS = 2_000;
/** Upper limit of that margin after the latest end in the history (ms), in case this computer's clock is wrong. */
const MAX_CLEAR_MARGIN_MS = 60_000;
/** A call whose end is further in the future (ms) has a wrong time. It must not make later calls count as deleted. */
const MAX_CLOCK_ERROR_MS = 300_000;

/**
 * The row of an account in the table `place`, in ms since 1970 on the PBX's clock: calls that ended up to `seen_until`
 * count as seen, and up to `cleared_until` as deleted; the PBX's records were read at `synced_at`, up to `token`.
 * `generation` is part of the key of the account's evidence; clearing the history begins a new one.
 */
export class AccountRow {
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
   * Corrects `seen_until` when the PBX's clock is known, once in a run, and returns it. `openedAt`: when this run opened
   * the account, computed back from now, because the wall clock may have been wrong then. `offset`: this computer's
   * clock minus the PBX's (ms).
   */
  correctSeenUntil(openedAt: number, offset: number): number {
    const stored = this.column('seen_until');
    // If the monotonic clock does not count sleep, `openedAt` is too late.
    const seenUntil = Math.min(this.#isFirst ? stored - offset : stored, openedAt);
    this.#sql.run('UPDATE place SET seen_until = ? WHERE account = ?', seenUntil, this.#account);
    return seenUntil;
  }

  /**
   * Begins a new generation. Calls that ended before are not added any more. `key`: the value of `account` in the
   * evidence rows. `now`: this computer's time.
   */
  clear(key: string, now: number, generation: number): void {
    // Not before the last sync, even if this computer's clock was set back.
    const pbxNow = Math.max(now - this.#latestOffset(key), this.column('synced_at'));
    this.#sql.run(
      'UPDATE place SET cleared_until = max(cleared_until, ?), generation = ? WHERE account = ?',
      this.#endOfCleared(key, pbxNow),
      generation,
      this.#account,
    );
  }

  /**
   * Calls that ended up to this time are deleted. It is a little later than the latest end in the history, because a
   * record may give a later one. Calls in progress end after it, so they are kept.
   */
  #endOfCleared(key: string, pbxNow: number): number {
    const latest = this.#sql.get(
      `SELECT max(ended_at) AS at FROM
       (SELECT ended_at FROM evidence WHERE account = ? AND started_at <= ? ORDER BY started_at DESC LIMIT ${LATEST_CALLS})
       WHERE ended_at <= ?`,
      key,
      pbxNow + MAX_CLOCK_ERROR_MS,
      pbxNow + MAX_CLOCK_ERROR_MS,
    );
    const end = Number(latest?.['at'] ?? 0);
    return Math.max(end, Math.min(pbxNow + CLEAR_MARGIN_MS, end + MAX_CLEAR_MARGIN_MS));
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

  /** The times that decide which evidence is added. `syncedAt`: when the PBX's records were last read. */
  get bounds(): { clearedUntil: number; syncedAt: number } {
    const row = this.#sql.get('SELECT cleared_until, synced_at FROM place WHERE account = ?', this.#account);
    return { clearedUntil: Number(row?.['cleared_until'] ?? 0), syncedAt: Number(row?.['synced_at'] ?? 0) };
  }

  /** The position up to which the PBX's records were read. */
  get syncPosition(): SyncPosition | null {
    return this.#safe.read(null, () => {
      const row = this.#sql.get('SELECT token, synced_at FROM place WHERE account = ?', this.#account);
      return typeof row?.['token'] === 'string' ? { token: row['token'], at: Number(row['synced_at']) } : null;
    });
  }

  set syncPosition(position: SyncPosition | null) {
    const update = 'UPDATE place SET token = ?, synced_at = ? WHERE account = ?';
    this.#safe.write(() => this.#sql.run(update, position?.token ?? null, position?.at ?? null, this.#account));
  }
}
