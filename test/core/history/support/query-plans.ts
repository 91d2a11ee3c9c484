import type { Database } from '../../../../src/core/store/database.ts';

/** Indexes that have only few rows of an account, however many calls it has. */
const FEW_ROWS = /INDEX (?:entry_open|entry_back|entry_back_at|entry_reminder|evidence_deleted|evidence_long)\b/;
/** Plans that may read all rows of an account or of a table. */
const READS_ALL = /^SCAN (?!CONSTANT|\()|\((?:ANY\([^)]*\) AND )?account=\?\)$/;
/** Stops after its first rows, because there is nothing to sort or to leave out. */
const STOPS_EARLY =
  /\bFROM \w+(?: WHERE account = \?)?(?: ORDER BY \w+(?: DESC)?)? LIMIT|^SELECT max\(\w+\)[^(]* = \?$/;
/** The table has one row for each account. */
const IS_SMALL = /^(?:SCAN|SEARCH) place\b/;

/** Returns the queries prepared on this database from now on whose time grows with the number of an account's calls. */
export function watchQueryPlans(database: Database): () => string[] {
  const slow = new Set<string>();
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    const plan = prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map((row) => String(row['detail']));
    const readsAll = plan.filter((step) => READS_ALL.test(step) && !FEW_ROWS.test(step) && !IS_SMALL.test(step));
    if (!STOPS_EARLY.test(sql)) for (const step of readsAll) slow.add(`${step}: ${sql}`);
    return prepare(sql);
  };
  return () => [...slow];
}
