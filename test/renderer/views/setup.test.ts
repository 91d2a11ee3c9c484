import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { ok } from '../../../src/shared/result.ts';
import type { CountryState } from '../../../src/shared/state.ts';
import { IDLE } from '../../../src/shared/dial.ts';
import { dialField, openSettings, openWindow, type Opened } from '../support/open.ts';
import { ACCOUNT, DESKTOP, question, SETTINGS, SIGNED_OUT } from '../support/samples.ts';

const DUE = { ...DESKTOP, setupDue: true };
const GERMANY: CountryState = { found: { code: 'DE', from: 'tenant' }, isNew: false };
const step = (name: string): Promise<HTMLElement> => screen.findByRole('heading', { level: 2, name });
const press = ({ user }: Opened, name: string): Promise<void> => user.click(screen.getByRole('button', { name }));

const openSetup = (settings = SETTINGS): Promise<Opened> =>
  openWindow({ desktop: DUE, country: GERMANY, settings }, (fake) => {
    fake.answer('setup.finish', () => {
      fake.push('desktop', { ...fake.state.desktop, setupDue: false });
      return ok(null);
    });
    fake.answer('notifications.test', () => ok(null));
  });

test('the first sign-in leads through four steps, each of which has the focus when it comes', async () => {
  const opened = await openSetup();
  expect(document.activeElement).toBe(await step('Which country are you in?'));
  screen.getByRole('option', { name: 'Detected: Germany' });
  await press(opened, 'Next');
  expect(document.activeElement).toBe(await step('Open phone links in Traydial'));
  screen.getByRole('button', { name: 'Use Traydial' });
  await press(opened, 'Skip');
  await step('Call from any program');
  await press(opened, 'Skip');
  await step('Can you see notifications?');
  await press(opened, 'Show a test notification');
  await press(opened, 'No');
  await screen.findByText(/Do not disturb/u);
  await press(opened, 'Finish');
  await waitFor(() => expect(document.activeElement).toBe(dialField()));
  expect(opened.bridge.payloads('setup.finish')).toHaveLength(1);
});

test('the step of the shortcut proposes keys, and one that was chosen can be changed', async () => {
  const opened = await openSetup({ ...SETTINGS, shortcut: { ...SETTINGS.shortcut, accelerator: '' } });
  await press(opened, 'Next');
  await step('Open phone links in Traydial');
  await press(opened, 'Skip');
  await step('Call from any program');
  screen.getByText('Other keys…');
  await press(opened, 'Ctrl + Alt + K');
  expect(opened.bridge.payloads('settings.change')).toEqual([{ shortcut: { accelerator: 'Control+Alt+K' } }]);
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Ctrl + Alt + P' })).toBeNull());
  expect(document.activeElement?.textContent).toMatch(/^\s*Ctrl \+ Alt \+ K, change$/u);
});

test('Back returns to the step before', async () => {
  const opened = await openSetup();
  await press(opened, 'Next');
  await press(opened, 'Back');
  await step('Which country are you in?');
  expect(screen.queryByRole('button', { name: 'Back' })).toBeNull();
});

test('all steps can be skipped at once, by keyboard', async () => {
  const { bridge, user } = await openSetup();
  screen.getByRole('button', { name: 'Skip setup' }).focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(dialField()).toBeTruthy());
  expect(bridge.payloads('setup.finish')).toHaveLength(1);
});

test('a question closes the steps, and they do not open again by themselves', async () => {
  const { bridge } = await openSetup();
  bridge.push('dial', { ...IDLE, question: question() });
  await screen.findByRole('region', { name: /wants to call|Call from a link/u });
  expect(screen.queryByRole('heading', { name: 'Which country are you in?' })).toBeNull();
  bridge.push('dial', IDLE);
  await waitFor(() => expect(dialField()).toBeTruthy());
  expect(bridge.payloads('setup.finish')).toEqual([]);
});

test('a link that waits for the sign-in opens its question instead of the steps', async () => {
  const { bridge } = await openWindow({ desktop: DUE, account: SIGNED_OUT, dial: { ...IDLE, question: question() } });
  bridge.push('account', ACCOUNT);
  await screen.findByRole('region', { name: /wants to call|Call from a link/u });
});

test('neither the demo nor a user who has finished them sees the steps', async () => {
  const { bridge } = await openWindow({ desktop: DUE, account: { ...ACCOUNT, demo: true } });
  expect(dialField()).toBeTruthy();
  bridge.push('desktop', DESKTOP);
  bridge.push('account', ACCOUNT);
  expect(dialField()).toBeTruthy();
});

test('the settings lead to the steps again', async () => {
  const { user } = await openSettings('general', { country: GERMANY });
  await user.click(screen.getByRole('button', { name: 'Set up again' }));
  await step('Which country are you in?');
});

test('a program that is not installed has no step about links, because it cannot open them', async () => {
  const links = DESKTOP.links.map((link) => ({ ...link, state: 'other' as const, action: 'install' as const }));
  const opened = await openWindow({ desktop: { ...DUE, links }, country: GERMANY });
  await step('Which country are you in?');
  screen.getByRole('heading', { level: 1, name: /Step 1 of 3$/u });
  await press(opened, 'Next');
  await step('Call from any program');
  screen.getByRole('heading', { level: 1, name: /Step 2 of 3$/u });
});
