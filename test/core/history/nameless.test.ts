import { afterEach, expect, test } from 'vitest';
import { evidenceFromEvent } from '../../../src/core/history/evidence.ts';
import { ringingCall } from '../../support/samples.ts';
import { allOf, evidence, NOW, openHistory, type OpenedHistory } from './support/open-history.ts';

const SECOND = 1_000;
const open: OpenedHistory[] = [];
afterEach(() => {
  for (const { close } of open.splice(0)) close();
});

function made() {
  const opened = openHistory({ now: NOW - 3_600_000 });
  open.push(opened);
  return opened.history;
}

/** A missed call that rang a phone of the user, and whose session never became known. */
function nameless(id = 'push:1001:1:1', startedAt = NOW) {
  const call = ringingCall(id, { other: { number: '', name: '' }, startedAt });
  const event = { type: 'missed', call, at: startedAt + 9 * SECOND } as const;
  const made = evidenceFromEvent(event, { offset: 0, endedHere: new Set(), rang: new Set() });
  if (made === null) throw new Error('A missed call gives evidence.');
  return made;
}

const record = (id: string, startedAt: number, number = '+442079460321') =>
  evidence({ id: `cdr:${id}`, source: 'record', number, startedAt, endedAt: startedAt + 9 * SECOND });
const live = (id: string, startedAt: number, number = '+442079460321') =>
  evidence({ id, number, startedAt, endedAt: startedAt + 9 * SECOND });

const listed = async (history: OpenedHistory['history']) =>
  (await allOf(history)).map(({ id, number }) => `${id} ${number}`);

test('a missed call whose caller never became known is listed once, with the number of its record', async () => {
  const history = made();
  history.add([nameless()]);
  history.add([record('1', NOW + SECOND)]);
  expect(await listed(history)).toEqual(['push:1001:1:1 +442079460321']);
  expect(history.missed).toBe(1);
});

test('the record that came first is the same call as well', async () => {
  const history = made();
  history.add([record('1', NOW + SECOND)]);
  history.add([nameless()]);
  expect(await listed(history)).toEqual(['push:1001:1:1 +442079460321']);
});

test('a nameless call takes no record of a call that was seen, and of others the nearest', async () => {
  const history = made();
  history.add([nameless(), live('7', NOW + SECOND), record('far', NOW + 60 * SECOND, '+12015550123')]);
  expect(await listed(history)).toEqual(['7 +442079460321', 'push:1001:1:1 +12015550123']);
  history.add([record('7', NOW + SECOND)]);
  expect(await listed(history)).toEqual(['7 +442079460321', 'push:1001:1:1 +12015550123']);
  history.add([record('near', NOW + 5 * SECOND, '1003')]);
  expect(await listed(history)).toEqual(['cdr:far +12015550123', '7 +442079460321', 'push:1001:1:1 1003']);
});

test('a nameless call is not one that the user placed, nor one that began minutes later', async () => {
  const history = made();
  history.add([nameless(), record('late', NOW + 121 * SECOND)]);
  history.add([{ ...record('placed', NOW), direction: 'outgoing', outcome: 'unanswered' }]);
  expect(await listed(history)).toHaveLength(3);
});

test('a hidden caller whose session is known has no record of another caller', async () => {
  const history = made();
  history.add([live('5', NOW, ''), record('1', NOW + SECOND)]);
  expect(await listed(history)).toEqual(['cdr:1 +442079460321', '5 ']);
});

test('when the caller becomes known after all, the record of another caller is a call of its own', async () => {
  const history = made();
  history.add([nameless(), record('1', NOW + SECOND)]);
  history.add([{ ...nameless(), number: '1003' }]);
  expect(await listed(history)).toEqual(['cdr:1 +442079460321', 'push:1001:1:1 1003']);
});

test('a record does not restore a nameless call that was deleted', async () => {
  const history = made();
  history.add([nameless()]);
  history.remove('push:1001:1:1');
  history.add([record('1', NOW + SECOND)]);
  expect(await listed(history)).toEqual([]);
});
