import { expect, test } from 'vitest';
import { csvLine } from '../../../src/core/history/csv.ts';
import { allOf, evidence, NOW, openHistory } from './support/open-history.ts';

const MINUTE = 60_000;
const record = (more: Parameters<typeof evidence>[0] = {}) => evidence({ id: 'cdr:1', source: 'record', ...more });

test('a mark under the previous id of a call is applied to it', async () => {
  const { history, close } = openHistory({ now: NOW - 60 * MINUTE });
  history.add([record()]);
  history.add([evidence({ id: '1' })]);
  expect(history.note('cdr:1', 'offer')).toEqual({ ok: true, value: null });
  expect(history.callBacks?.remind('cdr:1', NOW)).toEqual({ ok: true, value: null });
  history.markSeen(['cdr:1']);
  expect(await allOf(history)).toMatchObject([{ id: '1', note: 'offer', remindAt: NOW }]);
  expect(history.missed).toBe(0);
  history.callBacks?.finish('cdr:1');
  expect(history.callBacks?.people).toBe(0);
  history.callBacks?.undo('cdr:1');
  expect(history.callBacks?.people).toBe(1);
  close();
});

test('a note, a reminder and "done" for a call that is not in the history are errors', () => {
  const { history, close } = openHistory();
  history.add([evidence({ id: '1' })]);
  history.remove('1');
  const gone = { ok: false, error: { code: 'call-gone' } };
  for (const id of ['1', 'never']) {
    expect(history.note(id, 'offer')).toMatchObject(gone);
    expect(history.callBacks?.remind(id, NOW)).toMatchObject(gone);
    expect(history.callBacks?.finish(id)).toMatchObject(gone);
  }
  close();
});

test('a call with a note or a reminder stays when it turns out that a colleague took it', async () => {
  const { history, close } = openHistory({ now: NOW - 60 * MINUTE });
  const second = { number: '1002' };
  history.add([evidence({ id: '1' }), evidence({ id: '2', ...second }), evidence({ id: '3', number: '1003' })]);
  history.note('1', 'wants an offer');
  history.callBacks?.remind('2', NOW + 60 * MINUTE);
  const taken = { outcome: 'unanswered', taken: true } as const;
  history.add([
    record(taken),
    record({ id: 'cdr:2', ...second, ...taken }),
    record({ id: 'cdr:3', number: '1003', ...taken }),
  ]);
  expect((await allOf(history)).map(({ id }) => id)).toEqual(['2', '1']);
  expect([history.missed, history.callBacks?.people, history.callBacks?.nextReminder]).toEqual([
    0,
    1,
    NOW + 60 * MINUTE,
  ]);
  close();
});

test('the missed calls since a time are those that ended at that time or later, the newest first', () => {
  const { history, close } = openHistory({ now: NOW - 60 * MINUTE });
  history.add([evidence({ id: '1' }), evidence({ id: '2', number: '1002', startedAt: NOW, endedAt: NOW + MINUTE })]);
  const since = (at: number) => history.unseenMissed(at).map(({ id }) => id);
  expect([since(NOW - 40_000), since(NOW - 39_999), since(NOW + 2 * MINUTE)]).toEqual([['2', '1'], ['2'], []]);
  close();
});

test('a missed call stays closed when the call that closed it is deleted and its own record comes', () => {
  const { history, close } = openHistory({ now: NOW - 60 * MINUTE });
  history.add([evidence({ id: '1' })]);
  const answer = { startedAt: NOW + 5 * MINUTE, endedAt: NOW + 9 * MINUTE, answeredAt: NOW + 5 * MINUTE, seconds: 240 };
  history.add([evidence({ id: '2', direction: 'outgoing', outcome: 'connected', ...answer })]);
  history.remove('2');
  history.add([record({ called: '1001' })]);
  expect([history.missed, history.callBacks?.people]).toEqual([0, 0]);
  close();
});

test.each(['12.03.', '4711-22', '24-7', '12.', 'nr. 4711'])('a search for "%s" finds it in a text', async (text) => {
  const { history, close } = openHistory({ now: NOW - 60 * MINUTE });
  history.add([evidence({ id: '1', name: 'Firma 24-7' })]);
  history.note('1', 'Angebot vom 12.03. besprochen, Nr. 4711-22');
  expect((await history.page({ text, only: null }, null)).entries).toHaveLength(1);
  expect((await history.page({ text, only: 'call-back' }, null)).entries).toHaveLength(1);
  close();
});

test.each([
  ['x;=cmd', "x;'=cmd"],
  ['x; "=cmd', `"x;' ""=cmd"`],
  ['x\t@cmd', "x\t'@cmd"],
  ['-cmd', "'-cmd"],
  ['+49 (30) 12', '+49 (30) 12'],
  ['a; b = c', 'a; b = c'],
])('the export writes the name %j as %j', (name, written) => {
  const call = { id: '1', name, number: '', called: '', direction: 'incoming', outcome: 'missed', at: NOW } as const;
  const line = csvLine({ ...call, endedAt: NOW, answeredAt: null, seconds: null, provenance: 'caller' });
  expect(line.split(',')[5]).toBe(written);
});

test('calls with fractions of a millisecond, as an earlier version stored them, have an end in the export', async () => {
  const storedElsewhere = Array.from({ length: 60 }, (_none, index) =>
    evidence({ id: String(index), number: `+4420794603${10 + index}`, startedAt: NOW - index * 10 * MINUTE - 0.5 }),
  );
  const { history, close } = openHistory({ storedElsewhere });
  let text = '';
  for await (const part of history.csv((calls) => [...calls])) text += part;
  expect(text.trim().split('\r\n')).toHaveLength(61);
  close();
});
