import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';
import type { SettingsPatch } from '../../../src/shared/settings.ts';
import { openSettings, openWindow } from '../support/open.ts';
import type { SettingsPage } from '../../../src/messages/settings.ts';
import { ACCOUNT, DESKTOP, SETTINGS, SIGNED_OUT } from '../support/samples.ts';

test.each<[SettingsPage, string, SettingsPatch]>([
  ['notifications', 'Incoming calls', { notifications: { incoming: false } }],
  ['notifications', 'Missed calls', { notifications: { missed: false } }],
  ['notifications', 'Internal calls', { notifications: { calls: { internal: false } } }],
  ['notifications', 'Calls through a queue or group', { notifications: { calls: { queue: false } } }],
  ['notifications', 'Favourites always', { notifications: { favouritesAlways: true } }],
  ['notifications', 'No notifications at these hours', { notifications: { quiet: { on: true } } }],
  ['general', 'Start when I log in', { startup: { openAtLogin: true } }],
  ['general', 'Start hidden in the tray', { startup: { startHidden: true } }],
])('the switch of %s, %s, saves at once', async (page, name, patch) => {
  const { bridge, user } = await openSettings(page);
  await user.click(screen.getByRole('switch', { name }));
  expect(bridge.payloads('settings.change')).toEqual([patch]);
});

test.each(['darwin', 'win32'] as const)('on %s a switch turns the sound of notifications off', async (platform) => {
  const { bridge, user } = await openSettings('notifications', { desktop: { ...DESKTOP, platform } });
  await user.click(screen.getByRole('switch', { name: 'Play a sound' }));
  expect(bridge.payloads('settings.change')).toEqual([{ notifications: { sound: false } }]);
});

test('on Linux there is no switch for the sound, because the desktop decides', async () => {
  await openSettings('notifications', { desktop: { ...DESKTOP, platform: 'linux' } });
  screen.getByText('Your desktop decides whether its notifications have a sound, and which.');
  expect(screen.queryByRole('switch', { name: 'Play a sound' })).toBeNull();
});

test.each<[SettingsPage, string, string, SettingsPatch]>([
  ['advanced', 'Show notifications via', 'node-notifier', { notifications: { backend: 'node-notifier' } }],
  ['calling', 'Country', 'DE', { dialling: { country: 'DE' } }],
  ['confirm', 'Clicked links', 'undo', { dialling: { confirm: { link: 'undo' } } }],
  ['confirm', "Numbers you've called", 'ask', { dialling: { confirm: { dialled: 'ask' } } }],
  ['general', 'Theme', 'dark', { appearance: { theme: 'dark' } }],
  ['general', 'Text size', '150', { appearance: { textSize: 150 } }],
  ['general', 'Tray icon', 'dark-panel', { appearance: { trayIcon: 'dark-panel' } }],
])('the choice of %s, %s, saves %s at once', async (page, name, value, patch) => {
  const { bridge, user } = await openSettings(page);
  await user.selectOptions(screen.getByLabelText(name), value);
  expect(bridge.payloads('settings.change')).toEqual([patch]);
});

test('where this computer has no keychain, the user chooses whether the sign-in is saved', async () => {
  const { bridge, user } = await openSettings('advanced', { desktop: { ...DESKTOP, secrets: 'weak' } });
  await user.selectOptions(screen.getByLabelText('Without a keychain'), 'never');
  expect(bridge.payloads('settings.change')).toEqual([{ secrets: { weakStorage: 'never' } }]);
  bridge.push('desktop', { ...DESKTOP, secrets: 'strong' });
  await waitFor(() => expect(screen.queryByLabelText('Without a keychain')).toBeNull());
});

