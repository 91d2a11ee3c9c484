import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { TestPbx } from '../../pbx/test-pbx.ts';
import { onBug } from '../../../src/core/report-bug.ts';
import type { SavedAccountInfo } from '../../../src/shared/state.ts';
import { formFor, MemoryAccounts, until, type TestDesk } from '../support/test-desk.ts';
import { countRequests, openDesk, openPbx } from './support/pbxs.ts';

let berlin: TestPbx;
let london: TestPbx;

beforeEach(async () => {
  [berlin, london] = await Promise.all([openPbx(), openPbx()]);
});

/** Signs in to Berlin and then to London: London is active, Berlin is saved. */
async function openBoth(options: Parameters<typeof openDesk>[0] = {}): Promise<TestDesk> {
  const it = openDesk(options);
  await it.desk.accounts.signIn(formFor(berlin));
  await it.desk.accounts.add();
  await it.desk.accounts.signIn(formFor(london));
  return it;
}

const savedAt = ({ desk }: TestDesk, pbx: TestPbx): SavedAccountInfo => {
  const found = desk.account.saved.find(({ address }) => address === pbx.address);
  if (found === undefined) throw new Error(`no account at ${pbx.address}`);
  return found;
};
const signIns = () => [berlin, london].map((pbx) => countRequests(pbx, '/api/auth/sign_in'));

test('adds a second account beside the first, with its own sign-in', async () => {
  const it = await openBoth();
  expect(it.desk.account).toMatchObject({ status: 'signed-in', address: london.address });
  expect(savedAt(it, berlin)).toMatchObject({ active: false, hasSecret: true, displayName: 'Alex Morgan' });
  expect(savedAt(it, london)).toMatchObject({ active: true, hasSecret: true });
  expect(JSON.stringify(it.desk.account)).not.toContain(it.accounts.tokens?.accessToken);
});

test('shows an empty form for a new account and keeps the others', async () => {
  const it = openDesk();
  await it.desk.accounts.signIn(formFor(berlin));
  expect(await it.desk.accounts.add()).toEqual({ ok: true, value: null });
  expect(it.desk.account).toMatchObject({ status: 'signed-out', address: '', username: '', reason: null });
  expect(savedAt(it, berlin)).toMatchObject({ active: false, hasSecret: true });
  expect(countRequests(berlin, '/api/auth/sign_out')).toBe(0);
});

test('switching drops what is known of calls and resumes the other sign-in without a password', async () => {
  const it = await openBoth();
  london.addSession({ legs: [{ caller: '1002', callee: '1003' }] });
  await until(() => expect(it.desk.calls.calls).toHaveLength(1));
  const before = it.disconnected();
  expect(await it.desk.accounts.switchTo(savedAt(it, berlin).key)).toEqual({ ok: true, value: null });
  expect(it.disconnected()).toBe(before + 1);
  expect(it.desk.account).toMatchObject({ status: 'signed-in', address: berlin.address, extension: '1001' });
  await until(() => expect(it.desk.calls.list.status).toBe('live'));
  expect(it.desk.calls.calls).toEqual([]);
  expect(savedAt(it, berlin).active).toBe(true);
  expect(signIns()).toEqual([1, 1]);
});

test('resumes the account used last at the next start', async () => {
  const it = await openBoth();
  await it.desk.accounts.switchTo(savedAt(it, berlin).key);
  await it.desk.close();
  const second = openDesk({ accounts: it.accounts });
  await second.desk.accounts.resume();
  expect(second.desk.account).toMatchObject({ status: 'signed-in', address: berlin.address });
  expect(second.desk.account.saved).toHaveLength(2);
});

test('switching to an account without a saved sign-in fills the form', async () => {
  const it = await openBoth();
  await it.desk.accounts.signOut();
  await it.desk.accounts.switchTo(savedAt(it, berlin).key);
  await it.desk.accounts.switchTo(savedAt(it, london).key);
  expect(it.desk.account).toMatchObject({ status: 'signed-out', address: london.address, username: 'alex' });
  expect(savedAt(it, london)).toMatchObject({ active: true, hasSecret: false });
});

test('refuses a switch while another one is under way', async () => {
  const it = await openBoth();
  await it.desk.close();
  const answer = Promise.withResolvers<undefined>();
  const { desk } = openDesk({ accounts: it.accounts });
  it.accounts.slow = answer.promise;
  const first = desk.accounts.switchTo(savedAt(it, berlin).key);
  for (const attempt of [
    desk.accounts.switchTo(savedAt(it, london).key),
    desk.accounts.add(),
    desk.accounts.remove(savedAt(it, london).key),
    desk.accounts.signIn(formFor(london)),
  ]) {
    expect(await attempt).toMatchObject({ ok: false, error: { code: 'sign-in-busy' } });
  }
  answer.resolve(undefined);
  expect(await first).toEqual({ ok: true, value: null });
  expect(desk.account).toMatchObject({ status: 'signed-in', address: berlin.address });
});

test('refuses to switch to an unknown account', async () => {
  const it = await openBoth();
  expect(await it.desk.accounts.switchTo('nobody')).toMatchObject({ error: { code: 'command-invalid' } });
  expect(it.desk.account).toMatchObject({ status: 'signed-in', address: london.address });
});

test('signing out of one account does not affect the others', async () => {
  const it = await openBoth();
  await it.desk.accounts.signOut();
  expect([countRequests(berlin, '/api/auth/sign_out'), countRequests(london, '/api/auth/sign_out')]).toEqual([0, 1]);
  expect(savedAt(it, london).hasSecret).toBe(false);
  await it.desk.accounts.switchTo(savedAt(it, berlin).key);
  expect(it.desk.account.status).toBe('signed-in');
});

