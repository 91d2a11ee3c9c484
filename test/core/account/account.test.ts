import { afterEach, beforeEach, expect, test, onTestFinished } from 'vitest';
import { onBug } from '../../../src/core/report-bug.ts';
import { SystemClock } from '../../../src/core/clock.ts';
import { keyOf } from '../../../src/core/account/account-key.ts';
import type { DemoAccess } from '../../../src/core/account/demo-access.ts';
import type { TestPbx } from '../../pbx/test-pbx.ts';
import { startTestPbx } from '../../pbx/start-test-pbx.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { formFor, MemoryAccounts, openTestDesk, until, type TestDesk } from '../support/test-desk.ts';

let pbx: TestPbx;
const open: TestDesk[] = [];
const demos: TestPbx[] = [];

beforeEach(async () => {
  pbx = await startTestPbx();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ desk }) => desk.close()));
  await Promise.all([pbx, ...demos.splice(0)].map((server) => server.close()));
});

async function openDemo() {
  const demo = await startTestPbx();
  demos.push(demo);
  const access: DemoAccess = {
    address: demo.address,
    domain: demo.account.domain,
    username: demo.account.username,
    password: demo.account.password,
    fingerprint: demo.fingerprint,
    simulateCall: (event) => void demo.make(event),
    close: () => demo.close(),
  };
  return ok(access);
}

function desk(accounts = new MemoryAccounts()): TestDesk {
  const made = openTestDesk({ accounts, openDemo });
  open.push(made);
  return made;
}

const attempts = () => pbx.requests.filter((request) => request.path === '/api/auth/sign_in').length;
const settled = <T>(promise: Promise<T>): Promise<T> => promise;

test('sends one password for two simultaneous sign-ins', async () => {
  const { desk: it } = desk();
  const wrong = formFor(pbx, { password: 'wrong' });
  const answers = await Promise.all([it.accounts.signIn(wrong), it.accounts.signIn(wrong)]);
  expect(answers.map((answer) => (answer.ok ? 'in' : answer.error.code))).toEqual(['sign-in-refused', 'sign-in-busy']);
  expect(attempts()).toBe(1);
});

test('starts the demo once for two simultaneous requests', async () => {
  const { desk: it } = desk();
  await Promise.all([it.accounts.startDemo(), it.accounts.startDemo()]);
  expect(demos).toHaveLength(1);
  expect(it.account).toMatchObject({ status: 'signed-in', demo: true });
});

test('keeps a demo that is started during a sign-out', async () => {
  const { desk: it } = desk();
  await it.accounts.signIn(formFor(pbx));
  const fault = pbx.faults.add({ path: '/api/auth/sign_out', action: { hang: true } });
  const leaving = it.accounts.signOut();
  await until(() => expect(fault.used).toBe(1));
  await it.accounts.startDemo();
  await pbx.close();
  await settled(leaving);
  expect(it.account).toMatchObject({ status: 'signed-in', demo: true });
  expect(it.makeDemoCall('incoming').ok).toBe(true);
});

test('the demo does not change the real account and its tokens', async () => {
  const { desk: it, accounts } = desk();
  await it.accounts.signIn(formFor(pbx));
  const before = { account: accounts.account, tokens: accounts.tokens };
  await it.accounts.startDemo();
  expect(accounts.demo).toBe(true);
  await it.accounts.signOut();
  expect({ account: accounts.account, tokens: accounts.tokens }).toEqual(before);
  expect(it.account).toMatchObject({ status: 'signed-out', demo: false, address: pbx.address, username: 'alex' });
});

test('starts in the demo after it quit in the demo', async () => {
  const accounts = new MemoryAccounts();
  await desk(accounts).desk.accounts.startDemo();
  const second = desk(accounts);
  await second.desk.accounts.resume();
  expect(second.desk.account).toMatchObject({ status: 'signed-in', demo: true });
});

test('shows the form with a reason if the saved tokens cannot be read', async () => {
  const accounts = new MemoryAccounts();
  await desk(accounts).desk.accounts.signIn(formFor(pbx));
  accounts.unreadable = true;
  const second = desk(accounts);
  await second.desk.accounts.resume();
  expect(second.desk.account).toMatchObject({ status: 'signed-out', reason: { code: 'secrets-unreadable' } });
});

