import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { formatFor } from '../../../src/messages/format.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';
import type { SavedAccountInfo, TrustedCertificate } from '../../../src/shared/state.ts';
import { openSettings, openWindow } from '../support/open.ts';
import { ACCOUNT, call, live, SETTINGS, SIGNED_OUT } from '../support/samples.ts';

const ANNA: SavedAccountInfo = {
  key: 'anna@example.com pbx.example.com',
  address: 'pbx.example.com',
  domain: 'example.com',
  username: 'anna',
  displayName: 'Anna Weber',
  extension: '101',
  active: true,
  hasSecret: true,
};
const OWEN: SavedAccountInfo = {
  ...ANNA,
  key: 'owen@other.example pbx.other.example',
  address: 'pbx.other.example',
  domain: 'other.example',
  username: 'owen',
  displayName: 'Owen Clarke',
  extension: '7',
  active: false,
};
const TWO = { ...ACCOUNT, saved: [ANNA, OWEN] };

test('the settings list the other accounts and switch to one, which leads to its calls', async () => {
  const { bridge, user } = await openSettings('accounts', { account: TWO }, (fake) =>
    fake.answer('account.switch', () => {
      const saved = [
        { ...ANNA, active: false },
        { ...OWEN, active: true },
      ];
      fake.push('account', { ...ACCOUNT, ...OWEN, saved });
      return ok(null);
    }),
  );
  const others = screen.getByRole('list', { name: 'Other accounts' });
  within(others).getByText('7 · other.example');
  await user.click(within(others).getByRole('button', { name: 'Switch to Owen Clarke' }));
  expect(bridge.payloads('account.switch')).toEqual([{ key: OWEN.key }]);
  await screen.findByLabelText('Name or number');
});

test('the contacts in the settings are those of the account that is signed in', async () => {
  const { bridge } = await openSettings('accounts', { account: TWO }, (fake) => {
    fake.answer('contacts.own', () =>
      ok({ contacts: [{ id: 'a', name: 'Priya Raman', company: '', numbers: [] }], more: 0 }),
    );
    fake.answer('contacts.list', () => ok([{ file: 'anna.csv', people: 2 }]));
  });
  await screen.findByText('Priya Raman');
  await screen.findByText('anna.csv');
  bridge.answer('contacts.own', () => ok({ contacts: [], more: 0 }));
  bridge.answer('contacts.list', () => ok([]));
  bridge.push('account', { ...ACCOUNT, ...OWEN, saved: [{ ...OWEN, active: true }] });
  await waitFor(() => expect(screen.queryByText('Priya Raman')).toBeNull());
  expect(screen.queryByText('anna.csv')).toBeNull();
});

test('shows why switching accounts failed', async () => {
  const { user } = await openSettings('accounts', { account: TWO }, (fake) =>
    fake.answer('account.switch', () => err(appError('sign-in-busy'))),
  );
  await user.click(screen.getByRole('button', { name: 'Switch to Owen Clarke' }));
  await screen.findByText(/already signing in/u);
});

test('an account is removed only after a question, which Escape cancels', async () => {
  const { bridge, user } = await openSettings('accounts', { account: TWO }, (fake) =>
    fake.answer('account.remove', () => {
      fake.push('account', { ...ACCOUNT, saved: [ANNA] });
      return ok(null);
    }),
  );
  const cross = screen.getByRole('button', { name: 'Remove Owen Clarke' });
  await user.click(cross);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep' })));
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('button', { name: 'Keep' })).toBeNull();
  expect(document.activeElement).toBe(cross);
  expect(bridge.payloads('account.remove')).toEqual([]);
  await user.click(cross);
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  expect(bridge.payloads('account.remove')).toEqual([{ key: OWEN.key }]);
  await waitFor(() => expect(screen.queryByText('Owen Clarke')).toBeNull());
});

test('adding an account opens an empty form with a button back', async () => {
  const { bridge, user } = await openSettings('accounts', { account: TWO }, (fake) => {
    fake.answer('account.add', () => {
      fake.push('account', { ...SIGNED_OUT, saved: [{ ...ANNA, active: false }, OWEN] });
      return ok(null);
    });
    fake.answer('account.switch', () => {
      fake.push('account', TWO);
      return ok(null);
    });
  });
  await user.click(screen.getByRole('button', { name: 'Add an account' }));
  await screen.findByRole('heading', { name: 'Sign in to your PBX' });
  expect(screen.getByLabelText<HTMLInputElement>('PBX address').value).toBe('');
  await user.click(screen.getByRole('button', { name: /^Switch to Anna Weber/u }));
  await screen.findByLabelText('Name or number');
  expect(bridge.payloads('account.switch')).toEqual([{ key: ANNA.key }]);
});

test('switching to an account without a sign-in fills the form with it', async () => {
  const form = { ...SIGNED_OUT, address: ANNA.address, domain: ANNA.domain, username: ANNA.username };
  const { user } = await openWindow({ account: { ...form, saved: [ANNA, { ...OWEN, hasSecret: false }] } }, (fake) =>
    fake.answer('account.switch', () => {
      const saved = [
        { ...ANNA, active: false },
        { ...OWEN, active: true },
      ];
      fake.push('account', { ...form, address: OWEN.address, domain: OWEN.domain, username: OWEN.username, saved });
      return ok(null);
    }),
  );
  await user.type(screen.getByLabelText('Password'), 'of-anna');
  screen.getByText('Asks for the password');
  await user.click(screen.getByRole('button', { name: /^Switch to Owen Clarke/u }));
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('User name').value).toBe('owen'));
  expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('');
});

