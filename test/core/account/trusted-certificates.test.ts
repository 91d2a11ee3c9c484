import { beforeEach, expect, test } from 'vitest';
import { fingerprintOf } from '../../../src/demo/certificate.ts';
import type { TestPbx } from '../../pbx/test-pbx.ts';
import { makeCertificate, type TestCertificate } from '../pbx/support/certificate.ts';
import { formFor, until, type TestDesk } from '../support/test-desk.ts';
import { countRequests, openDesk, openPbx } from './support/pbxs.ts';

const formWithoutTrust = (pbx: TestPbx) => formFor(pbx, { trustFingerprint: null });

/** Signs in after the certificate was shown, as a person would. */
async function openSignedIn(pbx: TestPbx, options: Parameters<typeof openDesk>[0] = {}): Promise<TestDesk> {
  const it = openDesk(options);
  await it.desk.accounts.signIn(formWithoutTrust(pbx));
  expect(await it.desk.accounts.signIn(formFor(pbx))).toEqual({ ok: true, value: null });
  return it;
}

test('lists a trusted certificate with its details and when it was trusted', async () => {
  const pbx = await openPbx();
  const { desk } = await openSignedIn(pbx);
  expect(desk.trusted).toEqual([
    {
      server: pbx.address,
      sha256: pbx.fingerprint,
      certificate: expect.objectContaining({ subject: 'CN=Demo PBX', issuer: 'CN=Demo PBX' }) as unknown,
      trustedAt: expect.any(Number) as unknown,
    },
  ]);
});

test('trust applies to the server, so a second account there does not ask again', async () => {
  const pbx = await openPbx();
  const { desk } = await openSignedIn(pbx);
  await desk.accounts.add();
  expect(await desk.accounts.signIn({ ...formWithoutTrust(pbx), username: 'noext' })).toEqual({
    ok: true,
    value: null,
  });
  expect(desk.account.saved).toHaveLength(2);
  expect(desk.trusted).toHaveLength(1);
});

test('forgetting the certificate in use signs out at once, with the reason', async () => {
  const pbx = await openPbx();
  const { desk, accounts } = await openSignedIn(pbx);
  await until(() => expect(desk.calls.list.status).toBe('live'));
  const fault = pbx.faults.add({ path: '/api/sessions', action: { hang: true } });
  desk.refresh();
  await until(() => expect(fault.used).toBe(1));
  expect(desk.accounts.forgetCertificate(pbx.address)).toEqual({ ok: true, value: null });
  expect(desk.account).toMatchObject({ status: 'signed-out', reason: { code: 'certificate-forgotten' } });
  expect(desk.trusted).toEqual([]);
  expect(accounts.tokens).toBeNull();
  // A background request may have been under way.
  expect(await desk.accounts.signIn(formWithoutTrust(pbx))).toMatchObject({ error: { code: 'tls-untrusted' } });
  const before = pbx.requests.length;
  desk.refresh();
  expect(await desk.dialCommands.place('1002', 'typed')).toMatchObject({ error: { code: 'signed-out' } });
  expect(await desk.accounts.signIn(formWithoutTrust(pbx))).toMatchObject({ error: { code: 'tls-untrusted' } });
  expect(pbx.requests).toHaveLength(before);
});

test('forgetting the certificate in use does not wait for tokens that are being renewed', async () => {
  const pbx = await openPbx();
  const { desk, accounts } = await openSignedIn(pbx);
  const fault = pbx.faults.add({ path: '/api/auth/refresh_token', action: { delayMs: 200 } });
  pbx.expireAccessTokens();
  desk.refresh();
  await until(() => expect(fault.used).toBe(1));
  desk.accounts.forgetCertificate(pbx.address);
  pbx.faults.add({ path: '/api/info', action: { delayMs: 300 } });
  await desk.accounts.test(formFor(pbx));
  expect(accounts.tokens).toBeNull();
});

test('forgetting the certificate of another server does not affect the connection', async () => {
  const [here, there] = await Promise.all([openPbx(), openPbx()]);
  const { desk } = await openSignedIn(there);
  await desk.accounts.signIn(formFor(here));
  desk.accounts.forgetCertificate(there.address);
  expect(desk.account).toMatchObject({ status: 'signed-in', address: here.address });
  expect(desk.trusted.map(({ server }) => server)).toEqual([here.address]);
  expect(desk.account.saved.find(({ address }) => address === there.address)?.hasSecret).toBe(false);
});

test('trusts a renewed certificate only after the old one was forgotten, not by a confirmation', async () => {
  const pbx = await openPbx();
  const { desk } = await openSignedIn(pbx);
  await desk.accounts.signOut();
  await pbx.close();
  const renewed = await openPbx({ port: Number(pbx.address.split(':')[1]) });
  expect(await desk.accounts.signIn(formFor(renewed))).toMatchObject({ error: { code: 'tls-changed' } });
  expect(renewed.requests).toEqual([]);
  desk.accounts.forgetCertificate(renewed.address);
  expect(await desk.accounts.signIn(formFor(renewed))).toEqual({ ok: true, value: null });
  expect(desk.trusted.map(({ sha256 }) => sha256)).toEqual([renewed.fingerprint]);
});

