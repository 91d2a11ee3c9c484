import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { appError, type CertificateSummary } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';
import type { AccountState } from '../../../src/shared/state.ts';
import { openWindow, type Opened } from '../support/open.ts';
import { ACCOUNT, DESKTOP, SIGNED_OUT } from '../support/samples.ts';

const CERTIFICATE: CertificateSummary = {
  subject: 'CN=pbx.example.com',
  issuer: 'CN=pbx.example.com',
  validFrom: Date.UTC(2024, 2, 1),
  validTo: Date.UTC(2034, 2, 1),
  sha256: Array.from({ length: 32 }, (_, index) => (index + 16).toString(16).toUpperCase()).join(':'),
};
const FILLED: AccountState = { ...SIGNED_OUT, address: 'pbx.example.com', domain: 'example.com', username: 'anna' };
const field = (label: string): HTMLInputElement => screen.getByLabelText<HTMLInputElement>(label);

async function fillAndSubmit({ user }: Opened): Promise<void> {
  await user.type(field('PBX address'), 'pbx.example.com');
  await user.type(field('SIP domain'), 'example.com');
  await user.type(field('User name'), 'anna');
  await user.type(field('Password'), 'secret{Enter}');
}

test('the first start offers to sign in or to explore the demo', async () => {
  const { bridge, user } = await openWindow({ account: SIGNED_OUT }, (fake) =>
    fake.answer('account.start-demo', () => {
      fake.push('account', { ...ACCOUNT, demo: true });
      return ok(null);
    }),
  );
  screen.getByRole('heading', { name: 'Sign in to your PBX' });
  expect(document.activeElement).toBe(field('PBX address'));
  await user.click(screen.getByRole('button', { name: 'Try the demo' }));
  await screen.findByRole('region', { name: 'Demo' });
  expect(bridge.payloads('account.start-demo')).toHaveLength(1);
});

test('Enter signs in with what was typed', async () => {
  const opened = await openWindow({ account: SIGNED_OUT }, (fake) =>
    fake.answer('account.sign-in', () => {
      fake.push('account', ACCOUNT);
      return ok(null);
    }),
  );
  await fillAndSubmit(opened);
  await screen.findByLabelText('Name or number');
  expect(opened.bridge.payloads('account.sign-in')).toEqual([
    {
      address: 'pbx.example.com',
      domain: 'example.com',
      username: 'anna',
      password: 'secret',
      remember: true,
      trustFingerprint: null,
    },
  ]);
});

test('each empty field shows an error, and no sign-in is sent', async () => {
  const { bridge, user } = await openWindow({ account: SIGNED_OUT });
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  for (const sentence of ['Type the address of your PBX.', 'Type your user name.', 'Type your password.']) {
    screen.getByText(sentence);
  }
  expect(document.activeElement).toBe(field('PBX address'));
  expect(field('Password').getAttribute('aria-invalid')).toBe('true');
  expect(bridge.payloads('account.sign-in')).toEqual([]);
});

test('a wrong password shows one error, the form keeps its contents, and the sign-in is not repeated automatically', async () => {
  const opened = await openWindow({ account: SIGNED_OUT }, (fake) =>
    fake.answer('account.sign-in', () => {
      fake.push('account', { ...FILLED, reason: appError('sign-in-refused') });
      return err(appError('sign-in-refused'));
    }),
  );
  await fillAndSubmit(opened);
  await screen.findByText(/Use your web-portal login/u);
  expect(screen.getAllByText(/Wrong user name, password or domain\./u)).toHaveLength(1);
  expect([field('PBX address').value, field('User name').value, field('Password').value]).toEqual([
    'pbx.example.com',
    'anna',
    'secret',
  ]);
  await waitFor(() => expect(document.activeElement).toBe(field('Password')));
  expect(opened.bridge.payloads('account.sign-in')).toHaveLength(1);
});

