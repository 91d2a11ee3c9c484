import type { Database } from '../store/database.ts';

/**
 * The tables:
 * - `evidence`: what each source reported about a call. Deleted evidence stays for a month (`deleted`: when, in ms since
 *   1970, or 0), so that a record that arrives late does not restore the entry.
 * - `entry`: the calls of the history. They are made from the evidence, again whenever evidence near them is added.
 *   `person` is a key that different numbers can share (see `personOf`). `number` is for searching the directory's names.
 * - `place`: for each account, how far the PBX's records were read, and its generation.
 * - `reason`: why the user was or was not notified of calls.
 *
 * `began` and `contact_at` of an entry are on the PBX's clock, so that calls are compared by them even if this computer's
 * clock was set in between: when the call began, and when the two were in contact (0 if they were not).
 *
 * What the user did with a call is stored with both its evidence and its entry: `seen`, `note`, `done`, and the reminder
 * (`remind_at`, which was set or deleted at `remind_set`). Calls with `back` are on the call-back list.
 *
 * `account` in evidence, entry and reason is the key of the account's current generation (see `rowKey`). Deleting the
 * whole history begins a new generation, and the rows of the old one are deleted later, in slices.
 *
 * The index `entry_list` has every column that a search or filter reads. The index `evidence_long` has the calls that
 * seem to have been answered or to have ended more than a day after their start: most of these times are wrong.
 */