test('shows no form until a slow key store has answered', async () => {
  const accounts = new MemoryAccounts();
  await desk(accounts).desk.accounts.signIn(formFor(pbx));
  const answer = Promise.withResolvers<undefined>();
  accounts.slow = answer.promise;
  const { desk: second } = desk(accounts);
  const resuming = second.accounts.resume();
  expect(second.account.status).toBe('signing-in');
  expect(await second.accounts.signIn(formFor(pbx))).toMatchObject({ error: { code: 'sign-in-busy' } });
  answer.resolve(undefined);
  await resuming;
  expect(second.account.status).toBe('signed-in');
});

test('close() ends a sign-in that is under way', async () => {
  const { desk: it } = desk();
  const fault = pbx.faults.add({ path: '/api/auth/sign_in', action: { delayMs: 300 } });
  const signingIn = it.accounts.signIn(formFor(pbx));
  await until(() => expect(fault.used).toBe(1));
  await it.close();
  expect((await signingIn).ok).toBe(false);
  expect(pbx.requests.some((request) => request.path === '/api/sessions')).toBe(false);
});

test('an unexpected exception while the demo starts does not lock the form', async () => {
  const made = openTestDesk({ openDemo: () => Promise.reject(new Error('a bug')) });
  open.push(made);
  const bugs: string[] = [];
  onTestFinished(onBug((bug) => bugs.push(bug.message)));
  expect(await made.desk.accounts.startDemo()).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(bugs).toEqual(['a bug']);
  expect(made.desk.account.status).toBe('signed-out');
});

test('a key store that does not answer delays neither signing in nor signing out', async () => {
  const accounts = new MemoryAccounts();
  accounts.slowSaving = new Promise(() => undefined);
  const { desk: it } = desk(accounts);
  expect(await it.accounts.signIn(formFor(pbx))).toEqual({ ok: true, value: null });
  expect(it.account.status).toBe('signed-in');
  await it.accounts.signOut();
  expect(it.account.status).toBe('signed-out');
  expect(accounts.tokens).toBeNull();
});

test('a sign-in that waits for the key store shows the form, and goes on when the key store answers', async () => {
  const accounts = new MemoryAccounts();
  await desk(accounts).desk.accounts.signIn(formFor(pbx));
  const { desk: second } = desk(accounts);
  const load = accounts.loadSecrets.bind(accounts);
  accounts.loadSecrets = () => Promise.resolve(err(appError('secrets-waiting')));
  await second.accounts.resume();
  expect(second.account).toMatchObject({ status: 'signed-out', reason: { code: 'secrets-waiting' } });
  accounts.loadSecrets = load;
  await second.accounts.keyStoreAnswers();
  expect(second.account.status).toBe('signed-in');
});

test('what the key store did not take is stored when it answers', async () => {
  const accounts = new MemoryAccounts();
  const { desk: it } = desk(accounts);
  await it.accounts.signIn(formFor(pbx));
  accounts.sealed.clear();
  await it.accounts.keyStoreAnswers();
  expect(accounts.tokens).not.toBeNull();
  expect(it.account.status).toBe('signed-in');
});

test('a user who signed out stays signed out when the key store answers', async () => {
  const { desk: it } = desk(new MemoryAccounts());
  await it.accounts.signIn(formFor(pbx));
  await it.accounts.signOut();
  await it.accounts.keyStoreAnswers();
  expect(it.account.status).toBe('signed-out');
});

test('an unexpected exception while a sign-in is saved does not end it', async () => {
  class Broken extends MemoryAccounts {
    override saveSecrets = () => Promise.reject(new Error('a bug'));
  }
  const { desk: it } = desk(new Broken());
  const bugs: string[] = [];
  onTestFinished(onBug((bug) => bugs.push(bug.message)));
  expect(await it.accounts.signIn(formFor(pbx))).toEqual({ ok: true, value: null });
  await until(() => expect(bugs).toEqual(['a bug']));
  expect(it.account.status).toBe('signed-in');
});

