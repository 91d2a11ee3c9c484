import { expect, test } from 'vitest';
import { explainCalls } from '../../../src/core/notify/explain-calls.ts';
import { Reasons } from '../../../src/core/notify/reasons.ts';
import type { Decision } from '../../../src/core/notify/decide.ts';
import type { HistoryCall } from '../../../src/shared/history.ts';
import type { Notified, NotifyReason } from '../../../src/shared/notified.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { evidence, openHistory } from '../history/support/open-history.ts';

function open() {
  const clock = new ManualClock();
  return { clock, reasons: new Reasons(clock) };
}

const decision = (id: string, code: 'announced' | 'not-mine' | 'not-seen-ringing', startedAt = 0): Decision => ({
  call: { id, other: { name: 'Anna Berg', number: '+12015550123' }, startedAt },
  moment: 'ringing',
  reason: { code },
  key: code === 'announced' ? `call:${id}` : null,
});
const entry = (id: string, more: Partial<HistoryCall> = {}): HistoryCall => ({
  id,
  number: '+12015550123',
  name: 'Anna Berg',
  direction: 'incoming',
  outcome: 'missed',
  at: 0,
  endedAt: 20_000,
  answeredAt: null,
  called: '',
  seconds: null,
  provenance: 'caller',
  ...more,
});
const ringing = (reasons: Reasons, id: string): NotifyReason | null => reasons.reasonsFor(entry(id)).ringing;

test('a reason for a call that was not seen never replaces the reason of a ring that was seen', () => {
  const { reasons } = open();
  reasons.add([decision('1', 'not-mine'), decision('1', 'announced'), decision('1', 'not-seen-ringing')]);
  expect(ringing(reasons, '1')).toEqual({ code: 'announced' });
  reasons.add([decision('1', 'not-mine')]);
  expect(ringing(reasons, '1')).toEqual({ code: 'announced' });
});

test('reports that the desktop refused a notification, until a later one of the call is shown', () => {
  const { reasons } = open();
  reasons.add([decision('1', 'announced'), decision('2', 'announced')]);
  reasons.recordReport('call:1', 'not-allowed');
  expect(ringing(reasons, '1')).toEqual({ code: 'not-shown', problem: 'not-allowed' });
  expect(ringing(reasons, '2')).toEqual({ code: 'announced' });
  reasons.recordReport('call:1', null);
  expect(ringing(reasons, '1')).toEqual({ code: 'announced' });
});

test('a failed summary does not affect the reasons of much earlier calls', async () => {
  const { clock, reasons } = open();
  const summed = (id: string): Decision => ({
    ...decision(id, 'announced'),
    reason: { code: 'summed-up' },
    key: 'all',
  });
  reasons.add([summed('1')]);
  await clock.advance(61_000);
  reasons.add([summed('2')]);
  reasons.recordReport('all', 'no-service');
  expect(ringing(reasons, '1')).toEqual({ code: 'summed-up' });
  expect(ringing(reasons, '2')).toEqual({ code: 'not-shown', problem: 'no-service' });
});

test('only the latest calls are kept, and calls of colleagues do not push out those of the user', () => {
  const { reasons } = open();
  reasons.add([decision('mine', 'announced')]);
  reasons.add(Array.from({ length: 10_000 }, (_none, index) => decision(`other ${index}`, 'not-mine')));
  expect(ringing(reasons, 'mine')).toEqual({ code: 'announced' });
  reasons.add(Array.from({ length: 500 }, (_none, index) => decision(`later ${index}`, 'announced')));
  expect(ringing(reasons, 'mine')).toEqual({ code: 'not-kept' });
});

test('a record of a ring without a session has the reason of that ring', () => {
  const { clock, reasons } = open();
  const at = clock.now() + 5_000;
  reasons.add([decision('push:1001', 'announced', at)]);
  expect(reasons.reasonsFor(entry('cdr:1', { at: at + 1_000 })).ringing).toEqual({ code: 'announced' });
  expect(reasons.reasonsFor(entry('cdr:2', { at: at + 600_000 })).ringing).toEqual({ code: 'record-only' });
});

test('keeps no reason for a call that the user made', () => {
  const { reasons } = open();
  expect(reasons.reasonsFor(entry('17-3', { direction: 'outgoing' })).ringing).toEqual({ code: 'outgoing' });
});

