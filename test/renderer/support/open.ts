import { render, screen } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { ENGLISH as SETTINGS_WORDS, type SettingsPage } from '../../../src/messages/settings.ts';
import App from '../../../src/renderer/App.svelte';
import { loadErrorTexts } from '../../../src/renderer/state/error-texts.svelte.ts';
import { loadCards } from '../../../src/renderer/views/loaded-cards.svelte.ts';
import { loadView } from '../../../src/renderer/views/loaded-views.svelte.ts';
import { FakeBridge } from './fake-bridge.ts';
import { type StateChanges, state } from './samples.ts';

export interface Opened {
  bridge: FakeBridge;
  user: UserEvent;
}

/** Opens the whole window on a state; `prepare` sets answers before anything is asked. */
export async function openWindow(
  changes: StateChanges = {},
  prepare: (bridge: FakeBridge) => void = () => undefined,
): Promise<Opened> {
  const bridge = new FakeBridge(state(changes));
  prepare(bridge);
  await loadViews();
  await loadErrorTexts();
  await loadCards();
  render(App, { props: { bridge } });
  await screen.findByRole('heading', { level: 1 });
  return { bridge, user: userEvent.setup() };
}

/** Loads the code of every view, so that a test need not wait for it when the view changes. */
export async function loadViews(): Promise<void> {
  for (const view of ['sign-in', 'calls', 'history', 'settings', 'rules', 'about', 'setup', 'guide'] as const)
    await loadView(view);
  await import('../../../src/renderer/components/Sheets.svelte');
}

/** Opens the whole window, and in it a page of the settings. */
export async function openSettings(page: SettingsPage, ...args: Parameters<typeof openWindow>): Promise<Opened> {
  const opened = await openWindow(...args);
  await opened.user.click(screen.getByRole('button', { name: 'Settings' }));
  await showSettingsPage(opened, page);
  return opened;
}

/** Opens another page, from a page of the settings or from the list of pages. */
export async function showSettingsPage({ user }: Opened, page: SettingsPage): Promise<void> {
  const back = screen.queryByRole('button', { name: 'Back to settings' });
  if (back !== null) await user.click(back);
  const { title } = SETTINGS_WORDS.pages[page];
  await user.click(screen.getByRole('button', { name: new RegExp(`^${title}`, 'u') }));
  await screen.findByRole('heading', { level: 1, name: title });
}

export const dialField = (): HTMLInputElement => screen.getByLabelText<HTMLInputElement>('Name or number');