test('quiet hours are chosen by time and weekday once they are on, and say where they end on the next day', async () => {
  const { bridge, user } = await openSettings('notifications');
  expect(screen.queryByLabelText('From')).toBeNull();
  await user.click(screen.getByRole('switch', { name: 'No notifications at these hours' }));
  screen.getByText('On the next day');
  await fireEvent.change(screen.getByLabelText('From'), { target: { value: '12:00' } });
  await fireEvent.change(screen.getByLabelText('Until'), { target: { value: '13:30' } });
  await waitFor(() => expect(screen.queryByText('On the next day')).toBeNull());
  await user.click(screen.getByRole('checkbox', { name: 'Saturday' }));
  await user.click(screen.getByRole('checkbox', { name: 'Sunday' }));
  expect(bridge.payloads('settings.change').slice(1)).toEqual([
    { notifications: { quiet: { from: '12:00' } } },
    { notifications: { quiet: { until: '13:30' } } },
    { notifications: { quiet: { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'sunday'] } } },
    { notifications: { quiet: { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] } } },
  ]);
});

test('two weekdays that are changed at once are both saved', async () => {
  const quiet = { ...SETTINGS.notifications.quiet, on: true };
  const settings = { ...SETTINGS, notifications: { ...SETTINGS.notifications, quiet } };
  const { bridge, user } = await openSettings('notifications', { settings }, (fake) =>
    fake.answer('settings.change', () => new Promise(() => undefined)),
  );
  await user.click(screen.getByRole('checkbox', { name: 'Saturday' }));
  await user.click(screen.getByRole('checkbox', { name: 'Sunday' }));
  expect(bridge.payloads('settings.change').at(-1)).toEqual({
    notifications: { quiet: { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] } },
  });
});