test('a wrong address gives an error at the address, with what was tried', async () => {
  const opened = await openWindow({ account: SIGNED_OUT }, (fake) =>
    fake.answer('account.sign-in', () => err(appError('dns-failed', { detail: 'Tried https://pbx.example.com:8887' }))),
  );
  await fillAndSubmit(opened);
  await screen.findByText('Tried https://pbx.example.com:8887');
  expect(field('PBX address').getAttribute('aria-invalid')).toBe('true');
  expect(field('Password').getAttribute('aria-invalid')).toBe('false');
});

test('Test connection names the tenant without signing in', async () => {
  const { bridge, user } = await openWindow({ account: FILLED }, (fake) =>
    fake.answer('account.test', () =>
      ok({ origin: 'https://pbx.example.com:8887', tenant: 'Weber & Söhne', microsoft: false }),
    ),
  );
  await user.click(screen.getByRole('button', { name: 'Test connection' }));
  await screen.findByText(/This is the PBX of Weber & Söhne\./u);
  screen.getByText('https://pbx.example.com:8887');
  expect(bridge.payloads('account.sign-in')).toEqual([]);
});

test('an unknown certificate is shown for comparison; trusting it repeats the request', async () => {
  const opened = await openWindow({ account: SIGNED_OUT }, (fake) =>
    fake.answer('account.sign-in', ({ trustFingerprint }) => {
      if (trustFingerprint === null) return err(appError('tls-untrusted', { certificate: CERTIFICATE }));
      fake.push('account', ACCOUNT);
      return ok(null);
    }),
  );
  await fillAndSubmit(opened);
  const heading = await screen.findByRole('heading', { name: 'Is this your PBX?' });
  await waitFor(() => expect(document.activeElement).toBe(heading));
  expect(screen.getByText('PBX address', { selector: 'dt' }).nextElementSibling?.textContent).toBe('pbx.example.com');
  screen.getByText('CN=pbx.example.com');
  screen.getByText('Itself (self-signed)');
  expect(screen.getByText('SHA-256 fingerprint').nextElementSibling?.textContent).toBe(CERTIFICATE.sha256);
  await opened.user.click(screen.getByRole('button', { name: 'Trust this certificate' }));
  await screen.findByLabelText('Name or number');
  expect(opened.bridge.payloads('account.sign-in').map((form) => form.trustFingerprint)).toEqual([
    null,
    CERTIFICATE.sha256,
  ]);
});

test('a wrong domain that shows after a certificate was trusted has the focus', async () => {
  const opened = await openWindow({ account: SIGNED_OUT }, (fake) =>
    fake.answer('account.sign-in', ({ trustFingerprint }) => {
      if (trustFingerprint === null) return err(appError('tls-untrusted', { certificate: CERTIFICATE }));
      return err(appError('domain-unknown'));
    }),
  );
  await fillAndSubmit(opened);
  await opened.user.click(await screen.findByRole('button', { name: 'Trust this certificate' }));
  await waitFor(() => expect(document.activeElement).toBe(field('SIP domain')));
  expect(field('SIP domain').getAttribute('aria-invalid')).toBe('true');
});

test('trusting the certificate of one server does not apply to another', async () => {
  const opened = await openWindow({ account: FILLED }, (fake) =>
    fake.answer('account.test', ({ trustFingerprint }) =>
      trustFingerprint === null
        ? err(appError('tls-untrusted', { certificate: CERTIFICATE }))
        : ok({ origin: 'https://pbx.example.com:8887', tenant: '', microsoft: false }),
    ),
  );
  await opened.user.click(screen.getByRole('button', { name: 'Test connection' }));
  await opened.user.click(await screen.findByRole('button', { name: 'Trust this certificate' }));
  await screen.findByText(/A PortSIP PBX answers here\./u);
  await opened.user.type(field('PBX address'), '.evil');
  await opened.user.click(screen.getByRole('button', { name: 'Test connection' }));
  await screen.findByRole('heading', { name: 'Is this your PBX?' });
  expect(opened.bridge.payloads('account.test').at(-1)?.trustFingerprint).toBeNull();
});

