import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reminderTimes } from '../../../src/renderer/lib/reminders.ts';
import type { HistoryCall, Waiting } from '../../../src/shared/history.ts';
import { ok } from '../../../src/shared/result.ts';
import { openWindow } from '../support/open.ts';
import { historyCall, recent } from '../support/samples.ts';
import { sight } from '../support/sight.ts';

/** A Thursday. */
const NOON = new Date(2026, 0, 15, 12).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const on = (days: number, hour: number): number => new Date(2026, 0, 15 + days, hour).getTime();

const waits = (changes: Partial<HistoryCall>): HistoryCall =>
  historyCall({ direction: 'incoming', outcome: 'missed', seconds: null, missed: 1, provenance: 'caller', ...changes });

const LIST = [
  waits({ id: 'c', name: 'Priya Raman', number: '1003', at: NOON - 3 * DAY, remindAt: NOON - 30 * MINUTE }),
  waits({ id: 'a', name: 'Bo Chen', number: '1002', at: NOON - 2 * MINUTE, missed: 3, unseen: true }),
  waits({ id: 'b', name: '', number: '+4930901820', at: NOON - DAY, remindAt: on(1, 9) }),
];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
  sight();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The history with the call-back list in front, which main answers. */
async function open(calls: readonly HistoryCall[] = LIST, waiting: Partial<Waiting> = {}) {
  let kept = [...calls];
  const opened = await openWindow({ recents: [recent()] }, (fake) => {
    fake.answer('history.page', ({ only }) =>
      ok({
        entries: only === 'call-back' ? kept : [],
        next: null,
        numbers: {},
        waiting: { people: kept.length, voicemails: null, ...waiting },
      }),
    );
    fake.answer('history.seen', () => ok(null));
    fake.answer('history.remind', ({ id, at }) => {
      kept = kept.map(({ remindAt: _, ...call }) =>
        call.id === id && at !== null
          ? { ...call, remindAt: at }
          : { ...call, ...(_ === undefined ? {} : { remindAt: _ }) },
      );
      return ok(null);
    });
    fake.answer('history.done', ({ id, done }) => {
      kept = done ? kept.filter((call) => call.id !== id) : [...calls];
      return ok(null);
    });
    fake.answer('dial.place', () => ok(null));
  });
  opened.bridge.show('call-back');
  await screen.findByRole('heading', { level: 1, name: 'Call history' });
  return opened;
}

const list = (): HTMLElement => screen.getByRole('list', { name: 'Calls' });
const lines = (): string[] =>
  within(list())
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent.replace(/\s+/gu, ' ').trim());
const row = (name: RegExp): HTMLElement => within(list()).getByRole('button', { name });

test('a row for each person says how often they called, when last, and when the user will be reminded', async () => {
  const { bridge } = await open();
  await waitFor(() => expect(lines()).toHaveLength(3));
  expect(lines()).toEqual([
    expect.stringMatching(/Priya Raman 1003 Monday Reminder: 11:30/u),
    expect.stringMatching(/Bo Chen \(3\) 3 calls 1002 11:58.* Missed/u),
    expect.stringMatching(/\+4930901820 Yesterday Reminder: Tomorrow, 0?9:00/u),
  ]);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'To call back (3)' }).checked).toBe(true);
  expect(bridge.payloads('history.page').at(-1)).toEqual({ text: '', only: 'call-back', before: null });
});

test('new voicemails are one line above the list', async () => {
  await open(LIST, { voicemails: 2 });
  await screen.findByText('2 new voicemails. Listen at your phone.');
  screen.getByRole('radio', { name: 'To call back (4)' });
});

test('the call-back filter is absent without a database', async () => {
  const { bridge } = await open([], { people: null });
  bridge.show('history');
  await screen.findByText('No calls yet.');
  expect(screen.queryByRole('radio', { name: /call back/u })).toBeNull();
});

test('Enter calls the person through the usual checks', async () => {
  const { bridge, user } = await open();
  await waitFor(() => expect(lines()).toHaveLength(3));
  row(/^Call Bo Chen/u).focus();
  await user.keyboard('{Enter}');
  expect(bridge.payloads('dial.place')).toMatchObject([{ text: '1002', provenance: 'caller' }]);
  await screen.findByRole('heading', { level: 1, name: 'Calls' });
});