test('a text is saved when its field loses the focus; a rejected text stays with the reason', async () => {
  const { bridge, user } = await openSettings('advanced', {}, (fake) =>
    fake.answer('settings.change', () => err(appError('settings-invalid', { detail: 'polling.intervalSeconds' }))),
  );
  const interval = screen.getByLabelText<HTMLInputElement>('Check for calls every');
  await user.clear(interval);
  await user.type(interval, '1{Tab}');
  expect(bridge.payloads('settings.change')).toEqual([{ polling: { intervalSeconds: 1 } }]);
  await screen.findByText(/That value can't be used\./u);
  expect(screen.queryByText(/polling\.interval/u)).toBeNull();
  expect(interval.value).toBe('1');
  expect(interval.getAttribute('aria-invalid')).toBe('true');
});

test('a guard can be switched off next to its reason; two guards cannot', async () => {
  const { bridge, user } = await openSettings('confirm');
  const guard = screen.getByRole('switch', { name: 'Premium-rate numbers' });
  expect(guard.getAttribute('aria-describedby')).toContain('guard-premium-rate-hint');
  await user.click(guard);
  expect(bridge.payloads('settings.change')).toEqual([{ dialling: { guards: { 'premium-rate': false } } }]);
  within(screen.getByRole('region', { name: 'Always, without a switch' })).getByText('Emergency numbers');
  expect(screen.queryByRole('switch', { name: /Emergency|Feature codes/u })).toBeNull();
});

test('a switch returns to the saved value if the change is rejected', async () => {
  const { user } = await openSettings('notifications', {}, (fake) =>
    fake.answer('settings.change', () => err(appError('storage-failed'))),
  );
  const incoming = screen.getByRole<HTMLInputElement>('switch', { name: 'Incoming calls' });
  await user.click(incoming);
  await screen.findByText(/The change couldn't be saved\./u);
  expect(incoming.checked).toBe(true);
});

test('each option for all calls is sent alone, also before the answer to the previous one', async () => {
  const { bridge, user } = await openSettings('advanced', {}, (fake) =>
    fake.answer('settings.change', () => new Promise<never>(() => {})),
  );
  await user.type(screen.getByLabelText('Trunk'), 'Berlin{Tab}');
  await user.type(screen.getByLabelText('User data'), 'desk{Tab}');
  expect(bridge.payloads('settings.change')).toEqual([
    { dialling: { options: { trunk: 'Berlin' } } },
    { dialling: { options: { userData: 'desk' } } },
  ]);
});

test('each of two numbers of mine that are removed at once is named alone', async () => {
  const { bridge, user } = await openSettings(
    'calling',
    { settings: { ...SETTINGS, identity: { ownNumbers: ['1', '2', '3'], callFrom: '' } } },
    (fake) => fake.answer('own-numbers.set', () => new Promise<never>(() => {})),
  );
  await user.click(screen.getByRole('button', { name: 'Remove 1' }));
  await user.click(screen.getByRole('button', { name: 'Remove 2' }));
  expect(bridge.payloads('own-numbers.set')).toEqual([
    { number: '1', mine: false },
    { number: '2', mine: false },
  ]);
});

test('my numbers are added and removed', async () => {
  const { bridge, user } = await openSettings(
    'calling',
    { settings: { ...SETTINGS, identity: { ownNumbers: ['+4930901820'], callFrom: '' } } },
    (fake) =>
      fake.answer('own-numbers.set', ({ number, mine }) => {
        const { settings } = fake.state;
        const others = settings.identity.ownNumbers.filter((other) => other !== number);
        const ownNumbers = mine ? [...others, number] : others;
        fake.push('settings', { ...settings, identity: { ...settings.identity, ownNumbers } });
        return ok(fake.state.settings);
      }),
  );
  await user.type(screen.getByLabelText('My other numbers', { selector: 'input' }), '+491701234567{Enter}');
  const list = screen.getByRole('list', { name: 'My other numbers' });
  await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(2));
  within(list).getByText('+49 170 1234567');
  await user.click(screen.getByRole('button', { name: 'Remove +4930901820' }));
  expect(bridge.state.settings.identity.ownNumbers).toEqual(['+491701234567']);
});

test('notifications are paused and resumed', async () => {
  const { bridge, user } = await openSettings('notifications', {}, (fake) =>
    fake.answer('notifications.pause', ({ until }) => {
      fake.push('desktop', { ...DESKTOP, pausedUntil: until === null ? null : Date.now() + 1_800_000 });
      return ok(null);
    }),
  );
  await user.click(screen.getByRole('button', { name: '30 minutes' }));
  await screen.findByText(/^Paused until/u);
  await user.click(screen.getByRole('button', { name: 'Resume' }));
  await screen.findByRole('button', { name: 'Until tomorrow' });
  expect(bridge.payloads('notifications.pause')).toEqual([{ until: 'half-hour' }, { until: null }]);
});

test('the sentence after a test notification leads to the notification method', async () => {
  const { user } = await openSettings('notifications', {}, (fake) => fake.answer('notifications.test', () => ok(null)));
  await user.click(screen.getByRole('button', { name: 'Show a test notification' }));
  await user.click(await screen.findByRole('button', { name: 'Open notification settings' }));
  await waitFor(() => expect(document.activeElement?.id).toBe('notify-backend'));
});

test('the advice to keep the password leads to that setting', async () => {
  const { user } = await openSettings('notifications', {
    calls: { listening: { source: 'sessions', push: 'off', topics: [], error: null } },
  });
  await screen.findByText(/turn on “Keep the password”/u);
  await user.click(screen.getByRole('button', { name: 'Open Sign-in storage' }));
  await waitFor(() => expect(document.activeElement?.id).toBe('keep-password'));
});

test('a test notification that fails says why', async () => {
  const { user } = await openSettings('notifications', {}, (fake) =>
    fake.answer('notifications.test', () => err(appError('action-failed'))),
  );
  await user.click(screen.getByRole('button', { name: 'Show a test notification' }));
  await screen.findByText(/This computer didn't allow that\./u);
});

test('Traydial becomes the program for the links of a scheme', async () => {
  const { bridge, user } = await openSettings('calling', {}, (fake) =>
    fake.answer('links.make-default', () => {
      const links = DESKTOP.links.map((link) =>
        link.scheme === 'tel' ? { ...link, state: 'ours' as const, program: '', action: null } : link,
      );
      fake.push('desktop', { ...DESKTOP, links });
      return ok(null);
    }),
  );
  const row = (): HTMLElement | undefined =>
    within(screen.getByRole('list', { name: 'Each kind of link' })).getAllByRole('listitem')[0];
  expect(row()?.textContent).toMatch(/tel:.*Linphone/u);
  await user.click(screen.getByRole('button', { name: 'Use Traydial for tel: links' }));
  await waitFor(() => expect(row()?.textContent).toMatch(/tel:.*Traydial/u));
  expect(bridge.payloads('links.make-default')).toEqual([{ scheme: 'tel' }]);
});

test('signing out leads to the sign-in form', async () => {
  const { user } = await openSettings('accounts', {}, (fake) =>
    fake.answer('account.sign-out', () => {
      fake.push('account', { ...SIGNED_OUT, address: ACCOUNT.address });
      return ok(null);
    }),
  );
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await screen.findByRole('heading', { name: 'Sign in to your PBX' });
});

test('About names the version and opens help in the browser, signed in or not', async () => {
  const { bridge, user } = await openWindow({ account: SIGNED_OUT }, (fake) =>
    fake.answer('desktop.open-page', () => ok(null)),
  );
  await user.click(screen.getByRole('button', { name: 'About Traydial' }));
  screen.getByText(/Version 0\.1\.0/u);
  await user.click(screen.getByRole('button', { name: /^Report a problem/u }));
  expect(bridge.payloads('desktop.open-page')).toEqual([{ page: 'issues' }]);
  await user.click(screen.getByRole('button', { name: 'Back' }));
  await screen.findByRole('heading', { name: 'Sign in to your PBX' });
});

test('About shows the licence of each package in the program', async () => {
  const { user } = await openWindow({ account: SIGNED_OUT }, (fake) =>
    fake.answer('desktop.licences', () =>
      ok([{ name: 'zod', version: '4.6.7', identifier: 'MIT', text: 'Copyright (c) Colin' }]),
    ),
  );
  await user.click(screen.getByRole('button', { name: 'About Traydial' }));
  await user.click(screen.getByText('Licences of the packages in Traydial'));
  await user.click(await screen.findByText('zod 4.6.7, MIT'));
  expect(screen.getByRole('region', { name: 'Licence of zod' }).textContent).toBe('Copyright (c) Colin');
});

test.each([
  ['dark mode', 'Theme'],
  ['font', 'Text size'],
  ['autostart', 'Start when I log in'],
  ['hotkey', 'Call from any program'],
  ['handset', 'Phone that rings first'],
  ['banner', 'Missed calls'],
])('a search for "%s" finds %s', async (typed, label) => {
  const { user } = await openWindow();
  await user.click(screen.getByRole('button', { name: 'Settings' }));
  await user.type(screen.getByLabelText('Search settings'), typed);
  await waitFor(() => expect(screen.getByText(label).closest('[hidden]')).toBeNull());
  expect(screen.queryByText(/No setting matches/u)).toBeNull();
});

test.each(['Dunkelmodus', 'Schriftgröße', 'Autostart', 'Hotkey', 'Adressbuch', 'Proxy', 'Ton'])(
  'in German a search for "%s" finds something',
  async (typed) => {
    const { bridge, user } = await openWindow();
    bridge.push('desktop', { ...DESKTOP, language: 'de' });
    await user.click(await screen.findByRole('button', { name: 'Einstellungen' }));
    await user.type(await screen.findByLabelText('Einstellungen durchsuchen'), typed);
    await screen.findByText(/gefunden$/u);
  },
);

test('a setting that another view links to is unfolded', async () => {
  const { user } = await openSettings('confirm');
  const folded = screen.getByLabelText('Favourites').closest('details');
  expect(folded?.open).toBe(false);
  await user.click(screen.getByText('Other sources'));
  expect(folded?.open).toBe(true);
});
