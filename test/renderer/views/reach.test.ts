import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import type { LinkStatus } from '../../../src/shared/links.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import type { DesktopState } from '../../../src/shared/state.ts';
import { dialField, openSettings as openPage, openWindow, type Opened } from '../support/open.ts';
import { DESKTOP, recent, SETTINGS } from '../support/samples.ts';

const done = (): Result<null> => ok(null);

async function openSettings(
  desktop: Partial<DesktopState>,
  prepare: Parameters<typeof openWindow>[1] = () => undefined,
  accelerator = '',
): Promise<Opened> {
  const settings = { ...SETTINGS, shortcut: { accelerator, from: 'clipboard' as const } };
  return openPage('calling', { desktop: { ...DESKTOP, ...desktop }, settings }, (bridge) => {
    bridge.answer('shortcut.record', done);
    prepare(bridge);
  });
}

describe('links in the settings', () => {
  const link = (more: Partial<LinkStatus>): LinkStatus => ({
    scheme: 'tel',
    state: 'other',
    program: '',
    action: 'make-default',
    ...more,
  });

  test.each<[Partial<LinkStatus>, RegExp, string | null]>([
    [{ state: 'ours', action: null }, /tel:.*Traydial/u, null],
    [{ program: 'Teams' }, /tel:.*Teams/u, 'Use Traydial for tel: links'],
    [{}, /tel:.*another program/u, 'Use Traydial for tel: links'],
    [{ action: 'choose' }, /tel:.*another program/u, 'Choose… for tel: links'],
    [{ state: 'none' }, /tel:.*no program yet/u, 'Use Traydial for tel: links'],
    [{ state: 'broken' }, /tel:.*moved or deleted/u, 'Repair for tel: links'],
    [{ state: 'broken', action: 'install' }, /tel:.*moved or deleted/u, null],
    [{ state: 'unknown', action: 'install' }, /tel:.*not known/u, null],
  ])('%j', async (more, words, action) => {
    await openSettings({ links: [link(more)] });
    const row = within(screen.getByRole('list', { name: 'Each kind of link' })).getByRole('listitem');
    expect(row.textContent).toMatch(words);
    expect(within(row).queryAllByRole('button')).toHaveLength(action === null ? 0 : 1);
    if (action !== null) within(row).getByRole('button', { name: action });
  });

  test('can all be registered at once, and an error names the schemes that the system rejects', async () => {
    const links = [link({}), link({ scheme: 'sip' })];
    const { bridge, user } = await openSettings({ links }, (fake) =>
      fake.answer('links.make-default', () => err(appError('links-not-accepted'))),
    );
    await user.click(screen.getByRole('button', { name: 'Use Traydial' }));
    await screen.findByText(/The system didn't let Traydial open these links/u);
    expect(bridge.payloads('links.make-default')).toEqual([{ scheme: null }]);
  });

  test('sips: is left to the program that needs it, by name', async () => {
    const sips = link({ scheme: 'sips', program: 'Linphone' });
    const { bridge } = await openSettings({ links: [link({ state: 'ours', action: null }), sips] });
    screen.getByText(/sips: links stay with Linphone\./u);
    expect(screen.queryByRole('button', { name: 'Use Traydial' })).toBeNull();
    bridge.push('desktop', { ...DESKTOP, links: [link({ scheme: 'sips', state: 'none' })] });
    await screen.findByText(/PortSIP ONE for Microsoft Teams need sips: links/u);
    screen.getByRole('button', { name: 'Use Traydial for sips: links' });
  });

  test('an AppImage says what it would write, and writes it when asked', async () => {
    const { bridge, user } = await openSettings({ linksEntry: 'missing' }, (fake) =>
      fake.answer('links.set-entry', ({ present }) => {
        fake.push('desktop', { ...DESKTOP, linksEntry: present ? 'added' : 'missing' });
        return ok(null);
      }),
    );
    screen.getByText(/~\/\.local\/share\/applications/u);
    expect(bridge.payloads('links.set-entry')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Add the entry' }));
    await user.click(await screen.findByRole('button', { name: 'Remove the entry' }));
    await screen.findByRole('button', { name: 'Add the entry' });
    expect(bridge.payloads('links.set-entry')).toEqual([{ present: true }, { present: false }]);
  });
});

describe('phone links in one line', () => {
  const link = (scheme: LinkStatus['scheme'], more: Partial<LinkStatus> = {}): LinkStatus => ({
    scheme,
    state: 'other',
    program: 'Teams',
    action: 'make-default',
    ...more,
  });
  const ours = { state: 'ours', program: '', action: null } as const;

  test.each<[string, LinkStatus[]]>([
    ['Checking…', []],
    ['Traydial', [link('tel', ours), link('sip', ours), link('sips')]],
    ['Traydial and Teams', [link('tel', ours), link('sip')]],
    ['Teams', [link('tel'), link('callto', { state: 'none', program: '' })]],
    ['no program yet', [link('tel', { state: 'none', program: '' })]],
  ])('open in %s', async (programs, links) => {
    await openSettings({ links });
    expect(screen.getByText(/^Phone links open in/u).textContent).toBe(`Phone links open in: ${programs}`);
  });
});

describe('the shortcut in the settings', () => {
  const recorder = (): HTMLElement => screen.getByLabelText('Call from any program');

  test('a shortcut can be recorded by keyboard alone, and reaches the window meanwhile', async () => {
    const { bridge, user } = await openSettings({});
    recorder().focus();
    await user.keyboard('{Enter}');
    await screen.findByText('Press a shortcut… (Esc to cancel)');
    await user.keyboard('{Control>}{Alt>}d{/Alt}{/Control}');
    expect(bridge.payloads('settings.change')).toEqual([{ shortcut: { accelerator: 'Control+Alt+D' } }]);
    expect(bridge.payloads('shortcut.record')).toEqual([{ recording: true }, { recording: false }]);
    await screen.findByText('Ctrl + Alt + D');
  });

  test.each([['{Escape}'], ['{Tab}']])('%s leaves the shortcut unchanged', async (keys) => {
    const { bridge, user } = await openSettings({}, undefined, 'F9');
    await user.click(recorder());
    await user.keyboard(keys);
    expect(bridge.payloads('settings.change')).toEqual([]);
    expect(bridge.payloads('shortcut.record')).toEqual([{ recording: true }, { recording: false }]);
    await waitFor(() => expect(recorder().textContent).toContain('F9'));
    expect(document.activeElement === recorder()).toBe(keys === '{Escape}');
  });

  test('the name of its button has the keys', async () => {
    await openSettings({}, undefined, 'Control+Alt+D');
    screen.getByRole('button', { name: /^Call from any program Ctrl \+ Alt \+ D ?, change$/u });
  });

  test('a refused shortcut is explained beside the field', async () => {
    const { user } = await openSettings({}, (fake) =>
      fake.answer('settings.change', () => err(appError('shortcut-reserved'))),
    );
    await user.click(recorder());
    await user.keyboard('{Control>}c{/Control}');
    await screen.findByText(/This shortcut is reserved\. Choose another one\./u);
  });

  test.each([
    ['off', 'No shortcut set.'],
    ['registered', 'Works in every program.'],
    ['unproven', 'Accepted. On Wayland, press it once to be sure it works.'],
    ['taken', 'Another program uses it. Choose another one.'],
    ['reserved', 'This shortcut is reserved. Choose another one.'],
  ] as const)('shows a sentence for %s', async (state, words) => {
    await openSettings({ shortcut: { state, selection: true } });
    screen.getByText(words);
  });

  test('a test waits for the keys and shows the result', async () => {
    let answer: (pressed: boolean) => void = () => undefined;
    const { user } = await openSettings({ shortcut: { state: 'registered', selection: false } }, (fake) =>
      fake.answer('shortcut.test', () => new Promise((resolve) => (answer = (pressed) => resolve(ok({ pressed }))))),
    );
    screen.getByText(/Copy a number in any program \(Ctrl\+C\)/u);
    expect(screen.queryByLabelText('Shortcut calls')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Test the shortcut' }));
    await screen.findByText(/Press it now\. Nothing will be called\./u);
    answer(false);
    await screen.findByText(/No key press received in 10 s/u);
  });
});

describe('favourites', () => {
  const strip = (): HTMLElement | null => screen.queryByRole('list', { name: 'Favourites' });

  test('a star adds a number to the favourites and removes it', async () => {
    const { bridge, user } = await openWindow({ recents: [recent({ number: '1002', name: 'Priya Shah' })] }, (fake) =>
      fake.answer('favourites.set', ({ favourite, ...entry }) => {
        fake.push('favourites', favourite ? [entry] : []);
        return ok(null);
      }),
    );
    const star = screen.getByRole('button', { name: 'Priya Shah, 1002 as favourite' });
    expect([star.getAttribute('aria-pressed'), strip()]).toEqual(['false', null]);
    await user.click(star);
    await waitFor(() => expect(star.getAttribute('aria-pressed')).toBe('true'));
    await user.click(within(strip() ?? document.body).getByRole('button', { name: /^Remove Priya Shah/u }));
    await waitFor(() => expect(strip()).toBeNull());
    expect(bridge.payloads('favourites.set').map(({ favourite }) => favourite)).toEqual([true, false]);
  });

  test('one click on a favourite calls it, and the strip hides while the user types', async () => {
    const { bridge, user } = await openWindow({
      favourites: [{ number: '+4930901820', name: 'Maria Keller', provenance: 'favourite' }],
    });
    await user.click(screen.getByRole('button', { name: 'Call Maria Keller' }));
    expect(bridge.payloads('dial.place')).toEqual([
      { text: '+4930901820', provenance: 'favourite', options: null, choice: null, external: false },
    ]);
    await user.clear(dialField());
    await waitFor(() => expect(strip()).not.toBeNull());
    await user.type(dialField(), '1');
    expect(strip()).toBeNull();
  });

  test('a row says when there are too many favourites', async () => {
    const { user } = await openWindow({ recents: [recent({ number: '1002', name: 'Priya Shah' })] }, (fake) =>
      fake.answer('favourites.set', () => err(appError('favourites-full'))),
    );
    await user.click(screen.getByRole('button', { name: /as favourite$/u }));
    await screen.findByText(/You already have 20 favourites\./u);
  });
});