test('explains the latest calls, those in progress too, and with a number also those of colleagues', async () => {
  const { reasons } = open();
  const past = [entry('1', { at: 1_000 }), entry('cdr:2', { at: 500, number: '1002', name: 'Bo Chen' })];
  reasons.add([
    decision('1', 'announced', 1_000),
    decision('live', 'announced', 2_000),
    decision('c', 'not-mine', 3_000),
  ]);
  const codes = async (number: string) => {
    const calls = await explainCalls(number, {
      reasons,
      page: ({ text }) => Promise.resolve({ entries: past.filter((call) => call.number.includes(text)), next: null }),
      formatNumber: (raw) => raw.replace('+1201', '+1 201 '),
    });
    return calls.map(({ number: shown, notified }) => [shown, notified.ringing?.code]);
  };
  expect(await codes('')).toEqual([
    ['+1 201 5550123', 'announced'],
    ['+1 201 5550123', 'announced'],
    ['1002', 'before-start'],
  ]);
  expect(await codes('(201) 555-0123')).toEqual([
    ['+1 201 5550123', 'not-mine'],
    ['+1 201 5550123', 'announced'],
    ['+1 201 5550123', 'announced'],
  ]);
  expect(await codes('1003')).toEqual([]);
});

test('an outgoing call near a ring without a session does not get the reason of that ring', () => {
  const { clock, reasons } = open();
  const at = clock.now() + 5_000;
  reasons.add([decision('push:1001', 'announced', at)]);
  expect(reasons.reasonsFor(entry('cdr:1', { at, direction: 'outgoing' })).ringing).toEqual({ code: 'outgoing' });
});

test('a ring that gets its session id keeps its reason and what the desktop reports about it', () => {
  const { reasons } = open();
  reasons.add([decision('push:1001', 'announced')]);
  reasons.add([{ ...decision('1', 'not-seen-ringing'), insteadOf: 'push:1001' }]);
  expect(ringing(reasons, '1')).toEqual({ code: 'announced' });
  reasons.recordReport('call:push:1001', 'no-service');
  expect(ringing(reasons, '1')).toEqual({ code: 'not-shown', problem: 'no-service' });
  expect(reasons.calls('mine').map(({ id }) => id)).toEqual(['1']);
});

test('a call is listed once, although it turned out to be a colleague’s after it rang for the user', () => {
  const { reasons } = open();
  reasons.add([decision('1', 'announced'), { ...decision('1', 'not-mine'), moment: 'missed' }]);
  expect(reasons.calls('mine')).toHaveLength(1);
  expect(reasons.calls('others')).toEqual([]);
});

test('a sleep whose end was not reported ends with the next one', async () => {
  const { clock, reasons } = open();
  reasons.sleepBegan();
  await clock.advance(60_000);
  reasons.sleepBegan();
  await clock.advance(60_000);
  reasons.sleepEnded();
  const after = clock.now() + 60_000;
  expect(reasons.reasonsFor(entry('cdr:1', { at: after })).ringing).toEqual({ code: 'record-only' });
});

test('reasons of an earlier run are known, and new ones are kept', () => {
  const kept = new Map<string, Notified>([['1', { ringing: { code: 'incoming-off' }, missed: null }]]);
  const clock = new ManualClock();
  const reasons = new Reasons(clock, () => ({
    save: (calls, replaced) => {
      for (const id of replaced) kept.delete(id);
      for (const { id, notified } of calls) kept.set(id, notified);
    },
    of: (id) => kept.get(id) ?? null,
    ofPlaceholderNear: () => null,
  }));
  expect(ringing(reasons, '1')).toEqual({ code: 'incoming-off' });
  reasons.add([decision('push:1', 'announced'), decision('3', 'not-mine')]);
  reasons.add([{ ...decision('2', 'announced'), insteadOf: 'push:1' }]);
  reasons.recordReport('call:2', 'not-allowed');
  expect([...kept.keys()]).toEqual(['1', '2']);
  expect(kept.get('2')?.ringing).toEqual({ code: 'not-shown', problem: 'not-allowed' });
});

test('a call that the user deletes is not explained any more, also after a late report of it', async () => {
  const { history, clock, close } = openHistory();
  const reasons = new Reasons(clock, () => history.reasons);
  const at = clock.now() + 1_000;
  const explained = async () => {
    const page = history.page.bind(history);
    const calls = await explainCalls('', { reasons, page, formatNumber: (number) => number });
    return calls.map(({ number }) => number);
  };
  const decided = (id: string, number: string): Decision => ({
    ...decision(id, 'announced', at),
    call: { id, other: { name: '', number }, startedAt: at },
  });
  const over = (id: string, number: string) => evidence({ id, number, startedAt: at, endedAt: at + 20_000 });
  reasons.add([decided('1', '1002'), decided('2', '1003'), decided('3', '1004'), decided('live', '1005')]);
  history.add([over('1', '1002'), over('2', '1003'), over('3', '1004')]);
  history.add([{ ...over('cdr:1', '1002'), source: 'record' }]);
  const removed = history.remove('1');
  expect(removed).toEqual({ ok: true, value: ['1', 'cdr:1'] });
  if (removed.ok) reasons.delete(removed.value);
  reasons.add([{ ...decided('1', '1002'), reason: { code: 'record-only' }, key: null }]);
  expect(await explained()).toEqual(['1004', '1003', '1005']);
  history.clear();
  reasons.deletePast(new Set(['live']));
  expect(await explained()).toEqual(['1005']);
  close();
});