test('refuses a renewed certificate until the old one is forgotten, and then shows it', async () => {
  const { desk: it } = desk();
  await it.accounts.signIn(formFor(pbx));
  await it.accounts.signOut();
  const port = Number(pbx.address.split(':')[1]);
  await pbx.close();
  pbx = await startTestPbx({ port });
  const untrusting = formFor(pbx, { trustFingerprint: null });
  expect(await it.accounts.signIn(untrusting)).toMatchObject({ error: { code: 'tls-changed' } });
  expect(await it.accounts.signIn({ ...untrusting, address: `https://${pbx.address}/` })).toMatchObject({
    error: { code: 'tls-changed' },
  });
  it.accounts.forgetCertificate(pbx.address);
  expect(await it.accounts.signIn(untrusting)).toMatchObject({
    error: { code: 'tls-untrusted', certificate: { sha256: pbx.fingerprint } },
  });
  expect(attempts()).toBe(0);
});

test('drops everything known of calls at a sign-out', async () => {
  const { desk: it, disconnected } = desk();
  await it.accounts.signIn(formFor(pbx));
  await it.accounts.signOut();
  expect(disconnected()).toBe(1);
  expect(it.account.status).toBe('signed-out');
});

test('drops a placed call when the user signs in to another PBX', async () => {
  const { desk: it } = desk();
  await it.accounts.signIn(formFor(pbx));
  await it.dialCommands.place('1002', 'typed');
  expect(it.dial.placed).not.toBeNull();
  await it.accounts.startDemo();
  expect(it.dial.placed).toBeNull();
  expect((await it.dialCommands.place('1003', 'typed')).ok).toBe(true);
});

test('calls of the demo are not in the recent calls of the real account', async () => {
  const saved = new Map<string, unknown>();
  const made = openTestDesk({ openDemo, saveRecents: (account, recents) => void saved.set(account, recents) });
  open.push(made);
  await made.desk.accounts.startDemo();
  demos[0]?.make('missed');
  await until(() => expect(made.desk.recents).toHaveLength(1));
  expect(saved.size).toBe(0);
  await made.desk.accounts.signIn(formFor(pbx));
  expect(made.desk.recents).toEqual([]);
});

test('requires a mailed code before it signs in, and allows another attempt after a wrong one', async () => {
  await pbx.close();
  pbx = await startTestPbx({ twoFactor: true });
  const { desk: it, accounts } = desk();
  expect(await it.accounts.signIn(formFor(pbx))).toEqual({ ok: true, value: null });
  expect(it.account).toMatchObject({ status: 'signing-in', awaitingCode: true, username: 'alex' });
  expect(pbx.mail).toHaveLength(1);
  expect(await it.accounts.enterCode('000000x')).toMatchObject({ error: { code: 'two-factor-wrong' } });
  expect(it.account.awaitingCode).toBe(true);
  expect(await it.accounts.sendCode()).toEqual({ ok: true, value: null });
  expect(await it.accounts.enterCode(pbx.mail.at(-1)?.code ?? '')).toEqual({ ok: true, value: null });
  expect(it.account).toMatchObject({ status: 'signed-in', awaitingCode: false, extension: '1001' });
  expect(accounts.tokens).not.toBeNull();
});

test.each([
  ['has expired', { status: 410 }, 'two-factor-expired'],
  ['is not answered because the connection is lost', { drop: 'before-headers' }, 'connection-lost'],
] as const)('shows the form with the reason if a code %s', async (_what, action, code) => {
  await pbx.close();
  pbx = await startTestPbx({ twoFactor: true });
  const { desk: it } = desk();
  await it.accounts.signIn(formFor(pbx));
  pbx.faults.add({ path: '/api/auth/verify_otp', action });
  await it.accounts.enterCode(pbx.mail.at(-1)?.code ?? '');
  expect(it.account).toMatchObject({ status: 'signed-out', awaitingCode: false, reason: { code } });
});

test('can cancel the step of the code', async () => {
  await pbx.close();
  pbx = await startTestPbx({ twoFactor: true });
  const { desk: it } = desk();
  await it.accounts.signIn(formFor(pbx));
  await it.accounts.cancelCode();
  expect(it.account).toMatchObject({ status: 'signed-out', awaitingCode: false });
  expect(await it.accounts.enterCode('123456')).toMatchObject({ error: { code: 'two-factor-expired' } });
});

test('signs in to a PBX 16 by its token API', async () => {
  await pbx.close();
  pbx = await startTestPbx({ signInFlow: 'v16' });
  const { desk: it, accounts } = desk();
  expect(await it.accounts.signIn(formFor(pbx))).toEqual({ ok: true, value: null });
  expect(it.account).toMatchObject({ status: 'signed-in', extension: '1001' });
  expect(accounts.account?.flow).toBe('v16');
});

