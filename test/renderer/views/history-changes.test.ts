import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HistoryCall } from '../../../src/shared/history.ts';
import { ok } from '../../../src/shared/result.ts';
import { openWindow } from '../support/open.ts';
import { ACCOUNT, historyCall, recent } from '../support/samples.ts';
import { sight } from '../support/sight.ts';

const NOON = new Date(2026, 0, 15, 12).getTime();
const MINUTE = 60_000;
const missed = (changes: Partial<HistoryCall>): HistoryCall =>
  historyCall({ direction: 'incoming', outcome: 'missed', seconds: null, unseen: true, ...changes });
const CALLS = [
  historyCall({ id: 'a', at: NOON - MINUTE }),
  missed({ id: 'b', name: 'Bo Chen', number: '1002', at: NOON - 2 * MINUTE }),
  missed({ id: 'c', name: 'Bo Chen', number: '1002', at: NOON - 3 * MINUTE }),
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

const page = (entries: HistoryCall[], next: string | null = null) =>
  ok({ entries, next, numbers: {}, waiting: { people: 0, voicemails: null } });

async function open() {
  const opened = await openWindow({ recents: [recent()] }, (fake) => {
    fake.answer('history.page', () => page(CALLS));
    fake.answer('history.seen', () => ok(null));
    fake.answer('history.note', () => ok(null));
  });
  opened.bridge.show('history');
  await waitFor(() => expect(lines()).toHaveLength(3));
  return opened;
}

const lines = (): string[] =>
  within(screen.getByRole('list', { name: 'Calls' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent.replace(/\s+/gu, ' ').trim());

test('signing in to another account shows the history of that account', async () => {
  const { bridge } = await open();
  bridge.answer('history.page', () =>
    page([historyCall({ id: 'x', name: 'Priya', number: '1003', at: NOON })], 'more'),
  );
  const { address, domain, username, displayName, extension } = ACCOUNT;
  const owen = { key: 'owen', address, domain, username, displayName, extension, active: true, hasSecret: true };
  bridge.push('account', { ...ACCOUNT, saved: [owen] });
  await waitFor(() => expect(lines()).toEqual(['Today', expect.stringContaining('Priya')]));
});

test('a row keeps the focus when the same person calls again', async () => {
  const { bridge } = await open();
  const row = screen.getByRole('button', { name: /^Call Bo Chen/u });
  row.focus();
  const again = missed({ id: 'n', name: 'Bo Chen', number: '1002', at: NOON - MINUTE - 1 });
  bridge.answer('history.page', () => page([...CALLS.slice(0, 1), again, ...CALLS.slice(1)]));
  bridge.push('recents', [recent({ id: 'n' })]);
  await waitFor(() => expect(lines().at(-1)).toContain('3'));
  expect(document.activeElement).toBe(row);
  expect(row.isConnected).toBe(true);
});

test('the details stay open with the text of a note when the same person calls again', async () => {
  const { bridge, user } = await open();
  await user.click(screen.getByRole('button', { name: 'Details of Bo Chen, 1002' }));
  const sheet = await screen.findByRole('dialog', { name: 'Bo Chen' });
  const [note] = within(sheet).getAllByRole<HTMLInputElement>('textbox', { name: 'Note' });
  if (note === undefined) throw new Error('no note');
  await user.type(note, 'Asked for prices');
  const fresh = missed({ id: 'new', name: 'Bo Chen', number: '1002', at: NOON - MINUTE - 1 });
  bridge.answer('history.page', () => page([fresh, ...CALLS.slice(1)]));
  bridge.push('recents', [fresh]);
  await waitFor(() => expect(within(sheet).getAllByText('Incoming · Missed')).toHaveLength(3));
  expect(document.activeElement).toBe(note);
  expect(note.value).toBe('Asked for prices');
});

test('a note that is being typed stays when the call gets the id of its session', async () => {
  const record = missed({ id: 'cdr:7', name: 'Bo Chen', number: '1002', at: NOON - 2 * MINUTE });
  const { bridge, user } = await open();
  bridge.answer('history.page', () => page([record]));
  bridge.push('recents', [record]);
  await waitFor(() => expect(lines()).toHaveLength(2));
  await user.click(screen.getByRole('button', { name: 'Details of Bo Chen, 1002' }));
  const sheet = await screen.findByRole('dialog', { name: 'Bo Chen' });
  const note = within(sheet).getByRole<HTMLInputElement>('textbox', { name: 'Note' });
  await user.type(note, 'Asked for prices');
  const asked = bridge.payloads('notifications.why').length;
  bridge.answer('history.page', () => page([{ ...record, id: 's7', at: record.at + 900 }]));
  bridge.push('recents', [record]);
  await waitFor(() => expect(bridge.payloads('notifications.why')).toHaveLength(asked + 1));
  expect(document.activeElement).toBe(note);
  await user.tab();
  expect(bridge.payloads('history.note')).toEqual([{ id: 's7', note: 'Asked for prices' }]);
});

test('details of a call that is deleted elsewhere close, and the window says why', async () => {
  const { bridge, user } = await open();
  await user.click(screen.getByRole('button', { name: 'Details of Bo Chen, 1002' }));
  await screen.findByRole('dialog', { name: 'Bo Chen' });
  bridge.answer('history.page', () => page(CALLS.slice(0, 1)));
  bridge.push('recents', [recent()]);
  await screen.findByText('This call is no longer in the list.');
  expect(screen.queryByRole('dialog')).toBeNull();
  await waitFor(() => expect(document.activeElement?.hasAttribute('data-row')).toBe(true));
});

test('at midnight the headings of the days change', async () => {
  await open();
  await waitFor(() => expect(lines()[0]).toBe('Today'));
  vi.setSystemTime(NOON + 13 * 60 * MINUTE);
  document.dispatchEvent(new Event('visibilitychange'));
  await waitFor(() => expect(lines()[0]).toBe('Yesterday'));
});
