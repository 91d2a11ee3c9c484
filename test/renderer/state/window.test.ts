import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { flushSync, tick } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import App from '../../../src/renderer/App.svelte';
import { tickingNow } from '../../../src/renderer/state/clock.svelte.ts';
import { spokenChanges } from '../../../src/renderer/lib/spoken-changes.ts';
import { openStore } from '../../../src/renderer/state/open-store.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { effectRoot } from '../support/effect-root.svelte.ts';
import { FakeBridge } from '../support/fake-bridge.ts';
import { dialField, loadViews, openWindow } from '../support/open.ts';
import { ACCOUNT, call, live, SETTINGS, state } from '../support/samples.ts';

afterEach(() => {
  vi.useRealTimers();
  delete document.documentElement.dataset['theme'];
});

test('a change pushed before the first answer is not lost', async () => {
  const bridge = new FakeBridge(state());
  const old = bridge.state;
  bridge.answer('state.get', () => {
    bridge.push('calls', live(call()));
    return ok(old);
  });
  const opened = await openStore(bridge, spokenChanges);
  expect(opened.ok && opened.value.store.calls.calls).toHaveLength(1);
});

test('shows an error if the main process does not answer, and retries on request', async () => {
  const bridge = new FakeBridge(state());
  bridge.answer('state.get', () => err(appError('internal')));
  render(App, { props: { bridge } });
  expect((await screen.findByRole('alert')).textContent).toContain('Something went wrong in Traydial.');
  bridge.answer('state.get', () => ok(bridge.state));
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await loadViews();
  await waitFor(() => expect(dialField()).toBeTruthy());
});

test('a single timer ticks, and only while something shows the time and the window is visible', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  let shown = 0;
  const stop = effectRoot(() => {
    shown = tickingNow();
  });
  flushSync();
  expect(vi.getTimerCount()).toBe(1);
  const before = shown;
  vi.advanceTimersByTime(1000);
  flushSync();
  expect(shown).toBe(before + 1000);

  setVisibility('hidden');
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(60_000);
  setVisibility('visible');
  flushSync();
  expect(shown).toBe(before + 61_000);

  stop();
  await tick();
  expect(vi.getTimerCount()).toBe(0);
});

test('sets the theme of the settings on the document', async () => {
  const { bridge } = await openWindow();
  expect(document.documentElement.dataset['theme']).toBeUndefined();
  bridge.push('settings', { ...SETTINGS, appearance: { ...SETTINGS.appearance, theme: 'dark' } });
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
});

test('Ctrl+comma opens the settings with the focus on their heading, Escape goes back to the dial field', async () => {
  const { user } = await openWindow();
  await user.keyboard('{Control>},{/Control}');
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Settings' }));
  await user.keyboard('{Escape}');
  expect(document.activeElement).toBe(dialField());
});

test('a push from main opens a view', async () => {
  const { bridge } = await openWindow();
  bridge.show('about');
  await screen.findByRole('heading', { name: 'About Traydial' });
  bridge.show('dial');
  await waitFor(() => expect(document.activeElement).toBe(dialField()));
});

test('the text in the dial field is still there after the PBX ended the sign-in', async () => {
  const { bridge, user } = await openWindow();
  await user.type(dialField(), '+1201');
  bridge.push('account', { ...ACCOUNT, status: 'signed-out', reason: appError('session-expired') });
  await screen.findByRole('heading', { name: 'Sign in to your PBX' });
  bridge.push('account', ACCOUNT);
  await waitFor(() => expect(dialField().value).toBe('+1201'));
});

test('an incoming call is announced to screen readers politely', async () => {
  const { bridge } = await openWindow();
  bridge.push('calls', live(call({ state: 'ringing', answeredAt: null })));
  await waitFor(() =>
    expect(screen.getByRole('status', { name: 'Announcements' }).textContent).toContain(
      'Incoming call from Maria Keller, +49 30 901820',
    ),
  );
});

test('a notice can be dismissed', async () => {
  const notice = { id: 'tray-missing' } as const;
  const { bridge, user } = await openWindow({ desktop: { ...state().desktop, notices: [notice] } });
  bridge.answer('desktop.dismiss-notice', () => {
    bridge.push('desktop', { ...bridge.state.desktop, notices: [] });
    return ok(null);
  });
  await user.click(await screen.findByRole('button', { name: /^Dismiss: This desktop shows no tray icon/u }));
  await waitFor(() => expect(screen.queryByText(/no tray icon/u)).toBeNull());
});

test('copying the report of a notice puts it on the clipboard, and an error is announced', async () => {
  const notice = { id: 'ended-badly' } as const;
  const { bridge, user } = await openWindow({ desktop: { ...state().desktop, notices: [notice] } });
  bridge.answer('desktop.copy-report', () => err(appError('action-failed')));
  await user.click(await screen.findByRole('button', { name: 'Copy report' }));
  await waitFor(() => expect(screen.getAllByRole('alert').map((alert) => alert.textContent.trim())).not.toEqual(['']));
  bridge.answer('desktop.copy-report', () => ok(null));
  await user.click(screen.getByRole('button', { name: 'Copy report' }));
  await screen.findByRole('button', { name: 'Report copied' });
});

function setVisibility(value: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { value, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}
