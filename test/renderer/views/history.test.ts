import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HistoryCall } from '../../../src/shared/history.ts';
import type { Payload } from '../../../src/shared/ipc.ts';
import { ok } from '../../../src/shared/result.ts';
import { openWindow } from '../support/open.ts';
import { historyCall, recent } from '../support/samples.ts';
import { sight } from '../support/sight.ts';

const NOON = new Date(2026, 0, 15, 12).getTime();
const MINUTE = 60_000;
const missed = (changes: Partial<HistoryCall>): HistoryCall =>
  historyCall({ direction: 'incoming', outcome: 'missed', seconds: null, unseen: true, ...changes });

const CALLS = [
  historyCall({ id: 'a', at: NOON - MINUTE, called: '8000' }),
  missed({ id: 'b', name: 'Bo Chen', number: '1002', at: NOON - 2 * MINUTE }),
  missed({ id: 'c', name: 'Bo Chen', number: '1002', at: NOON - 3 * MINUTE }),
  historyCall({ id: 'd', name: '', number: '+4930901820', at: NOON - 24 * 60 * MINUTE, note: 'Wants an offer' }),
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

/** A history that answers as main does, fifty calls at a time. */
async function open(calls: readonly HistoryCall[] = CALLS) {
  let kept = [...calls];
  const page = ({ text, only, before }: Payload<'history.page'>) => {
    const found = kept.filter(
      ({ name, note = '', outcome, direction }) =>
        `${name} ${note}`.toLowerCase().includes(text.toLowerCase()) &&
        (only === null || only === outcome || only === direction),
    );
    const from = before === null ? 0 : Number(before);
    const next = from + 50 < found.length ? String(from + 50) : null;
    const numbers = { '+4930901820': '+49 30 901820' };
    return ok({ entries: found.slice(from, from + 50), next, numbers, waiting: { people: 0, voicemails: null } });
  };
  const opened = await openWindow({ recents: [recent()] }, (fake) => {
    fake.answer('history.page', page);
    fake.answer('history.seen', () => ok(null));
    fake.answer('history.note', () => ok(null));
    fake.answer('history.export', () => ok(true));
    fake.answer('contacts.save', () => ok(null));
    fake.answer('dial.place', () => ok(null));
    fake.answer('recents.remove', ({ id }) => {
      kept = kept.filter((call) => call.id !== id);
      return ok(null);
    });
    fake.answer('recents.clear', () => {
      kept = [];
      return ok(null);
    });
  });
  await opened.user.click(screen.getByRole('button', { name: 'All calls' }));
  await screen.findByRole('heading', { level: 1, name: 'Call history' });
  return opened;
}

const list = (): HTMLElement => screen.getByRole('list', { name: 'Calls' });
const lines = (): string[] =>
  within(list())
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent.replace(/\s+/gu, ' ').trim());
const row = (name: RegExp): HTMLElement => within(list()).getByRole('button', { name });

test('calls are grouped by day, repeated calls share a row, and rows show outcome, number called and note', async () => {
  await open();
  await waitFor(() => expect(lines()).toHaveLength(5));
  expect(lines()).toEqual([
    'Today',
    expect.stringMatching(/Grace Ito .*called 8000 11:59.* Outgoing, 3 min/u),
    expect.stringMatching(/Bo Chen \(2\) 2 calls 1002 11:58.* New: Missed/u),
    'Yesterday',
    expect.stringMatching(/\+49 30 901820 Wants an offer 12:00.*/u),
  ]);
});

test('search and filter query main, and an empty result shows a message', async () => {
  const { bridge, user } = await open();
  await user.type(screen.getByRole('textbox', { name: 'Find by name, number or note' }), 'offer');
  await waitFor(() => expect(lines()).toHaveLength(2));
  await user.click(screen.getByRole('radio', { name: 'Missed' }));
  await screen.findByText('No call matches.');
  expect(bridge.payloads('history.page').at(-1)).toEqual({ text: 'offer', only: 'missed', before: null });
});

test('the arrow keys move through the rows, Enter calls back and shows the calls', async () => {
  const { bridge, user } = await open();
  await waitFor(() => expect(lines()).toHaveLength(5));
  screen.getByRole('textbox', { name: 'Find by name, number or note' }).focus();
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(document.activeElement).toBe(row(/Grace Ito.*11:59/u)));
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(document.activeElement).toBe(row(/^Call Bo Chen/u)));
  await user.keyboard('{End}');
  await waitFor(() => expect(document.activeElement).toBe(row(/901820.*12:00/u)));
  await user.keyboard('{Home}{ArrowDown}{Enter}');
  expect(bridge.payloads('dial.place')).toMatchObject([{ text: '1002' }]);
  await screen.findByRole('heading', { level: 1, name: 'Calls' });
});

