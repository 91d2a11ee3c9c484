import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recentsHistories } from '../../../src/core/history/recents-history.ts';
import { NO_SHOWN_TEXTS } from '../../../src/core/history/shown-names.ts';
import type { RecentCall } from '../../../src/shared/dial.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { allOf, evidence, NOW, openHistory } from './support/open-history.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
let path: string;

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'traydial-clock-')), 'history.db');
});
afterEach(() => rmSync(join(path, '..'), { recursive: true, force: true }));

/** A call that began so many minutes after NOW by the PBX's clock. */
const call = (id: string, minutes: number, more: Parameters<typeof evidence>[0] = {}) => {
  const startedAt = NOW + minutes * MINUTE;
  return evidence({ id, number: '1002', startedAt, endedAt: startedAt + 9_000, ...more });
};

/** Two calls, one of them seen. The computer is then off for an hour, and its clock is set back. */
function beforeItWasOff(): void {
  const { history, close } = openHistory({ path, now: NOW - MINUTE });
  history.add([call('1', 1), call('2', 5)]);
  history.markSeen(['1']);
  if (history.records !== null) history.records.syncPosition = { token: 't', at: NOW + 10 * MINUTE };
  close();
}

test.each([2 * 60 * MINUTE, 400 * DAY, NOW])(
  'calls stay in order, and are missed and called back, when the clock was set back by %d ms while the computer was off',
  async (back) => {
    beforeItWasOff();
    const { history, close } = openHistory({ path, now: NOW + 60 * MINUTE - back });
    history.add([call('cdr:3', 30, { source: 'record', offset: -back }), call('4', 61, { offset: -back })]);
    expect((await allOf(history)).map(({ id }) => id)).toEqual(['4', 'cdr:3', '2', '1']);
    expect(history.recents.map(({ id }) => id)).toEqual(['4', 'cdr:3', '2', '1']);
    expect([history.missed, history.callBacks?.people]).toEqual([3, 1]);
    history.add([call('5', 70, { direction: 'outgoing', outcome: 'connected', seconds: 5, offset: -back })]);
    expect([history.missed, history.callBacks?.people]).toEqual([0, 0]);
    history.add([call('6', 80, { offset: -back })]);
    expect([history.missed, history.callBacks?.people]).toEqual([1, 1]);
    close();
  },
);

test('calls of the time with a wrong clock are not deleted as old ones when the clock is right again', async () => {
  beforeItWasOff();
  const wrong = openHistory({ path, now: NOW + 60 * MINUTE - 800 * DAY });
  wrong.history.add([call('3', 61, { offset: -800 * DAY })]);
  wrong.close();
  const { history, histories, close } = openHistory({ path, now: NOW + 90 * MINUTE });
  await histories.swept;
  expect((await allOf(history)).map(({ id }) => id)).toEqual(['3', '2', '1']);
  expect((await history.page({ text: '', only: 'call-back' }, null)).entries).toMatchObject([{ id: '3', missed: 3 }]);
  close();
});

test('after deleting everything with a clock that was set back, earlier calls do not come back', async () => {
  beforeItWasOff();
  const { history, close } = openHistory({ path, now: NOW - 60 * MINUTE });
  history.clear();
  history.add([call('cdr:2', 5, { source: 'record', offset: -120 * MINUTE })]);
  expect(await allOf(history)).toEqual([]);
  close();
});

test('without SQLite, earlier missed calls are not missed again after the clock was set back', () => {
  const saved: RecentCall[] = [];
  const file = {
    load: () => [...saved],
    save: (_account: string, recents: RecentCall[]) => void saved.splice(0, 99, ...recents),
  };
  const run = (now: number) =>
    recentsHistories(file, new ManualClock(now)).open(
      'alex',
      () => undefined,
      () => NO_SHOWN_TEXTS,
    );
  run(NOW).add([call('1', 1)]);
  const history = run(NOW - 60 * MINUTE);
  history.add([call('2', 60, { offset: -90 * MINUTE, direction: 'outgoing', outcome: 'busy' })]);
  expect(history.missed).toBe(0);
  history.add([call('3', 61, { offset: -90 * MINUTE })]);
  expect(history.missed).toBe(1);
});
