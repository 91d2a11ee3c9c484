import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeCertificate } from '../core/pbx/support/certificate.ts';
import { CAN_SIMULATE } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { capture } from './support/capture.ts';
import { cleanUpAfterEach, newProfile, start, startPbx, until } from './support/session.ts';

const attempts = (pbx: { requests: readonly { path: string }[] }) =>
  pbx.requests.filter((request) => request.path === '/api/auth/sign_in').length;

describe.each(TARGETS)('accounts and trust on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();
  const hostOnly = test.skipIf(!CAN_SIMULATE[target.kind]);

  test('the user adds a second account, switches between the two, keeps both over a restart, and removes one', async () => {
    const [berlin, london] = [await startPbx(), await startPbx()];
    const profile = newProfile();
    const { app, window } = await start(target, { profile });
    await window.signIn(berlin);
    await window.dialField.waitFor();
    await window.openSettings('Accounts');
    await window.button('Add an account').click();
    await window.page.getByRole('heading', { name: 'Sign in to your PBX' }).waitFor();
    expect(await window.page.getByLabel('PBX address').inputValue()).toBe('');
    await window.signIn(london);
    await window.dialField.waitFor();
    expect([attempts(berlin), attempts(london)]).toEqual([1, 1]);

    const ringing = berlin.addSession({
      legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }],
    });
    await window.button(/^Account: Alex Morgan/).click();
    await window.page.getByRole('list', { name: 'Switch to' }).getByRole('button').click();
    await window.liveCalls.getByText('Anna Berg').waitFor();
    expect([attempts(berlin), attempts(london)]).toEqual([1, 1]);
    expect(readFileSync(join(app.profile, 'account.json'), 'utf8')).not.toMatch(/access_?token/i);

    await app.stop();
    const { window: again } = await start(target, { profile });
    await again.liveCalls.getByText('Anna Berg').waitFor();
    await again.openSettings('Accounts');
    await capture(again.page, 'settings-two-accounts');
    await again.page
      .getByRole('list', { name: 'Other accounts' })
      .getByRole('button', { name: /^Remove/ })
      .click();
    await capture(again.page, 'settings-account-remove');
    await again.page.getByRole('button', { name: 'Remove', exact: true }).click();
    await again.page.getByRole('list', { name: 'Other accounts' }).waitFor({ state: 'detached' });
    await until(() => expect(london.requests.some(({ path }) => path === '/api/auth/sign_out')).toBe(true));
    // During a call it would ask first.
    berlin.endSession(ringing);
    await again.ringing.waitFor({ state: 'detached' });
    await again.waitUntilClicksCount();
    await again.button('Sign out').click();
    await again.page.getByRole('heading', { name: 'Sign in to your PBX' }).waitFor();
    expect(await again.page.getByRole('heading', { name: 'Another account' }).count()).toBe(0);
  });

  test('switching to a signed-out account asks for its password, and one click switches back', async () => {
    const [berlin, london] = [await startPbx(), await startPbx()];
    const { window } = await start(target);
    await window.signIn(berlin);
    await window.dialField.waitFor();
    await window.openSettings('Accounts');
    await window.button('Sign out').click();
    await window.signIn(london);
    await window.dialField.waitFor();
    await window.openSettings('Accounts');
    await window.button(/^Switch to/).click();
    await until(async () => expect(await window.page.getByLabel('PBX address').inputValue()).toBe(berlin.address));
    await capture(window.page, 'sign-in-other-account');
    await window.button(/^Switch to/).click();
    await window.dialField.waitFor();
    expect(attempts(london)).toBe(1);
  });

  test('forgetting a certificate closes the connection, and the next sign-in asks about it again', async () => {
    const pbx = await startPbx();
    const { window } = await start(target);
    await window.signIn(pbx);
    await window.dialField.waitFor();
    await window.openSettings('Advanced');
    await window.button(`Forget the certificate of ${pbx.address}`).click();
    await window.page.getByRole('list', { name: 'Trusted certificates' }).getByText('Details').click();
    await capture(window.page, 'settings-certificate-forget');
    await window.button('Forget it').click();
    await window.alert("You no longer trust this PBX's certificate").waitFor();
    await capture(window.page, 'certificate-forgotten');
    const before = pbx.requests.length;
    await window.page.getByLabel('Password', { exact: true }).fill(pbx.account.password);
    await window.button('Sign in').click();
    await window.page.getByRole('heading', { name: 'Is this your PBX?' }).waitFor();
    expect(pbx.requests).toHaveLength(before);
    await window.button('Trust this certificate').click();
    await window.dialField.waitFor();
  });

  test('a certificate renewed during a session is shown for comparison and accepted without a password', async () => {
    const pbx = await startPbx();
    const { window } = await start(target);
    await window.signIn(pbx);
    await window.dialField.waitFor();
    await pbx.restart({ keepTokens: true, certificate: await makeCertificate('pbx') });
    const before = pbx.requests.length;
    await window.button('Try now').click();
    await window
      .text(/certificate is not the one you trusted/)
      .first()
      .waitFor();
    await window.text("Was your PBX's certificate renewed?").click();
    await capture(window.page, 'certificate-renewed');
    expect(pbx.requests).toHaveLength(before);
    await window.page.getByLabel('My administrator confirmed this fingerprint').check();
    await window.button('Forget the old certificate and continue').click();
    pbx.addSession({ legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }] });
    await window.liveCalls.getByText('Anna Berg').waitFor();
    expect(attempts(pbx)).toBe(1);
  });

  hostOnly(
    "with the office's own authority the user is not asked about the PBX's certificate; without it they are",
    async () => {
      const authority = await makeCertificate('Office CA');
      const pbx = await startPbx({ certificate: await makeCertificate('pbx', { authority }) });
      const folder = newProfile();
      const [good, bad] = [join(folder, 'ca.pem'), join(folder, 'notes.txt')];
      writeFileSync(good, `${authority.cert}\n${authority.key}`);
      writeFileSync(bad, 'a secret that nobody may read');
      const { app, window } = await start(target);
      await window.openSettings('Advanced');
      await window.button('Choose a file…').click();
      await app.act({ type: 'file-dialog-answer', files: [bad] });
      await window.alert("can't be used (it contains no certificate").waitFor();
      await window.button('Choose a file…').click();
      await app.act({ type: 'file-dialog-answer', files: [good] });
      await window.page.getByRole('list', { name: 'CAs in the file' }).getByText('CN=Office CA').waitFor();
      await capture(window.page, 'settings-authorities');
      await window.button('Settings').click();

      await window.fillSignIn(pbx, pbx.account.password);
      await window.button('Sign in').click();
      await window.dialField.waitFor();
      await window.openSettings('Advanced');
      await window.text('None. Certificates you trust').waitFor();
      const before = pbx.requests.length;
      await window.button('Remove the file').click();
      await window.alert("doesn't trust the server's certificate").waitFor();
      await window.page.getByLabel('Password', { exact: true }).fill(pbx.account.password);
      await window.button('Sign in').click();
      await window.page.getByRole('heading', { name: 'Is this your PBX?' }).waitFor();
      expect(pbx.requests.slice(before).filter(({ path }) => path.includes('auth'))).toEqual([]);
      expect(await window.page.content()).not.toContain('a secret');
    },
  );
});