test('only one row is a Tab stop', async () => {
  await open();
  await waitFor(() => expect(lines()).toHaveLength(5));
  expect(
    within(list())
      .getAllByRole('button')
      .filter(({ tabIndex }) => tabIndex === 0),
  ).toHaveLength(1);
});

test('Delete asks, and deletes every call of the row; the next row has the focus', async () => {
  const { bridge, user } = await open();
  await waitFor(() => expect(lines()).toHaveLength(5));
  row(/^Call Bo Chen/u).focus();
  await user.keyboard('{Delete}');
  await screen.findByText('Delete 2 calls with Bo Chen?');
  await user.keyboard('{Escape}');
  expect(bridge.payloads('recents.remove')).toEqual([]);
  await waitFor(() => expect(document.activeElement).toBe(row(/^Call Bo Chen/u)));
  await user.keyboard('{Delete}');
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  expect(bridge.payloads('recents.remove')).toEqual([{ id: 'b' }, { id: 'c' }]);
  await waitFor(() => expect(document.activeElement).toBe(row(/901820.*12:00/u)));
});

test('everything is deleted after a question', async () => {
  const { user } = await open();
  await waitFor(() => expect(lines()).toHaveLength(5));
  await user.click(screen.getByRole('button', { name: 'Delete all…' }));
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await screen.findByText('No calls yet.');
});

test('the details say when a call rang and ended, and take a note', async () => {
  const { bridge, user } = await open();
  await waitFor(() => expect(lines()).toHaveLength(5));
  await user.click(screen.getByRole('button', { name: 'Details of Bo Chen, 1002' }));
  const sheet = await screen.findByRole('dialog', { name: 'Bo Chen' });
  expect(within(sheet).getAllByText('Incoming · Missed')).toHaveLength(2);
  expect(within(sheet).getAllByText(/^Today, 11:5[78]/u)).toHaveLength(4);
  const [note] = within(sheet).getAllByRole('textbox', { name: 'Note' });
  if (note === undefined) throw new Error('no note');
  await user.type(note, 'Asked for prices{Tab}');
  expect(bridge.payloads('history.note')).toEqual([{ id: 'b', note: 'Asked for prices' }]);
  await user.click(within(sheet).getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(document.activeElement).toBe(row(/^Call Bo Chen/u)));
  expect(lines()[2]).toContain('Asked for prices');
});

test('a number without a known owner can be saved as a contact in the details of its call', async () => {
  const { bridge, user } = await open();
  await waitFor(() => expect(lines()).toHaveLength(5));
  await user.click(screen.getByRole('button', { name: /^Details of .*30 901820/u }));
  const sheet = await screen.findByRole('dialog', { name: '+49 30 901820' });
  await user.click(within(sheet).getByRole('button', { name: 'New contact' }));
  await user.type(within(sheet).getByLabelText('Name'), 'Cleo Dahl');
  await user.click(within(sheet).getByRole('button', { name: 'Save' }));
  await within(sheet).findByText('Cleo Dahl saved.');
  expect(bridge.payloads('contacts.save')).toEqual([
    { id: null, name: 'Cleo Dahl', company: '', numbers: [{ kind: 'work', number: '+4930901820' }] },
  ]);
});

test('a known person is not offered as a new contact', async () => {
  const { user } = await open();
  await waitFor(() => expect(lines()).toHaveLength(5));
  await user.click(screen.getByRole('button', { name: 'Details of Bo Chen, 1002' }));
  const sheet = await screen.findByRole('dialog', { name: 'Bo Chen' });
  expect(within(sheet).queryByRole('button', { name: 'New contact' })).toBeNull();
});

test('the tray opens the list of missed calls, which marks all of them as seen', async () => {
  const { bridge } = await open();
  bridge.show('missed');
  await waitFor(() => expect(lines()).toHaveLength(2));
  await waitFor(() => expect(bridge.payloads('history.seen')).toEqual([{ ids: null }]));
  await waitFor(() => expect(lines()[1]).not.toContain('New:'));
});

test('a long history renders only the rows in view, and loads pages as the user scrolls', async () => {
  const long = Array.from({ length: 120 }, (_none, at) =>
    historyCall({ id: String(at), number: String(1_000 + at), name: '', at: NOON - at * MINUTE }),
  );
  const { bridge, user } = await open(long);
  await waitFor(() => expect(lines().length).toBeGreaterThan(5));
  expect(lines().length).toBeLessThan(20);
  screen.getByRole('textbox', { name: 'Find by name, number or note' }).focus();
  await user.keyboard('{ArrowDown}');
  for (let at = 0; at < 5; at += 1) {
    await user.keyboard('{End}');
    await waitFor(() => expect(document.activeElement?.hasAttribute('data-row')).toBe(true));
  }
  await waitFor(() => expect(document.activeElement?.textContent).toContain('1119'));
  expect(bridge.payloads('history.page').map(({ before }) => before)).toEqual([null, '50', '100']);
});

