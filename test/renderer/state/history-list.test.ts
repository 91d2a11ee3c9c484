import { beforeEach, expect, test } from 'vitest';
import { HistoryList } from '../../../src/renderer/state/history-list.svelte.ts';
import { Store } from '../../../src/renderer/state/store.svelte.ts';
import type { HistoryCall } from '../../../src/shared/history.ts';
import { ok } from '../../../src/shared/result.ts';
import { FakeBridge } from '../support/fake-bridge.ts';
import { historyCall, state } from '../support/samples.ts';

const NOON = new Date(2026, 0, 15, 12).getTime();
/** `minute`: after noon. */
const at = (minute: number, id: string): HistoryCall =>
  historyCall({ id, number: `10${id.charCodeAt(0)}`, name: id, at: NOON + minute * 60_000 });

let bridge: FakeBridge;
let list: HistoryList;

beforeEach(() => {
  bridge = new FakeBridge(state());
  list = new HistoryList(new Store(bridge, bridge.state, () => []));
});

const answer = (entries: HistoryCall[], next: string | null = null) =>
  ok({ entries, next, numbers: {}, waiting: { people: null, voicemails: null } });
const ids = (): string[] => list.rows.flatMap((row) => (row.kind === 'calls' ? row.calls : [])).map(({ id }) => id);

test('a new call during a pending search does not mix old rows into the results', async () => {
  bridge.answer('history.page', ({ text }) =>
    text === '' ? answer([at(3, 'c'), at(2, 'b'), at(1, 'a')]) : answer([at(2, 'b')], 'more'),
  );
  await list.reload();
  list.type('b');
  await list.refresh();
  expect(ids()).toEqual(['b']);
});

test('a call whose time was corrected is listed once', async () => {
  bridge.answer('history.page', ({ before }) =>
    before === null ? answer([at(3, 'c'), at(2, 'b')], 'more') : answer([at(1, 'a')]),
  );
  await list.reload();
  await list.more();
  expect(ids()).toEqual(['c', 'b', 'a']);
  bridge.answer('history.page', () => answer([at(4, 'a'), at(3, 'c')], 'more'));
  await list.refresh();
  expect(ids()).toEqual(['a', 'c', 'b']);
});

test('the next page is not requested with the cursor of another list', async () => {
  bridge.answer('history.page', () => answer([at(3, 'c')], 'more'));
  await list.reload();
  list.type('b');
  await list.more();
  expect(bridge.payloads('history.page')).toHaveLength(1);
});

test('a call that was listed by its record is found again when the list has it with the id of its session', async () => {
  const number = '+442079460321';
  const listed = (id: string, minute: number, more: Partial<HistoryCall> = {}) =>
    historyCall({ id, number, at: NOON + minute * 60_000, direction: 'incoming', ...more });
  const rowAfter = async (calls: HistoryCall[], before: HistoryCall) => {
    bridge.answer('history.page', () => answer(calls));
    await list.reload();
    return list.rowWith([before]);
  };
  const before = listed('cdr:1', 0);
  const earlier = listed('4', -30, { number: '1002' });
  expect(await rowAfter([listed('5', 1), earlier], before)).toBe(1);
  for (const other of [
    listed('5', 3),
    listed('cdr:2', 1),
    listed('5', 1, { number: '1003' }),
    listed('5', 1, { direction: 'outgoing' }),
  ]) {
    expect(await rowAfter([other, earlier], before)).toBe(-1);
  }
  expect(await rowAfter([listed('5', 1), earlier], listed('6', 1))).toBe(-1);
});