test('a changed certificate cannot be dismissed; going back keeps the contents of the form', async () => {
  const opened = await openWindow({ account: SIGNED_OUT }, (fake) =>
    fake.answer('account.sign-in', () => err(appError('tls-changed', { certificate: CERTIFICATE }))),
  );
  await fillAndSubmit(opened);
  await screen.findByRole('heading', { name: 'The certificate has changed' });
  expect(screen.queryByRole('button', { name: /Trust/u })).toBeNull();
  screen.getByText("Don't sign in until your administrator confirms the change.");
  await opened.user.click(screen.getByRole('button', { name: 'Back' }));
  expect(field('Password').value).toBe('secret');
});

test('after a session has expired, the form says so and needs only the password', async () => {
  const expired = { ...FILLED, reason: appError('session-expired') };
  const { bridge, user } = await openWindow({ account: expired }, (fake) =>
    fake.answer('account.sign-in', () => err(appError('sign-in-refused'))),
  );
  screen.getByText('Your session has expired. Sign in again – nothing is lost.');
  screen.getByText(FILLED.username);
  expect(screen.queryByLabelText('PBX address')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Try the demo' })).toBeNull();
  expect(document.activeElement).toBe(field('Password'));
  await user.keyboard('wrong{Enter}');
  await screen.findByText(/wrong/iu);
  expect(bridge.payloads('account.sign-in')).toMatchObject([
    { address: FILLED.address, domain: FILLED.domain, username: FILLED.username, password: 'wrong' },
  ]);
  expect(screen.queryByLabelText('PBX address')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Another account' }));
  expect(document.activeElement).toBe(field('PBX address'));
  expect(field('Password').value).toBe('wrong');
});

test('after a session has expired, an error about the server shows every field', async () => {
  const { user } = await openWindow({ account: { ...FILLED, reason: appError('session-expired') } }, (fake) =>
    fake.answer('account.sign-in', () => err(appError('connection-refused'))),
  );
  await user.keyboard('secret{Enter}');
  await waitFor(() => expect(field('PBX address').value).toBe(FILLED.address));
});

test('the address of the demo is not offered for a real sign-in', async () => {
  await openWindow({ account: { ...FILLED, address: '127.0.0.1:40001', demo: true } });
  expect(field('PBX address').value).toBe('');
});

test('a saved sign-in is used without asking for anything', async () => {
  await openWindow({ account: { ...FILLED, status: 'signing-in' } });
  screen.getByRole('heading', { name: 'Signing in' });
  expect(screen.queryByLabelText('Password')).toBeNull();
});

test('without a keychain the form explains this and asks whether to keep the sign-in', async () => {
  const { bridge, user } = await openWindow({ account: FILLED, desktop: { ...DESKTOP, secrets: 'weak' } });
  screen.getByText(/This computer has no keychain\./u);
  await user.click(screen.getByRole('button', { name: 'Save anyway' }));
  expect(bridge.payloads('settings.change')).toEqual([{ secrets: { weakStorage: 'allow' } }]);
  await waitFor(() => expect(screen.queryByText(/no keychain/u)).toBeNull());
});

test('without a keychain the user can refuse to keep the sign-in', async () => {
  const { user } = await openWindow({ account: FILLED, desktop: { ...DESKTOP, secrets: 'weak' } });
  await user.click(screen.getByRole('button', { name: 'Until I quit' }));
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Stay signed in on this computer' }).checked).toBe(
    false,
  );
});

test('the form requests the mailed code, and a wrong code shows an error at its field', async () => {
  const waiting = { ...FILLED, status: 'signing-in' as const, awaitingCode: true };
  const { bridge, user } = await openWindow({ account: waiting }, (fake) => {
    fake.answer('account.enter-code', () => err(appError('two-factor-wrong')));
    fake.answer('account.send-code', () => ok(null));
  });
  await user.type(screen.getByLabelText('Code'), '123 456');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(bridge.payloads('account.enter-code')).toEqual([{ code: '123 456' }]);
  await screen.findByText(/Wrong code\./u);
  await user.click(screen.getByRole('button', { name: 'Send a new code' }));
  await screen.findByText('A new code is on its way.');
  await user.click(screen.getByRole('button', { name: 'Back to sign-in' }));
  expect(bridge.payloads('account.cancel-code')).toHaveLength(1);
});
