import { DatabaseSync } from 'node:sqlite';
import { callerOf, manyPeople } from '../../test/core/people/support/many-people.ts';
import { timeEach, type Times } from './measure.ts';

/** What SQLite alone takes on this machine: one indexed lookup, and one prefix query without an order. */
export function floors(
  people: number,
  callers: readonly number[],
  letters: readonly string[],
): { lookup: Times; prefix: Times } {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE TABLE one(key TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
    CREATE VIRTUAL TABLE words USING fts5(name, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'); BEGIN`);
  const add = database.prepare('INSERT INTO one VALUES (?, ?)');
  const write = database.prepare('INSERT INTO words(name) VALUES (?)');
  let at = 0;
  for (const { name } of manyPeople(people)) {
    add.run(callerOf(at), name);
    write.run(name);
    at += 1;
  }
  database.exec('COMMIT');
  const find = database.prepare('SELECT name FROM one WHERE key = ?');
  const search = database.prepare('SELECT name FROM words WHERE words MATCH ? LIMIT 20');
  const lookup = timeEach(callers, (caller) => find.get(callerOf(caller)));
  const prefix = timeEach(letters, (text) => search.all(`"${text}"*`));
  database.close();
  return { lookup, prefix };
}