/** A clock that a test can advance at once, as sleep does. */
class SleepyClock extends SystemClock {
  slept = 0;
  override now = () => Date.now() + this.slept;
  override elapsed = () => performance.now() + this.slept;
}

test.each([
  ['the password is still right', (pbx: TestPbx) => pbx.account.password, 'signed-in', 2],
  ['the password has changed', () => 'wrong by now', 'signed-out', 2],
  ['push has refused the password', () => null, 'signed-out', 1],
] as const)('after a night asleep, signs in to a PBX 16 at most once if %s', async (...row) => {
  const [, password, status, signIns] = row;
  const clock = new SleepyClock();
  await pbx.close();
  pbx = await startTestPbx({ signInFlow: 'v16', clock, push: 'none' });
  const made = openTestDesk({ clock });
  open.push(made);
  const { desk: it, accounts } = made;
  await it.accounts.signIn(formFor(pbx));
  await it.close();
  const [account] = accounts.accounts;
  const key = account === undefined ? '' : keyOf(account);
  const kept = accounts.sealed.get(key);
  const known = password(pbx);
  if (account === undefined || kept === undefined) throw new Error('nothing was saved');
  accounts.sealed.set(key, { ...kept, password: known ?? pbx.account.password });
  if (known === null) accounts.saveAccounts([{ ...account, push: { accepted: null, refused: ['password'] } }]);
  clock.slept = 10 * 3_600_000;
  const morning = openTestDesk({ clock, accounts, settings: { secrets: { keepPassword: true } } });
  open.push(morning);
  await morning.desk.accounts.resume();
  await until(() => expect(morning.desk.account.status).toBe(status));
  expect(pbx.requests.filter(({ method, path }) => `${method} ${path}` === 'POST /api/tokens')).toHaveLength(signIns);
});

test.each([
  ['an initial password', { mustChangePassword: true }, {}, 'password-change-needed'],
  ['an administrator of the whole PBX', {}, { username: 'admin', domain: '' }, 'no-tenant'],
] as const)('reports %s with its own error', async (_name, options, form, code) => {
  await pbx.close();
  pbx = await startTestPbx({ ...options });
  const { desk: it } = desk();
  expect(await it.accounts.signIn(formFor(pbx, form))).toMatchObject({ ok: false, error: { code } });
  expect(it.account.status).toBe('signed-out');
});

test('signs in an account without an extension, and reports an error when it dials', async () => {
  const { desk: it } = desk();
  await it.accounts.signIn(formFor(pbx, { username: 'noext' }));
  expect(it.account).toMatchObject({ status: 'signed-in', extension: '' });
  expect(await it.dialCommands.place('1002', 'typed')).toMatchObject({ error: { code: 'own-number-unknown' } });
});

test.each(['/api/auth/user', '/api/user'])(
  'keeps the known numbers if GET %s fails during a sign-in, and reads the user once the list is live',
  async (path) => {
    const { desk: it, accounts } = desk();
    await it.accounts.signIn(formFor(pbx));
    await it.accounts.signOut();
    const before = accounts.account;
    pbx.faults.add({ path, action: { status: 503 } });
    const { desk: second } = desk(accounts);
    await second.accounts.signIn(formFor(pbx));
    expect(second.account).toMatchObject({ status: 'signed-in', extension: '1001' });
    expect(accounts.account).toMatchObject({ displayName: before?.displayName, otherNumbers: before?.otherNumbers });
    const users = pbx.requests.filter((request) => request.path === '/api/user').length;
    await until(() => expect(second.calls.list.status).toBe('live'));
    await until(() => expect(pbx.requests.filter((request) => request.path === '/api/user')).toHaveLength(users + 1));
  },
);

test('reads the extension once the list is live if the user could not be read during the first sign-in', async () => {
  const { desk: it } = desk();
  pbx.faults.add({ path: '/api/user', action: { status: 429 } });
  await it.accounts.signIn(formFor(pbx));
  expect(it.account).toMatchObject({ status: 'signed-in', extension: '' });
  await until(() => expect(it.account.extension).toBe('1001'));
});
