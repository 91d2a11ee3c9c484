import { expect, test } from 'vitest';
import type { Database } from '../../../src/core/store/database.ts';
import { allOf, evidence, NOW, openHistory } from './support/open-history.ts';

/** Counts the rows that statements prepared from now on return. */
function countRows(database: Database): () => number {
  let rows = 0;
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    const statement = prepare(sql);
    const all = statement.all.bind(statement);
    statement.all = (...values: never[]) => {
      const found = all(...values);
      rows += found.length;
      return found;
    };
    return statement;
  };
  return () => rows;
}

/** Calls of one hidden number, 100 s apart, each with its record. */
const hidden = (index: number) => {
  const at = NOW + index * 100_000;
  const call = evidence({ id: String(index), number: '', startedAt: at, endedAt: at + 9_000 });
  return [call, { ...call, id: `cdr:${index}`, source: 'record' as const, startedAt: at - 900 }];
};

test('one more call in a long chain of calls reads only those near it', async () => {
  const { history, database, close } = openHistory({ keepDays: 3650 });
  const rows = countRows(database);
  const count = 300;
  await history.addAll(Array.from({ length: count }, (_none, index) => hidden(index)).flat(), () => false);
  const before = rows();
  history.add(hidden(count));
  // The first page and the list are read twice, to report what has changed.
  expect(rows() - before).toBeLessThan(1_000);
  const entries = await allOf(history);
  expect(entries).toHaveLength(count + 1);
  expect(entries.every(({ id }) => !id.startsWith('cdr:'))).toBe(true);
  close();
});

test('one more nameless call with its record in a long chain of them reads only those near it', async () => {
  const { history, database, close } = openHistory({ now: NOW - 3_600_000 });
  const rows = countRows(database);
  const nameless = (index: number) =>
    hidden(index).map((report) =>
      report.source === 'record' ? { ...report, number: '1002' } : { ...report, id: `push:1001:1:${index}` },
    );
  const count = 300;
  await history.addAll(Array.from({ length: count }, (_none, index) => nameless(index)).flat(), () => false);
  const before = rows();
  history.add(nameless(count));
  // The call-back list reads all calls of the chain, because one person is to be called back for all of them.
  expect(rows() - before).toBeLessThan(2 * count + 1_000);
  const entries = await allOf(history);
  expect(entries).toHaveLength(count + 1);
  expect(entries.every(({ id, number }) => id.startsWith('push:') && number === '1002')).toBe(true);
  close();
});
