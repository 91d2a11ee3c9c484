import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { allOf, evidence, NOW, openHistory, type OpenedHistory } from './support/open-history.ts';

const open: OpenedHistory[] = [];
afterEach(() => {
  for (const { close } of open.splice(0)) close();
});

function made() {
  const opened = openHistory();
  open.push(opened);
  return opened;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const record = (more: Parameters<typeof evidence>[0] = {}) => evidence({ id: 'cdr:1', source: 'record', ...more });

test('a missed call counts until it is seen, called back, or the caller gets through', async () => {
  const missed = (id: string, more: Parameters<typeof evidence>[0]) =>
    evidence({ id, startedAt: NOW + MINUTE, endedAt: NOW + 2 * MINUTE, ...more });
  const { history, clock } = made();
  history.add([
    missed('a', { number: '1002' }),
    missed('b', { number: '020 7946 0321' }),
    missed('c', { number: '1003' }),
  ]);
  expect(history.missed).toBe(3);
  const talked = { outcome: 'connected' as const, startedAt: NOW + 10 * MINUTE, endedAt: NOW + 11 * MINUTE };
  history.add([evidence({ id: 'd', number: '1002', direction: 'outgoing', ...talked })]);
  expect(history.missed).toBe(2);
  history.add([evidence({ id: 'e', number: '+442079460321', ...talked })]);
  expect(history.missed).toBe(1);
  expect((await allOf(history)).filter((call) => call.unseen).map(({ id }) => id)).toEqual(['c']);
  await clock.advance(5 * MINUTE);
  history.markSeen(null);
  expect(history.missed).toBe(0);
});

test('only missed calls that were seen stop counting, even if their record comes later', () => {
  const after = { startedAt: NOW + MINUTE, endedAt: NOW + 2 * MINUTE };
  const { history } = made();
  history.add([evidence({ id: 'a', number: '1002', ...after }), evidence({ id: 'b', number: '1003', ...after })]);
  history.markSeen(['a', 'nobody']);
  expect(history.unseenMissed(0).map(({ id }) => id)).toEqual(['b']);
  expect(history.recents.map(({ id, unseen }) => [id, unseen === true])).toEqual([
    ['b', true],
    ['a', false],
  ]);
  history.add([record({ number: '1002', ...after })]);
  expect(history.missed).toBe(1);
});

test('a missed call whose record comes late still counts, although later calls were already seen', () => {
  const { history } = made();
  history.add([evidence({ id: 'a', startedAt: NOW + 20 * MINUTE, endedAt: NOW + 21 * MINUTE })]);
  history.markSeen(null);
  history.add([record({ number: '1002', startedAt: NOW + 10 * MINUTE, endedAt: NOW + 11 * MINUTE })]);
  expect(history.missed).toBe(1);
});

test('calls from before the account was first opened here count as seen', () => {
  const { history } = made();
  history.add([record({ startedAt: NOW - DAY, endedAt: NOW - DAY + MINUTE })]);
  expect(history.recents).toHaveLength(1);
  expect(history.missed).toBe(0);
});

test.each([
  ['ahead', 2 * 60 * MINUTE],
  ['behind', -2 * 60 * MINUTE],
])(
  'calls from before the first opening count as seen if the clock was %s then and was corrected before the first call',
  (_how, wrongBy) => {
    const opened = openHistory({ now: NOW + wrongBy });
    open.push(opened);
    const { history, clock } = opened;
    clock.jump(-wrongBy);
    history.add([evidence({ id: 'after', startedAt: NOW + MINUTE, endedAt: NOW + 2 * MINUTE })]);
    history.add([record({ startedAt: NOW - DAY, endedAt: NOW - DAY + MINUTE })]);
    expect(history.missed).toBe(1);
  },
);

test('the time of the first opening is the same after a restart and with a clock that is still wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-opened-'));
  const path = join(folder, 'history.db');
  const first = openHistory({ path, now: NOW + DAY });
  first.history.add([evidence({ id: '1', startedAt: NOW + MINUTE, endedAt: NOW + 2 * MINUTE, offset: DAY })]);
  expect(first.history.missed).toBe(1);
  first.close();
  const again = openHistory({ path, now: NOW + 60 * MINUTE });
  again.history.add([record({ startedAt: NOW + 10 * MINUTE, endedAt: NOW + 11 * MINUTE })]);
  again.history.add([record({ id: 'cdr:2', startedAt: NOW - MINUTE, endedAt: NOW })]);
  expect(again.history.missed).toBe(2);
  again.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['outgoing', 'unanswered', 0],
  ['outgoing', 'busy', 1],
  ['outgoing', 'declined', 0],
  ['outgoing', 'unknown', 1],
  ['outgoing', 'connected', 0],
  ['outgoing', 'not-picked-up', 1],
  ['outgoing', 'refused', 1],
  ['incoming', 'connected', 0],
  ['incoming', 'missed', 2],
  ['incoming', 'declined', 1],
] as const)('after an %s call that was %s, %i missed calls of that number count', (direction, outcome, count) => {
  const missed = evidence({ id: 'a', startedAt: NOW + MINUTE, endedAt: NOW + 2 * MINUTE });
  const later = evidence({ id: 'b', direction, outcome, startedAt: NOW + 9 * MINUTE, endedAt: NOW + 10 * MINUTE });
  for (const order of [
    [missed, later],
    [later, missed],
  ]) {
    const { history } = made();
    for (const one of order) history.add([one]);
    expect(history.missed).toBe(count);
  }
});