test('a row can be given a reminder, marked done and restored by keyboard', async () => {
  const { bridge, user } = await open();
  await waitFor(() => expect(lines()).toHaveLength(3));
  screen.getByRole('textbox', { name: 'Find by name, number or note' }).focus();
  await user.keyboard('{ArrowDown}{ArrowDown}');
  await waitFor(() => expect(document.activeElement).toBe(row(/^Call Bo Chen/u)));
  await user.keyboard('{ArrowRight}');
  expect(document.activeElement).toBe(row(/^Remind me to call Bo Chen, 1002/u));
  await user.keyboard('{Enter}');
  const sheet = await screen.findByRole('dialog', { name: 'Remind me to call Bo Chen' });
  await user.click(within(sheet).getByRole('button', { name: /^This afternoon/u }));
  expect(bridge.payloads('history.remind')).toEqual([{ id: 'a', at: on(0, 14) }]);
  await waitFor(() => expect(lines()[1]).toMatch(/Reminder: (?:14|2):00/u));
  await waitFor(() => expect(document.activeElement).toBe(row(/^Call Bo Chen/u)));

  await user.keyboard('{ArrowRight}{ArrowRight}');
  expect(document.activeElement).toBe(row(/^Done with Bo Chen, 1002/u));
  await user.keyboard('{ArrowLeft}{ArrowLeft}{Delete}');
  await waitFor(() => expect(lines()).toHaveLength(2));
  await waitFor(() => expect(document.activeElement).toBe(row(/901820.*Yesterday/u)));
  screen.getByText('Done: Bo Chen');
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(lines()).toHaveLength(3));
  expect(bridge.payloads('history.done')).toEqual([
    { id: 'a', done: true },
    { id: 'a', done: false },
  ]);
  expect(screen.queryByText('Done: Bo Chen')).toBeNull();
});

test('marking the last row done moves the focus to the button that restores it', async () => {
  const { user } = await open(LIST.slice(0, 1));
  await waitFor(() => expect(lines()).toHaveLength(1));
  await user.click(row(/^Done with Priya/u));
  await screen.findByText('Nobody to call back.');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Undo' }));
});

test('a reminder is deleted where it was set', async () => {
  const { bridge, user } = await open();
  await waitFor(() => expect(lines()).toHaveLength(3));
  await user.click(row(/^Remind me to call \+4930901820/u));
  await user.click(await screen.findByRole('button', { name: 'Remove reminder' }));
  expect(bridge.payloads('history.remind')).toEqual([{ id: 'b', at: null }]);
  await user.click(row(/^Remind me to call Bo Chen/u));
  await screen.findByRole('dialog', { name: 'Remind me to call Bo Chen' });
  expect(screen.queryByRole('button', { name: 'Remove reminder' })).toBeNull();
});

test('a reminder can be set on any call of the history, in its details', async () => {
  const call = historyCall({ id: 'x', name: 'Bo Chen', number: '1002', at: NOON - MINUTE });
  const { bridge, user } = await open();
  bridge.answer('history.page', () =>
    ok({ entries: [call], next: null, numbers: {}, waiting: { people: 0, voicemails: null } }),
  );
  bridge.show('history');
  await user.click(await screen.findByRole('button', { name: 'Details of Bo Chen, 1002' }));
  const sheet = await screen.findByRole('dialog', { name: 'Bo Chen' });
  await user.click(within(sheet).getByRole('button', { name: 'Remind me…' }));
  await user.click(within(sheet).getByRole('button', { name: /^In an hour/u }));
  expect(bridge.payloads('history.remind')).toEqual([{ id: 'x', at: NOON + HOUR }]);
});

test('opening the call-back list marks its calls as seen', async () => {
  const { bridge } = await open();
  await waitFor(() => expect(bridge.payloads('history.seen')).toEqual([{ ids: null }]));
});

test.each([
  ['Thursday noon', on(0, 12), ['hour', 'afternoon', 'tomorrow'], [on(0, 13), on(0, 14), on(1, 9)]],
  ['Thursday 13:00', on(0, 13), ['hour', 'tomorrow'], [on(0, 14), on(1, 9)]],
  ['Friday 15:00', on(1, 15), ['hour', 'tomorrow', 'monday'], [on(1, 16), on(2, 9), on(4, 9)]],
  ['Saturday 15:00', on(2, 15), ['hour', 'tomorrow', 'monday'], [on(2, 16), on(3, 9), on(4, 9)]],
])('on %s offers these times', (_when, now, names, times) => {
  expect(reminderTimes(now).map(({ choice }) => choice)).toEqual(names);
  expect(reminderTimes(now).map(({ at }) => at)).toEqual(times);
});

test('a reminder is chosen although the person calls again meanwhile, and its time counts from the click', async () => {
  const { bridge, user } = await open([waits({ id: 'a', name: 'Bo Chen', number: '1002', at: NOON - MINUTE })]);
  await user.click(await screen.findByRole('button', { name: /^Remind me to call Bo Chen/u }));
  const sheet = await screen.findByRole('dialog', { name: 'Remind me to call Bo Chen' });
  const again = waits({ id: 'b', name: 'Bo Chen', number: '1002', at: NOON, missed: 2 });
  bridge.answer('history.page', () =>
    ok({ entries: [again], next: null, numbers: {}, waiting: { people: 1, voicemails: null } }),
  );
  bridge.push('recents', [again]);
  await waitFor(() => expect(lines()[0]).toContain('(2)'));
  vi.setSystemTime(NOON + DAY);
  await user.click(within(sheet).getByRole('button', { name: /^In an hour/u }));
  expect(bridge.payloads('history.remind')).toEqual([{ id: 'b', at: NOON + DAY + HOUR }]);
});
