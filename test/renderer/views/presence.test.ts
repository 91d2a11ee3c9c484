import { screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { ok } from '../../../src/shared/result.ts';
import { openSettings, openWindow } from '../support/open.ts';
import { DESKTOP, recent, SETTINGS } from '../support/samples.ts';

const text = (element: HTMLElement): string => element.textContent.replace(/\s+/gu, ' ').trim();

test('favourites and recent calls show the presence of a colleague as text and shape, and none if it is not known', async () => {
  const { bridge } = await openWindow({
    favourites: [
      { number: '102', name: 'Bo Chen', provenance: 'typed' },
      { number: '103', name: 'Priya Raman', provenance: 'typed' },
    ],
    recents: [recent({ id: 'a', number: '102', name: 'Bo Chen' })],
    presences: { 102: 'on-call' },
  });
  const favourites = (): HTMLElement[] =>
    within(screen.getByRole('list', { name: 'Favourites' })).getAllByRole('listitem');
  expect(favourites().map(text)).toEqual([
    expect.stringMatching(/Bo Chen.*, on the phone$/u),
    expect.not.stringContaining(','),
  ]);
  expect(screen.getAllByRole('button', { name: /Bo Chen.*, on the phone/u })).toHaveLength(2);
  const onThePhone = favourites()[0]?.querySelector('.face svg:last-child path')?.getAttribute('d');
  bridge.push('presences', { 102: 'available' });
  await screen.findAllByText(/, available/u);
  expect(favourites()[0]?.querySelector('.face svg:last-child path')?.getAttribute('d')).not.toBe(onThePhone);
});

test('a caller from outside with the number of an extension shows no presence', async () => {
  await openWindow({
    recents: [recent({ id: 'a', number: '102', name: 'Somebody', external: true })],
    presences: { 102: 'available' },
  });
  expect(screen.queryByText(/available/u)).toBeNull();
});

test.each([
  ['darwin', 'never', ['Always', 'Without sound', 'Never']],
  ['linux', 'never', ['Always', 'Never']],
  ['linux', 'silent', ['Always', 'Without sound (not on Linux)', 'Never']],
] as const)('on %s a person with the rule %s is offered these choices', async (platform, notify, offered) => {
  await openSettings('notifications', {
    desktop: { ...DESKTOP, platform },
    settings: {
      ...SETTINGS,
      notifications: { ...SETTINGS.notifications, people: [{ number: '102', name: 'Bo Chen', notify }] },
    },
  });
  const choices = within(screen.getByLabelText('Notifications of Bo Chen')).getAllByRole('option');
  expect(choices.map(({ textContent }) => textContent)).toEqual(offered);
});

test('the rule for a person is made, changed and removed in the settings', async () => {
  const { bridge, user } = await openSettings('notifications', {
    settings: {
      ...SETTINGS,
      notifications: {
        ...SETTINGS.notifications,
        people: [{ number: '102', name: 'Bo Chen', notify: 'never' }],
      },
    },
  });
  bridge.answer('notifications.person', () => ok(SETTINGS));
  await user.selectOptions(screen.getByLabelText('Notifications of Bo Chen'), 'Always');
  await user.type(screen.getByLabelText(/^Number of a person/u), '+49 30 901820{Enter}');
  await user.click(screen.getByRole('button', { name: 'Remove the rule for Bo Chen' }));
  expect(bridge.payloads('notifications.person')).toEqual([
    { number: '102', name: 'Bo Chen', notify: 'always' },
    { number: '+49 30 901820', name: '', notify: 'never' },
    { number: '102', name: 'Bo Chen', notify: null },
  ]);
});
