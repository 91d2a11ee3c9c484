import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { ok } from '../../../src/shared/result.ts';
import type { CountryState } from '../../../src/shared/state.ts';
import { dialField, openSettings, openWindow } from '../support/open.ts';
import { call, plan, recent, SETTINGS } from '../support/samples.ts';

const GERMANY: CountryState = { found: { code: 'DE', from: 'tenant' }, isNew: true };
const line = (): HTMLElement | null => screen.queryByText(/Numbers without \+:/u);

test('a line says by which country numbers are read, and reports that it was shown', async () => {
  const { bridge } = await openWindow({ country: GERMANY });
  expect(line()?.textContent).toBe('Numbers without +: Germany');
  await waitFor(() => expect(bridge.payloads('country.shown')).toEqual([null]));
  bridge.push('country', { found: { code: 'US', from: 'line' }, isNew: true });
  await waitFor(() => expect(line()?.textContent).toBe('Numbers without +: United States'));
  expect(bridge.payloads('country.shown')).toHaveLength(2);
  bridge.push('country', { ...GERMANY, isNew: false });
  await waitFor(() => expect(line()).toBeNull());
});

test('Change opens the settings at the country, which stands first among the settings of calling', async () => {
  const { bridge, user } = await openWindow({ country: GERMANY });
  await user.click(screen.getByRole('button', { name: 'Change the country' }));
  const select = screen.getByLabelText<HTMLSelectElement>('Country');
  await waitFor(() => expect(document.activeElement).toBe(select));
  expect(document.querySelector('.groups')?.querySelector('select, input')).toBe(select);
  expect(select.selectedOptions[0]?.textContent).toBe('Detected: Germany');
  expect(bridge.payloads('country.dismiss')).toEqual([null]);

  await user.selectOptions(select, 'AT');
  expect(bridge.payloads('settings.change')).toEqual([{ dialling: { country: 'AT' } }]);
  expect(select.value).toBe('AT');
  screen.getByText('For numbers without a + in front.');
});

test('the line can be dismissed', async () => {
  const { bridge, user } = await openWindow({ country: GERMANY });
  await user.click(screen.getByRole('button', { name: 'Dismiss the country' }));
  expect(bridge.payloads('country.dismiss')).toEqual([null]);
});

test('the settings say how the country was found, or that it was not found', async () => {
  const { bridge } = await openSettings('calling', { country: { ...GERMANY, isNew: false } });
  expect(line()).toBeNull();
  screen.getByText('For numbers without a + in front. Taken from the settings of the PBX.');
  bridge.push('country', { found: null, isNew: false });
  await screen.findByRole('option', { name: 'Not set' });
});

test('numbers are formatted for the detected country, or for the one that the user chose', async () => {
  const number = '03012345678';
  const { bridge } = await openWindow({
    country: { ...GERMANY, isNew: false },
    recents: [recent({ number, name: '' })],
    calls: { calls: [call({ caller: { name: '', number }, other: { name: '', number } })] },
  });
  expect(screen.getAllByText('030 12345678')).toHaveLength(2);
  bridge.push('settings', { ...SETTINGS, dialling: { ...SETTINGS.dialling, country: 'US' } });
  await waitFor(() => expect(screen.queryByText('030 12345678')).toBeNull());
});

test('the number in the field is read again when the country changes, also while the settings are open', async () => {
  const { bridge, user } = await openWindow({ country: { ...GERMANY, isNew: false } }, (fake) =>
    fake.answer('dial.preview', () => ok({ found: 'one', plan: plan() })),
  );
  const previews = (): number => bridge.payloads('dial.preview').length;
  await user.type(dialField(), '030 12345678');
  await waitFor(() => expect(screen.getByText('+1 201 555 0123')).toBeTruthy());
  const first = previews();
  bridge.push('country', { found: { code: 'AT', from: 'line' }, isNew: false });
  await waitFor(() => expect(previews()).toBe(first + 1));

  await user.click(screen.getByRole('button', { name: 'Settings' }));
  bridge.push('settings', { ...SETTINGS, dialling: { ...SETTINGS.dialling, country: 'US' } });
  await user.click(screen.getByRole('button', { name: 'Back to calls' }));
  await waitFor(() => expect(previews()).toBe(first + 2));
  bridge.push('settings', { ...SETTINGS, dialling: { ...SETTINGS.dialling, country: 'US' } });
  await user.type(dialField(), '9');
  await waitFor(() => expect(previews()).toBe(first + 3));
});
