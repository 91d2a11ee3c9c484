import type { Statements } from '../store/statements.ts';
import { latestPossible } from './evidence.ts';
import type { SyncPlace } from './history.ts';
import type { SafeDatabase } from './safe-database.ts';

/** The row of an account in the table `place`. Times are in ms since 1970 on the PBX's clock. */
export class AccountPlace {
  readonly #account: string;
  readonly #sql: Statements;
  readonly #safe: SafeDatabase;

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
    return generation;
  }

  /** Calls that ended up to `clearedUntil` are not added any more. */
  clear(clearedUntil: number, generation: number): void {
    this.#sql.run(
      'UPDATE place SET cleared_until = max(cleared_until, ?), generation = ? WHERE account = ?',
      clearedUntil,
      generation,
      this.#account,
    );
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