test('removing an account signs it out at its PBX and deletes its data', async () => {
  const recents = new Map<string, number>();
  const it = await openBoth({ saveRecents: (account, list) => void recents.set(account, list.length) });
  const { key } = savedAt(it, berlin);
  expect(await it.desk.accounts.remove(key)).toEqual({ ok: true, value: null });
  expect(it.desk.account).toMatchObject({ status: 'signed-in', address: london.address });
  expect(it.desk.account.saved).toHaveLength(1);
  expect(it.accounts.sealed.has(key)).toBe(false);
  expect(recents.get(key)).toBe(0);
  expect(countRequests(berlin, '/api/auth/sign_out')).toBe(1);
});

test('removing the active account shows an empty form', async () => {
  const it = await openBoth();
  await it.desk.accounts.remove(savedAt(it, london).key);
  expect(it.desk.account).toMatchObject({ status: 'signed-out', address: '' });
  expect(it.desk.account.saved.map(({ address }) => address)).toEqual([berlin.address]);
  expect(countRequests(london, '/api/auth/sign_out')).toBe(1);
});

test('can switch to an account that is not remembered until the program quits', async () => {
  const accounts = new MemoryAccounts();
  const { desk } = openDesk({ accounts });
  await desk.accounts.signIn(formFor(berlin, { remember: false }));
  const [saved] = desk.account.saved;
  await desk.accounts.signIn(formFor(london));
  expect(accounts.sealed.has(saved?.key ?? '')).toBe(false);
  await desk.accounts.switchTo(saved?.key ?? '');
  expect(desk.account).toMatchObject({ status: 'signed-in', address: berlin.address });
  expect(signIns()).toEqual([1, 1]);
});

test('treats the same user at another spelling of the same address as the same account', async () => {
  const it = openDesk();
  await it.desk.accounts.signIn(formFor(berlin));
  await it.desk.accounts.signIn(formFor(berlin, { address: `https://${berlin.address}/`, trustFingerprint: null }));
  expect(it.desk.account.saved.map(({ address }) => address)).toEqual([berlin.address]);
});

test('a failed sign-in does not replace the account that was active', async () => {
  const it = openDesk();
  await it.desk.accounts.signIn(formFor(berlin));
  await it.desk.accounts.signIn(formFor(london, { password: 'wrong' }));
  expect(it.desk.account).toMatchObject({ status: 'signed-out', address: berlin.address });
  expect(it.desk.account.saved).toHaveLength(1);
});

/** Opens both accounts while London is renewing its expired tokens. */
async function openWhileRenewing(): Promise<{ it: TestDesk; key: string; accessToken: () => string | undefined }> {
  const it = await openBoth();
  const { key } = savedAt(it, london);
  const fault = london.faults.add({ path: '/api/auth/refresh_token', action: { delayMs: 400 } });
  london.expireAccessTokens();
  it.desk.refresh();
  await until(() => expect(fault.used).toBe(1));
  return { it, key, accessToken: () => it.accounts.sealed.get(key)?.tokens.accessToken };
}

test('keeps tokens that are renewed while the user switches to another account', async () => {
  const { it, accessToken } = await openWhileRenewing();
  const old = accessToken();
  await it.desk.accounts.switchTo(savedAt(it, berlin).key);
  await until(() => expect(accessToken()).not.toBe(old));
  expect(it.desk.account).toMatchObject({ status: 'signed-in', address: berlin.address });
});

test('switching back waits for tokens that are being renewed', async () => {
  const { it, key } = await openWhileRenewing();
  await it.desk.accounts.switchTo(savedAt(it, berlin).key);
  expect(await it.desk.accounts.switchTo(key)).toEqual({ ok: true, value: null });
  await until(() => expect(it.desk.calls.list.status).toBe('live'));
  expect(countRequests(london, '/api/auth/refresh_token')).toBe(1);
});

test('drops tokens that are renewed while their account is removed', async () => {
  const { it, key } = await openWhileRenewing();
  await it.desk.accounts.switchTo(savedAt(it, berlin).key);
  await it.desk.accounts.remove(key);
  london.faults.add({ path: '/api/info', action: { delayMs: 500 } });
  await it.desk.accounts.test(formFor(london));
  expect(it.accounts.sealed.has(key)).toBe(false);
});

test('switching to a saved account leaves the demo', async () => {
  const accounts = new MemoryAccounts();
  const demo = await openPbx();
  const { address, fingerprint, account } = demo;
  const { desk } = openDesk({
    accounts,
    openDemo: () =>
      Promise.resolve({
        ok: true,
        value: { address, fingerprint, ...account, simulateCall: () => undefined, close: () => demo.close() },
      }),
  });
  await desk.accounts.signIn(formFor(berlin));
  await desk.accounts.startDemo();
  const [saved] = desk.account.saved;
  expect(saved).toMatchObject({ address: berlin.address, active: false });
  await desk.accounts.switchTo(saved?.key ?? '');
  expect(desk.account).toMatchObject({ status: 'signed-in', demo: false, address: berlin.address });
  expect(accounts.demo).toBe(false);
});

test('shows the form if the store throws while a sign-in is resumed', async () => {
  const bugs: string[] = [];
  onTestFinished(onBug((bug) => bugs.push(bug.message)));
  class Broken extends MemoryAccounts {
    override loadSecrets = () => Promise.reject(new Error('a bug'));
  }
  const first = await openBoth();
  await first.desk.close();
  const accounts = new Broken();
  accounts.saveAccounts(first.accounts.accounts);
  const it = openDesk({ accounts });
  await it.desk.accounts.switchTo(savedAt(it, berlin).key);
  expect(it.desk.account).toMatchObject({ status: 'signed-out', reason: { code: 'internal' } });
  expect(bugs).toEqual(['a bug']);
});
