import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { IDLE } from '../../../src/shared/dial.ts';
import { appError } from '../../../src/shared/errors.ts';
import type { Notice } from '../../../src/shared/notice.ts';
import { openWindow } from '../support/open.ts';
import { ACCOUNT, DESKTOP } from '../support/samples.ts';

const TAKEN: Notice = { id: 'links-taken', schemes: ['tel'], program: 'Linphone' };
const NO_SERVICE: Notice = { id: 'notifications-missing', problem: 'no-service' };
const UNSUPPORTED: Notice = { id: 'notifications-missing', problem: 'choice-unsupported' };

test.each<[Notice, button: string, page: string, control: string]>([
  [TAKEN, 'Open phone-link settings', 'Calling', 'phone-links'],
  [UNSUPPORTED, 'Open notification settings', 'Advanced', 'notify-backend'],
  [NO_SERVICE, 'Open notification settings', 'Notifications', 'notify-test'],
])('the notice %o leads to its setting by %s', async (notice, button, page, control) => {
  const { user } = await openWindow({ desktop: { ...DESKTOP, notices: [notice] } });
  await user.click(await screen.findByRole('button', { name: button }));
  await screen.findByRole('heading', { level: 1, name: page });
  await waitFor(() => expect(document.activeElement?.id).toBe(control));
});

test('an account without an extension shows a message at once, with a link to My numbers', async () => {
  const { user } = await openWindow({ account: { ...ACCOUNT, extension: '' } });
  screen.getByText("Traydial doesn't know your phone.");
  await user.click(screen.getByRole('button', { name: 'Open My numbers' }));
  await waitFor(() => expect(document.activeElement?.id).toBe('call-from'));
});

test('the error disappears once the phone is known, by a setting or another account', async () => {
  const { bridge } = await openWindow({ account: { ...ACCOUNT, extension: '' } });
  const error = appError('own-number-unknown');
  bridge.push('dial', { ...IDLE, refusal: { error, provenance: 'link', at: 1 } });
  await screen.findByText(/doesn't know which phone is yours/u);
  bridge.push('account', ACCOUNT);
  await waitFor(() => expect(screen.queryByText(/doesn't know which phone is yours/u)).toBeNull());
});

test('the error about an unknown phone links to My numbers and is shown once', async () => {
  const { bridge, user } = await openWindow({ account: { ...ACCOUNT, extension: '' } });
  const error = appError('own-number-unknown');
  bridge.push('dial', { ...IDLE, refusal: { error, provenance: 'link', at: 1 } });
  await screen.findByText(/doesn't know which phone is yours/u);
  await user.click(screen.getByRole('button', { name: 'Open My numbers' }));
  await screen.findByRole('heading', { level: 1, name: 'Calling' });
  await waitFor(() => expect(document.activeElement?.id).toBe('call-from'));
});
