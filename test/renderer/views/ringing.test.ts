import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { err } from '../../../src/shared/result.ts';
import type { Call } from '../../../src/shared/call.ts';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { dialField, openWindow, type Opened } from '../support/open.ts';
import { call, live, recent } from '../support/samples.ts';

afterEach(() => void vi.useRealTimers());

/** A call that has been ringing my phone for twelve seconds. */
const ringing = (changes: Partial<Call> = {}): Call =>
  call({ state: 'ringing', answeredAt: null, startedAt: Date.now() - 12_100, ...changes });
const many = (count: number): Call[] =>
  Array.from({ length: count }, (_, index) =>
    ringing({
      id: String(index),
      caller: { name: `Caller ${index}`, number: `+4930901820${index}` },
      startedAt: Date.now() - 1000 * (20 - index),
    }),
  );
/** Opens the window on calls that have been there for a while. */
async function openOn(calls: Call[], prepare: (bridge: FakeBridge) => void = () => undefined): Promise<Opened> {
  vi.useFakeTimers({ toFake: ['performance'] });
  const opened = await openWindow({ calls: live(...calls) }, prepare);
  vi.advanceTimersByTime(5_000);
  return opened;
}
const banner = (): HTMLElement => screen.getByRole('region', { name: 'Ringing calls' });
const text = (element: Element): string => element.textContent.replace(/\s+/gu, ' ').trim();

test('says who is calling, what was called and since when it rings', async () => {
  await openWindow({ calls: live(ringing({ callee: { name: '', number: '+4930901800' } })) });
  expect(text(banner())).toMatch(/Maria Keller \+49 30 901820 Ringing 0:\d\d ?· called \+49 30 901800.*Decline/u);
});

test('names the queue that the call came through instead', async () => {
  await openWindow({ calls: live(ringing({ via: '8000' })) });
  expect(text(banner())).toContain('through 8000');
});

test.each(['Settings', 'About Traydial'])('is shown above %s, too', async (view) => {
  const { bridge, user } = await openWindow();
  await user.click(screen.getByRole('button', { name: view }));
  bridge.push('calls', live(ringing()));
  await waitFor(() => expect(text(banner())).toContain('Maria Keller'));
});

test('is not listed a second time; other calls stay listed', async () => {
  const ben = { name: 'Ben Okafor', number: '107' };
  await openWindow({ calls: live(ringing(), call({ id: '2', caller: ben })) });
  const rows = within(screen.getByRole('list', { name: 'Live calls' })).getAllByRole('listitem');
  expect(rows.map(text)).toEqual([expect.stringContaining('Ben Okafor')]);
});

test('shows three ringing calls, the oldest first, and counts the others', async () => {
  await openWindow({ calls: live(...many(5)) });
  const names = within(banner())
    .getAllByRole('listitem')
    .map((item) => text(item).slice(0, 10));
  // The letter of the face comes first.
  expect(names).toEqual(['C Caller 0', 'C Caller 1', 'C Caller 2']);
  expect(text(banner())).toContain('and 2 more ringing');
  const rows = within(screen.getByRole('list', { name: 'Live calls' })).getAllByRole('listitem');
  expect(rows.map((row) => text(row).slice(0, 10))).toEqual([
    expect.stringContaining('Caller 3'),
    expect.stringContaining('Caller 4'),
  ]);
});

test("does not show my outgoing call that rings, or a colleague's ringing call", async () => {
  await openWindow({ calls: live(ringing({ placedHere: true }), ringing({ id: '2', mine: false })) });
  expect(screen.queryByRole('region', { name: 'Ringing calls' })).toBeNull();
});

test('Decline ends that call, and an error is shown below it', async () => {
  const { bridge, user } = await openOn([ringing()], (fake) =>
    fake.answer('dial.hang-up', () => err(appError('hang-up-forbidden'))),
  );
  await user.click(screen.getByRole('button', { name: 'Decline Maria Keller, +49 30 901820' }));
  expect(bridge.payloads('dial.hang-up')).toEqual([{ sessionId: '884757570370146304' }]);
  await waitFor(() => expect(banner().querySelector('[role=alert]')?.textContent.trim()).not.toBe(''));
});

test('Copy number copies the number without its spaces', async () => {
  const caller = { name: 'Maria Keller', number: '+49 (30) 901820' };
  const { bridge, user } = await openOn([ringing({ caller })]);
  await user.click(screen.getByRole('button', { name: /^Copy the number of Maria Keller/u }));
  expect(bridge.payloads('clipboard.copy')).toEqual([{ text: '+4930901820' }]);
});

test('offers no Copy button for a caller without a number', async () => {
  await openWindow({ calls: live(ringing({ caller: { name: '', number: 'anonymous' } })) });
  expect(within(banner()).getAllByRole('button')).toHaveLength(1);
});

test.each([
  ['appears', [], [ringing()]],
  ['goes away', [ringing()], []],
])('a click within half a second after it %s does not count', async (_how, before, after) => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { bridge, user } = await openWindow({ calls: live(...before), recents: [recent()] });
  vi.advanceTimersByTime(5_000);
  bridge.push('calls', live(...after));
  await waitFor(() => expect(screen.queryAllByRole('region', { name: 'Ringing calls' })).toHaveLength(after.length));
  const row = screen.getByRole('button', { name: /Call Grace Ito/u });
  await user.click(row);
  expect(bridge.payloads('dial.place')).toEqual([]);
  vi.advanceTimersByTime(600);
  await user.click(row);
  expect(bridge.payloads('dial.place')).toHaveLength(1);
});

test('the focus goes back to the dial field when the call with the focus stops ringing', async () => {
  const { bridge } = await openWindow({ calls: live(ringing()) });
  screen.getByRole('button', { name: /^Decline/u }).focus();
  bridge.push('calls', live());
  await waitFor(() => expect(document.activeElement).toBe(dialField()));
});

test('a notification of a ringing call leads to it among others, in full, from every view', async () => {
  const { bridge, user } = await openOn([...many(2), ringing({ id: 'mine', trunk: 'Main' })]);
  await user.click(screen.getByRole('button', { name: 'Settings' }));
  bridge.show('calls', { id: 'mine', at: Date.now() });
  await screen.findByRole('heading', { level: 1, name: 'Calls' });
  await new Promise((done) => setTimeout(done, 0));
  const item = within(banner())
    .getAllByRole('listitem')
    .find((one) => text(one).includes('Maria Keller'));
  await waitFor(() => expect(document.activeElement).toBe(item));
  expect(text(item ?? document.body)).toContain('Main');
});

test('a notification of a call that was answered meanwhile leads to it in the list of live calls', async () => {
  const { bridge } = await openOn([call({ id: 'mine', callee: { name: 'Sales', number: '8000' } })]);
  bridge.show('calls', { id: 'mine', at: Date.now() });
  const rows = within(screen.getByRole('list', { name: 'Live calls' })).getAllByRole('listitem');
  await waitFor(() => expect(document.activeElement).toBe(rows[0]));
  expect(text(document.activeElement ?? document.body)).toContain('called Sales');
});

test('a notification of a call that ended meanwhile leads to the history', async () => {
  const { bridge } = await openOn([]);
  bridge.show('calls', { id: 'mine', at: Date.now() });
  await screen.findByRole('heading', { level: 1, name: 'Call history' });
});