test('a new call appears at the top, and loaded rows stay', async () => {
  const { bridge } = await open();
  await waitFor(() => expect(lines()).toHaveLength(5));
  const fresh = historyCall({ id: 'new', name: 'Priya', number: '1003', at: NOON });
  bridge.answer('history.page', () =>
    ok({
      entries: [fresh, ...CALLS.slice(0, 2)],
      next: '2',
      numbers: {},
      waiting: { people: 0, voicemails: null },
    }),
  );
  bridge.push('recents', [fresh, recent()]);
  await waitFor(() => expect(lines()).toHaveLength(6));
  expect(lines()[1]).toContain('Priya');
});

test('the export is announced', async () => {
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Export as CSV…' }));
  await screen.findByText('The history was exported.');
});

test('the details say why the user was not notified, and lead to the setting that is the cause', async () => {
  const { bridge, user } = await open();
  bridge.answer('notifications.why', ({ calls }) =>
    ok(calls.map(() => ({ ringing: { code: 'incoming-off' }, missed: { code: 'paused', until: NOON } }))),
  );
  await waitFor(() => expect(lines()).toHaveLength(5));
  await user.click(screen.getByRole('button', { name: 'Details of Bo Chen, 1002' }));
  const sheet = await screen.findByRole('dialog', { name: 'Bo Chen' });
  expect(await within(sheet).findAllByRole('heading', { name: 'Why was I not notified?' })).toHaveLength(2);
  within(sheet).getAllByText('Notifications of incoming calls are off.');
  within(sheet).getAllByText(/^Notifications were paused until 12:00/u);
  const [way] = within(sheet).getAllByRole('button', { name: 'Notification settings' });
  if (way === undefined) throw new Error('no way to the settings');
  await user.click(way);
  await waitFor(() => expect(document.activeElement?.id).toBe('notify-incoming'));
});

test('the details say why the user was notified, except for calls that the user made', async () => {
  const { bridge, user } = await open([
    missed({ id: 'b' }),
    historyCall({ id: 'o', direction: 'outgoing', number: '1009' }),
  ]);
  await waitFor(() => expect(lines()).toHaveLength(3));
  for (const details of screen.getAllByRole('button', { name: /^Details of/u })) {
    await user.click(details);
    const sheet = await screen.findByRole('dialog');
    await user.click(within(sheet).getByRole('button', { name: 'Done' }));
  }
  expect(bridge.payloads('notifications.why').map(({ calls }) => calls.map(({ id }) => id))).toEqual([['b']]);
});

test('a notification of a missed call opens its details, and the list scrolls to its row', async () => {
  const { bridge, user } = await open(
    Array.from({ length: 180 }, (_, index) =>
      missed({ id: `m${index}`, name: `Caller ${index}`, number: String(2000 + index), at: NOON - index * MINUTE }),
    ),
  );
  await user.click(screen.getByRole('radio', { name: 'Outgoing' }));
  bridge.show('history', { id: 'm170', at: NOON - 170 * MINUTE });
  const sheet = await screen.findByRole('dialog', { name: 'Caller 170' });
  await user.click(within(sheet).getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(document.activeElement).toBe(row(/^Call Caller 170/u)));
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'All' }).checked).toBe(true);
});

test('a notification of a deleted call opens the history and requests no older pages', async () => {
  const { bridge } = await open(
    Array.from({ length: 180 }, (_, index) =>
      missed({ id: `m${index}`, number: String(2000 + index), at: NOON - index * MINUTE }),
    ),
  );
  bridge.show('history', { id: 'gone', at: NOON - 60 * MINUTE });
  await waitFor(() => expect(bridge.payloads('history.page').filter(({ before }) => before !== null)).not.toEqual([]));
  await waitFor(() => expect(lines()[0]).toBe('Today'));
  expect(bridge.payloads('history.page').map(({ before }) => before)).not.toContain('150');
  expect(screen.queryByRole('dialog')).toBeNull();
  screen.getByText('This call is no longer in the list.');
});

test('a notification of a repeated call opens the row that has it', async () => {
  const { bridge } = await open();
  bridge.show('history', { id: 'c', at: NOON - 3 * MINUTE });
  const sheet = await screen.findByRole('dialog', { name: 'Bo Chen' });
  expect(within(sheet).getAllByText('Incoming · Missed')).toHaveLength(2);
});