export const HISTORY_MIGRATIONS: readonly string[] = [
  `CREATE TABLE evidence (
     account TEXT NOT NULL, id TEXT NOT NULL, party TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
     deleted INTEGER NOT NULL, entry TEXT NOT NULL, data TEXT NOT NULL,
     PRIMARY KEY (account, id)
   ) WITHOUT ROWID;
   CREATE INDEX evidence_party ON evidence (account, party, started_at);
   CREATE INDEX evidence_started ON evidence (account, started_at);
   CREATE INDEX evidence_deleted ON evidence (account, ended_at) WHERE deleted;
   CREATE INDEX evidence_entry ON evidence (account, entry);
   CREATE TABLE entry (
     account TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, ended_at INTEGER NOT NULL, person TEXT NOT NULL,
     direction TEXT NOT NULL, outcome TEXT NOT NULL, search TEXT NOT NULL, data TEXT NOT NULL,
     PRIMARY KEY (account, id)
   ) WITHOUT ROWID;
   CREATE INDEX entry_at ON entry (account, at DESC, id DESC);
   CREATE INDEX entry_person ON entry (account, person, at);
   CREATE INDEX entry_missed ON entry (account, at DESC) WHERE outcome = 'missed';
   CREATE TABLE place (account TEXT PRIMARY KEY, token TEXT, synced_at INTEGER, seen_until INTEGER NOT NULL,
     cleared_until INTEGER NOT NULL) WITHOUT ROWID;`,
  `ALTER TABLE evidence ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE evidence ADD COLUMN note TEXT NOT NULL DEFAULT '';
   ALTER TABLE entry ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE entry ADD COLUMN note TEXT NOT NULL DEFAULT '';
   ALTER TABLE place ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
   UPDATE entry SET seen = 1 WHERE outcome = 'missed' AND (
     at <= (SELECT seen_until FROM place WHERE place.account = entry.account) OR EXISTS (
       SELECT 1 FROM entry AS later WHERE later.account = entry.account AND later.person = entry.person
       AND later.at > entry.at AND later.outcome = 'connected'));
   DROP INDEX entry_at;
   DROP INDEX entry_missed;
   CREATE INDEX entry_list ON entry (account, at DESC, id DESC, direction, outcome, search);
   CREATE INDEX entry_missed ON entry (account, at DESC, id DESC) WHERE outcome = 'missed';
   CREATE INDEX entry_open ON entry (account, person, at) WHERE outcome = 'missed' AND NOT seen;`,
  `ALTER TABLE entry ADD COLUMN number TEXT NOT NULL DEFAULT '';
   DROP INDEX entry_list;
   UPDATE entry SET number = json_extract(data, '$.number');
   CREATE INDEX entry_list ON entry (account, at DESC, id DESC, direction, outcome, number, search);`,
  `ALTER TABLE evidence ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE evidence ADD COLUMN remind_at INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE evidence ADD COLUMN remind_set INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE evidence ADD COLUMN announced INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE entry ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE entry ADD COLUMN remind_at INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE entry ADD COLUMN remind_set INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE entry ADD COLUMN announced INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE entry ADD COLUMN back INTEGER NOT NULL DEFAULT 0;
   UPDATE evidence SET done = 1 WHERE seen;
   UPDATE entry SET done = 1 WHERE outcome = 'missed' AND seen;
   UPDATE entry SET back = 1 WHERE outcome = 'missed' AND NOT seen;
   CREATE INDEX entry_contact ON entry (account, person, at) WHERE (outcome = 'connected' OR (direction = 'outgoing'
     AND outcome IN ('unanswered', 'busy', 'declined', 'unknown')));
   CREATE INDEX entry_back ON entry (account, person, at) WHERE back;
   CREATE INDEX entry_back_at ON entry (account, at) WHERE back;
   CREATE INDEX entry_reminder ON entry (account, remind_at) WHERE back AND remind_at > 0;`,
  `UPDATE entry SET number = '' WHERE json_extract(data, '$.external');`,
  `DROP INDEX entry_contact;
   CREATE INDEX entry_contact ON entry (account, person, at) WHERE (outcome = 'connected' OR (direction = 'outgoing'
     AND outcome IN ('unanswered', 'declined')));
   UPDATE entry SET person = person || '!' WHERE json_extract(data, '$.external');`,
  `CREATE TABLE reason (
     account TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY (account, id)
   ) WITHOUT ROWID;
   CREATE INDEX reason_at ON reason (account, at);`,
  `DROP INDEX evidence_deleted;
   UPDATE evidence SET deleted = ended_at WHERE deleted;
   CREATE INDEX evidence_deleted ON evidence (account, deleted) WHERE deleted;`,
  `ALTER TABLE entry ADD COLUMN began INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE entry ADD COLUMN contact_at INTEGER NOT NULL DEFAULT 0;
   UPDATE entry SET began = coalesce((SELECT started_at FROM evidence
     WHERE evidence.account = entry.account AND evidence.id = entry.id), at);
   UPDATE entry SET contact_at = began + iif(outcome = 'connected',
     coalesce(json_extract(data, '$.answeredAt'), json_extract(data, '$.endedAt'), at) - at, 0)
     WHERE outcome = 'connected' OR (direction = 'outgoing' AND outcome IN ('unanswered', 'declined'));
   DROP INDEX entry_contact;
   CREATE INDEX entry_contact ON entry (account, person, contact_at) WHERE contact_at > 0;`,
  `DROP INDEX entry_list;
   DROP INDEX entry_missed;
   DROP INDEX entry_back_at;
   CREATE INDEX entry_back_at ON entry (account, max(at, began)) WHERE back;
   CREATE INDEX entry_list ON entry (account, began DESC, id DESC, direction, outcome, number, search);
   CREATE INDEX entry_missed ON entry (account, began DESC, id DESC) WHERE outcome = 'missed';
   CREATE INDEX evidence_long ON evidence (account)
     WHERE max(ended_at, coalesce(json_extract(data, '$.answeredAt'), 0)) > started_at + 86400000;`,
];

/** Reads the first and the last row of each table, so that damage to the file is noticed when it is opened. */
export function readHistoryTables(database: Database): void {
  for (const table of ['evidence', 'entry', 'place', 'reason']) {
    for (const order of ['', 'DESC'])
      database.prepare(`SELECT * FROM ${table} ORDER BY account ${order} LIMIT 1`).get();
  }
}