test('a renewed certificate that the user compared replaces the old one, without another sign-in', async () => {
  const pbx = await openPbx();
  const { desk } = await openSignedIn(pbx);
  await until(() => expect(desk.calls.list.status).toBe('live'));
  const certificate = await makeCertificate('renewed');
  const sha256 = fingerprintOf(certificate);
  await pbx.restart({ keepTokens: true, certificate });
  const before = pbx.requests.length;
  desk.refresh();
  await until(() => expect(desk.calls.list).toMatchObject({ error: { code: 'tls-changed', certificate: { sha256 } } }));
  expect(await desk.accounts.acceptCertificate(pbx.fingerprint)).toMatchObject({ error: { code: 'tls-changed' } });
  expect(pbx.requests).toHaveLength(before);
  expect(await desk.accounts.acceptCertificate(sha256)).toEqual({ ok: true, value: null });
  await until(() => expect(desk.calls.list.status).toBe('live'));
  expect(desk.trusted).toMatchObject([{ sha256, certificate: { subject: 'CN=renewed' } }]);
  expect(countRequests(pbx, '/api/auth/sign_in')).toBe(1);
});

test('accepts no certificate while signed out or while the server still has the old one', async () => {
  const pbx = await openPbx();
  const { desk } = await openSignedIn(pbx);
  const other = fingerprintOf(await makeCertificate('other'));
  expect(await desk.accounts.acceptCertificate(other)).toEqual({ ok: true, value: null });
  expect(desk.trusted.map(({ sha256 }) => sha256)).toEqual([pbx.fingerprint]);
  await desk.accounts.signOut();
  expect(await desk.accounts.acceptCertificate(other)).toMatchObject({ error: { code: 'signed-out' } });
});

test('refuses to forget a certificate during a sign-in', async () => {
  const pbx = await openPbx({ twoFactor: true });
  const { desk } = openDesk();
  await desk.accounts.signIn(formFor(pbx));
  expect(desk.accounts.forgetCertificate(pbx.address)).toMatchObject({ error: { code: 'sign-in-busy' } });
});

test('does not list the certificate of the demo', async () => {
  const demo = await openPbx();
  const { address, fingerprint, account } = demo;
  const access = { address, fingerprint, ...account, simulateCall: () => undefined, close: () => demo.close() };
  const { desk } = openDesk({ openDemo: () => Promise.resolve({ ok: true, value: access }) });
  expect(await desk.accounts.startDemo()).toEqual({ ok: true, value: null });
  expect(desk.trusted).toEqual([]);
});

test('keeps the trust in a server after one of its accounts was removed', async () => {
  const pbx = await openPbx();
  const { desk } = await openSignedIn(pbx);
  await desk.accounts.remove(desk.account.saved[0]?.key ?? '');
  expect(desk.trusted).toHaveLength(1);
});

let ca: string | undefined;
let authority: TestCertificate;
beforeEach(async () => {
  authority = await makeCertificate('Office CA');
  ca = authority.cert;
});

/** A PBX whose certificate the office's own authority has issued. */
const officePbx = async (): Promise<TestPbx> => openPbx({ certificate: await makeCertificate('pbx', { authority }) });

test('asks about a certificate only while the file of authorities does not contain its issuer', async () => {
  const pbx = await officePbx();
  const { desk } = openDesk({ authorities: () => ca });
  expect(await desk.accounts.signIn(formWithoutTrust(pbx))).toEqual({ ok: true, value: null });
  expect(desk.trusted).toEqual([]);
  await until(() => expect(desk.calls.list.status).toBe('live'));
  const restRequests = () => pbx.requests.filter(({ path }) => path !== '/wsi').length;
  ca = undefined;
  await desk.accounts.authoritiesChanged();
  const before = restRequests();
  expect(desk.account).toMatchObject({
    status: 'signed-out',
    reason: { code: 'tls-untrusted', certificate: { subject: 'CN=pbx', issuer: 'CN=Office CA' } },
  });
  expect(await desk.accounts.signIn(formWithoutTrust(pbx))).toMatchObject({ error: { code: 'tls-untrusted' } });
  expect(restRequests()).toBe(before);
});

test('resumes the saved sign-in when the authority is added again', async () => {
  const pbx = await officePbx();
  const { desk } = openDesk({ authorities: () => ca });
  await desk.accounts.signIn(formWithoutTrust(pbx));
  ca = undefined;
  await desk.accounts.authoritiesChanged();
  ca = authority.cert;
  await desk.accounts.authoritiesChanged();
  expect(desk.account).toMatchObject({ status: 'signed-in', reason: null });
  expect(countRequests(pbx, '/api/auth/sign_in')).toBe(1);
});

test('sends no request if the file of authorities is unreadable', async () => {
  const pbx = await officePbx();
  ca = '';
  const { desk } = openDesk({ authorities: () => ca });
  expect(await desk.accounts.signIn(formWithoutTrust(pbx))).toMatchObject({ error: { code: 'tls-ca-unreadable' } });
  expect(pbx.requests).toEqual([]);
});

test('a connection that is trusted by a fingerprint ignores changes of the authorities', async () => {
  const pbx = await openPbx();
  const { desk, disconnected } = await openSignedIn(pbx, { authorities: () => ca });
  const before = disconnected();
  ca = '';
  await desk.accounts.authoritiesChanged();
  expect(disconnected()).toBe(before);
  expect(desk.account.status).toBe('signed-in');
});
