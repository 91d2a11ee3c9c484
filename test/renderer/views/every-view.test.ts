import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { ViewName } from '../../../src/shared/ipc.ts';
import { ok } from '../../../src/shared/result.ts';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { dialField, openSettings, openWindow, showSettingsPage } from '../support/open.ts';
import { call, live, recent } from '../support/samples.ts';

const HEADINGS = {
  history: 'Call history',
  settings: 'Settings',
  rules: 'Dial rules',
  about: 'About Traydial',
  guide: 'User guide',
  setup: 'First steps',
} as const satisfies Partial<Record<ViewName, string>>;
const VIEWS = Object.keys(HEADINGS) as (keyof typeof HEADINGS)[];

const answers = (fake: FakeBridge): void => {
  fake.answer('history.page', () =>
    ok({ entries: [], next: null, numbers: {}, waiting: { people: 0, voicemails: null } }),
  );
  fake.answer('rules.explain', () => ok({ problems: [], sample: [], lines: [] }));
};

async function openView(view: ViewName): Promise<Awaited<ReturnType<typeof openWindow>>> {
  const opened = await openWindow({ recents: [recent()] }, answers);
  opened.bridge.show(view);
  await waitFor(() => expect(screen.queryByRole('combobox', { name: 'Name or number' })).toBeNull());
  await screen.findAllByRole('heading', { level: 1 });
  return opened;
}

test.each(VIEWS)('Ctrl+K leads to the dial field from the view %s', async (view) => {
  const { user } = await openView(view);
  await user.keyboard('{Control>}k{/Control}');
  await waitFor(() => expect(document.activeElement).toBe(dialField()));
});

test.each(['{Control>},{/Control}', '?'])('Ctrl+K leads to the dial field after %s', async (keys) => {
  const { user } = await openWindow();
  await user.keyboard(keys);
  await user.keyboard('{Control>}k{/Control}');
  await waitFor(() => expect(document.activeElement).toBe(dialField()));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('Ctrl+K closes the call options', async () => {
  const { user } = await openWindow();
  await user.click(screen.getByRole('button', { name: 'Advanced call options' }));
  await screen.findByRole('dialog');
  await user.keyboard('{Control>}k{/Control}');
  await waitFor(() => expect(document.activeElement).toBe(dialField()));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test.each(VIEWS)('a call that rings for the user is shown above the view %s', async (view) => {
  const { bridge } = await openView(view);
  bridge.push('calls', live(call({ state: 'ringing', answeredAt: null })));
  const banner = await screen.findByRole('region', { name: 'Ringing calls' });
  expect(banner.textContent).toContain('Maria Keller');
  const [main] = document.getElementsByTagName('main');
  expect(main !== undefined && (banner.compareDocumentPosition(main) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0).toBe(
    true,
  );
});

test('returning to a page of the settings restores its scroll position and focus', async () => {
  const opened = await openSettings('calling', {}, answers);
  const scroller = (): HTMLElement => {
    const found = document.querySelector<HTMLElement>('.groups');
    if (found === null) throw new Error('nothing scrolls');
    return found;
  };
  const edit = (): HTMLElement => screen.getByRole('button', { name: 'Edit dial rules' });
  edit().focus();
  scroller().scrollTop = 340;
  scroller().dispatchEvent(new Event('scroll'));
  await opened.user.click(edit());
  await screen.findByRole('heading', { name: 'Dial rules', level: 1 });
  await opened.user.keyboard('{Escape}');
  await screen.findByRole('heading', { name: 'Calling', level: 1 });
  await waitFor(() => expect(document.activeElement).toBe(edit()));
  expect(scroller().scrollTop).toBe(340);
  await showSettingsPage(opened, 'general');
});