test('a call without a number does not affect missed calls of other callers without a number', () => {
  const { history } = made();
  history.add([
    evidence({ id: 'a', number: '', startedAt: NOW + MINUTE, endedAt: NOW + 2 * MINUTE }),
    evidence({ id: 'b', number: '', outcome: 'connected', startedAt: NOW + 9 * MINUTE, endedAt: NOW + 10 * MINUTE }),
  ]);
  expect(history.missed).toBe(1);
});

test('a note stays with its call when the record comes, is found by a search, and can be deleted', async () => {
  const { history } = made();
  const found = async (text: string) =>
    (await history.page({ text, only: null }, null)).entries.map(({ id, note }) => [id, note]);
  history.add([record()]);
  history.note('cdr:1', 'Wants an offer\nfor Müller');
  history.add([evidence(), evidence({ id: 'other', number: '1002' })]);
  expect(await found('offer muller')).toEqual([['100000000000000001', 'Wants an offer for Müller']]);
  history.note('100000000000000001', '');
  expect(await found('offer')).toEqual([]);
  expect(await found('7946')).toEqual([['100000000000000001', undefined]]);
});

test.each([
  ['+49 40 7770100', '+49 30 7770100'],
  ['12340100', '22340100'],
])(
  'after a talk with a number that ends in the same digits, the missed call of %s still counts',
  async (missed, other) => {
    const { history } = made();
    const later = { outcome: 'connected', startedAt: NOW + 9 * MINUTE, endedAt: NOW + 10 * MINUTE } as const;
    const call = evidence({ id: 'a', number: missed, startedAt: NOW + MINUTE, endedAt: NOW + 2 * MINUTE });
    history.add([call, evidence({ id: 'b', number: other, ...later })]);
    expect(history.missed).toBe(1);
    history.add([evidence({ id: 'c', number: other, startedAt: NOW + 11 * MINUTE, endedAt: NOW + 12 * MINUTE })]);
    const waiting = await history.page({ text: '', only: 'call-back' }, null);
    expect(waiting.entries.map(({ id, missed: count }) => [id, count])).toEqual([
      ['c', 1],
      ['a', 1],
    ]);
    history.callBacks?.finish('c');
    expect(history.unseenMissed(0).map(({ id }) => id)).toEqual(['a']);
  },
);

test('an outside caller who sends the number of an extension is not that colleague', () => {
  const { history } = made();
  history.add([
    evidence({ id: 'a', number: '1002', external: true, startedAt: NOW + MINUTE, endedAt: NOW + 2 * MINUTE }),
    evidence({
      id: 'b',
      number: '1002',
      outcome: 'connected',
      startedAt: NOW + 9 * MINUTE,
      endedAt: NOW + 10 * MINUTE,
    }),
  ]);
  expect(history.unseenMissed(0).map(({ id }) => id)).toEqual(['a']);
});

test.each([
  ['+49301234567', '67'],
  ['1002', '81002'],
  ['1002', '1002#'],
])('a call to %s that a rule changed to %s and its record are one entry', (number, dial) => {
  const { history } = made();
  const placed = evidence({ id: '1768467600000-1', direction: 'outgoing', outcome: 'unanswered', number, dial });
  const recorded = record({ direction: 'outgoing', outcome: 'unanswered', number: dial.replace('#', '') });
  history.add([placed]);
  history.add([recorded]);
  expect(history.recents.map((call) => [call.id, call.number])).toEqual([[placed.id, number]]);
  history.remove(placed.id);
  history.add([{ ...recorded, id: 'cdr:2', startedAt: recorded.startedAt + 500 }]);
  expect(history.recents).toEqual([]);
});