test('two accounts with one name in one domain are distinguished by their servers', async () => {
  const twin = { ...ANNA, key: 'twin', address: 'backup.example.com', active: false };
  await openSettings('accounts', { account: { ...ACCOUNT, saved: [ANNA, twin] } });
  screen.getByText('101 · pbx.example.com');
  screen.getByText('101 · backup.example.com');
});

test('the status bar switches by keyboard alone', async () => {
  const { bridge, user } = await openWindow({ account: TWO }, (fake) => fake.answer('account.switch', () => ok(null)));
  const who = await screen.findByRole('button', { name: 'Account: Anna Weber · 101. Switch to another' });
  who.focus();
  await user.keyboard('{Enter}');
  expect(who.getAttribute('aria-expanded')).toBe('true');
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Owen Clarke'));
  await user.keyboard('{Escape}');
  expect(document.activeElement).toBe(who);
  expect(bridge.payloads('window.hide')).toEqual([]);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Owen Clarke'));
  await user.keyboard('{ArrowDown}{Enter}');
  expect(bridge.payloads('account.switch')).toEqual([{ key: OWEN.key }]);
});

test('the status bar of a user with one account has no menu', async () => {
  await openWindow({ account: { ...ACCOUNT, saved: [ANNA] } });
  screen.getByTitle('Anna Weber · 101');
  expect(screen.queryByRole('button', { name: /Switch to another/u })).toBeNull();
});

const { date } = formatFor('en');
const PIN: TrustedCertificate = {
  server: 'pbx.example.com:8887',
  sha256: Array.from({ length: 32 }, () => 'AB').join(':'),
  certificate: { subject: 'CN=pbx', issuer: 'CN=pbx', validFrom: 0, validTo: 86_400_000, sha256: '' },
  trustedAt: Date.UTC(2026, 2, 1),
};
const trust = (certificates: TrustedCertificate[], authorities: string[] = []) => ({
  certificates,
  authorities,
  authoritiesProblem: null,
});

test('trusted certificates are listed with what is known of them, and forgotten after a question', async () => {
  const old = { ...PIN, server: '10.0.0.5:8887', certificate: null, trustedAt: null };
  const { bridge, user } = await openSettings('advanced', { trust: trust([PIN, old]) }, (fake) =>
    fake.answer('account.forget-certificate', () => {
      fake.push('trust', trust([old]));
      return ok(null);
    }),
  );
  const list = screen.getByRole('list', { name: 'Trusted certificates' });
  within(list).getByText(`Trusted by you since ${date(Date.UTC(2026, 2, 1))}`);
  within(list).getByText((text) => text.startsWith(`Expired on ${date(86_400_000)}. Traydial still trusts`));
  within(list).getByText('Trusted by you');
  expect(within(list).getAllByText('SHA-256 fingerprint')[0]?.nextElementSibling?.textContent).toBe(PIN.sha256);
  await user.click(screen.getByRole('button', { name: 'Forget the certificate of pbx.example.com:8887' }));
  await user.click(screen.getByRole('button', { name: 'Forget it' }));
  expect(bridge.payloads('account.forget-certificate')).toEqual([{ address: 'pbx.example.com:8887' }]);
  await waitFor(() => expect(screen.queryByText('pbx.example.com:8887')).toBeNull());
});

test('a file of authorities is chosen in a dialog and can be removed', async () => {
  const settings = { ...SETTINGS, trust: { authoritiesFile: '/etc/ca.pem' } };
  const { bridge, user } = await openSettings('advanced', { settings }, (fake) =>
    fake.answer('trust.choose-authorities', () => err(appError('tls-ca-none'))),
  );
  const field = screen.getByLabelText<HTMLInputElement>('Additional CA file');
  await user.type(field, '/etc/other.pem{Tab}');
  expect(field.value).toBe('/etc/ca.pem');
  bridge.push('trust', trust([], ['CN=Office CA']));
  await screen.findByText('CN=Office CA');
  await user.click(screen.getByRole('button', { name: 'Choose a file…' }));
  await screen.findByText(/That file contains no certificate of an authority/u);
  await user.click(screen.getByRole('button', { name: 'Remove the file' }));
  expect(bridge.payloads('settings.change')).toEqual([{ trust: { authoritiesFile: '' } }]);
});

test('settings can be opened before signing in', async () => {
  await openSettings('accounts', { account: { ...SIGNED_OUT, saved: [] } });
  screen.getByText('Nobody is signed in.');
});

test('a call option that is too long shows an error and is not shortened', async () => {
  const { bridge, user } = await openSettings('advanced', { settings: SETTINGS });
  const field = screen.getByLabelText<HTMLInputElement>('Rewrite From');
  await user.type(field, '12345678901234567{Tab}');
  screen.getByText('At most 16 characters; this has 17.');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(bridge.payloads('settings.change')[0]?.dialling?.options?.rewriteFrom).toBe('12345678901234567');
  await user.type(field, '{Backspace}');
  expect(screen.queryByText(/At most 16 characters/u)).toBeNull();
});

test('during a call the user is asked before they are signed out, and may stay', async () => {
  const { bridge, user } = await openSettings('accounts', { account: TWO, calls: live(call({ mine: true })) });
  const signOut = screen.getByRole('button', { name: 'Sign out' });
  await user.click(signOut);
  const question = await screen.findByRole('dialog', { name: 'You are on a call' });
  await user.click(within(question).getByRole('button', { name: 'Stay signed in' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(bridge.payloads('account.sign-out')).toEqual([]);

  await user.click(signOut);
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Sign out' }));
  expect(bridge.payloads('account.sign-out')).toHaveLength(1);
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('signing out during a call of a colleague asks no question', async () => {
  const { bridge, user } = await openSettings('accounts', { account: TWO, calls: live(call({ mine: false })) });
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(bridge.payloads('account.sign-out')).toHaveLength(1);
});
