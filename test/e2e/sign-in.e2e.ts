import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, newProfile, start, startPbx, until } from './support/session.ts';

describe.each(TARGETS)('signing in on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  test('a wrong password shows one error, the right one signs in, and the certificate is asked about once', async () => {
    const pbx = await startPbx();
    const { window } = await start(target);
    await window.signIn(pbx, 'wrong');
    await window.alert('wrong').waitFor();
    expect(await window.page.getByLabel('User name').inputValue()).toBe('alex');
    expect(await window.page.getByLabel('PBX address').inputValue()).toBe(pbx.address);
    const attempts = () => pbx.requests.filter((request) => request.path === '/api/auth/sign_in').length;
    expect(attempts()).toBe(1);

    await window.page.getByLabel('Password', { exact: true }).fill(pbx.account.password);
    await window.button('Sign in').click();
    await window.dialField.waitFor();
    await window.text('Alex Morgan').first().waitFor();
    expect(attempts()).toBe(2);
  });

  test('the certificate is shown with its fingerprint before anything secret is sent', async () => {
    const pbx = await startPbx();
    const { window } = await start(target);
    await window.fillSignIn(pbx, pbx.account.password);
    await window.button('Sign in').click();
    await window.button('Trust this certificate').waitFor();
    const card = (await window.page.getByRole('region', { name: 'Is this your PBX?' }).textContent()) ?? '';
    expect(card.replace(/\s/g, '')).toContain(pbx.fingerprint.slice(0, 23));
    expect(pbx.requests).toEqual([]);
  });

  test('Test connection names the tenant', async () => {
    const pbx = await startPbx();
    const { window } = await start(target);
    await window.fillSignIn(pbx, '');
    await window.button('Test connection').click();
    await window.button('Trust this certificate').click();
    await window.text('Demo Office').waitFor();
    expect(await window.page.getByLabel('PBX address').inputValue()).toBe(pbx.address);
  });

  test('a signed-in user is signed in after a restart', async () => {
    const pbx = await startPbx();
    const profile = newProfile();
    const first = await start(target, { profile });
    await first.window.signIn(pbx);
    await first.window.dialField.waitFor();
    await first.app.stop();
    const second = await start(target, { profile });
    await second.window.dialField.waitFor();
    expect(pbx.requests.filter((request) => request.path === '/api/auth/sign_in')).toHaveLength(1);
  });

  test.each([
    ['a name that nobody knows', 'nothing.invalid', 'There is no server with that name'],
    ['a port where nobody listens', '127.0.0.1:1', "doesn't answer on that port"],
    ['no address', 'not an address!', 'host name or IP address'],
  ])('the error names %s, and the form keeps its contents', async (_name, address, sentence) => {
    const { window } = await start(target);
    await window.page.getByLabel('PBX address').fill(address);
    await window.page.getByLabel('SIP domain').fill('office.example.com');
    await window.page.getByLabel('User name').fill('alex');
    await window.page.getByLabel('Password', { exact: true }).fill('secret');
    await window.button('Sign in').click();
    await window.alert(sentence).waitFor();
    expect(await window.page.getByLabel('PBX address').inputValue()).toBe(address);
    expect(await window.page.getByLabel('Password', { exact: true }).inputValue()).toBe('secret');
  });

  test('the error says that the server does not use TLS', async () => {
    const plain = createServer((_request, response) => response.end('<h1>It works</h1>')).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    try {
      const { window } = await start(target);
      await window.page.getByLabel('PBX address').fill(`127.0.0.1:${(plain.address() as AddressInfo).port}`);
      await window.button('Test connection').click();
      await window.alert('secure connection').waitFor();
    } finally {
      plain.close();
    }
  });

  test('the form requests the code sent by e-mail, and a wrong code can be corrected', async () => {
    const pbx = await startPbx({ twoFactor: true });
    const { window } = await start(target);
    await window.signIn(pbx);
    await window.page.getByLabel('Code', { exact: true }).fill('nonsense');
    await window.button('Sign in').click();
    await window.alert('Wrong code').waitFor();
    await window.page.getByLabel('Code', { exact: true }).fill(pbx.mail.at(-1)?.code ?? '');
    await window.button('Sign in').click();
    await window.dialField.waitFor();
  });

  test('a renewed certificate is accepted only after the user compares it and forgets the old one', async () => {
    const pbx = await startPbx();
    const { window } = await start(target);
    await window.signIn(pbx);
    await window.openSettings('Accounts');
    await window.button('Sign out').click();
    const port = Number(pbx.address.split(':')[1]);
    await pbx.close();
    const renewed = await startPbx({ port });
    await window.fillSignIn(renewed, renewed.account.password);
    await window.button('Sign in').click();
    await window.page.getByRole('heading', { name: 'The certificate has changed' }).waitFor();
    expect(await window.button('Trust this certificate').count()).toBe(0);
    await window.button('Forget the old certificate').click();
    await window.button('Sign in').click();
    await window.page.getByRole('heading', { name: 'Is this your PBX?' }).waitFor();
    expect(renewed.requests).toEqual([]);
    await window.button('Trust this certificate').click();
    await window.dialField.waitFor();
  });

  test('signing out forgets the sign-in and offers it again', async () => {
    const pbx = await startPbx();
    const { window } = await start(target);
    await window.signIn(pbx);
    await window.openSettings('Accounts');
    await window.button('Sign out').click();
    await window.page.getByRole('heading', { name: 'Sign in to your PBX' }).waitFor();
    expect(await window.page.getByLabel('PBX address').inputValue()).toBe(pbx.address);
    await until(() => expect(pbx.requests.some((request) => request.path === '/api/auth/sign_out')).toBe(true));
  });
});
