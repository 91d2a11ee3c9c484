import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/core/settings/defaults.ts';
import type { TestPbx } from '../pbx/test-pbx.ts';
import { startTestPbx } from '../pbx/start-test-pbx.ts';
import { NOT_LISTENING } from '../../src/shared/call.ts';
import { formFor, MemoryAccounts, openTestDesk, until, type TestDesk } from './support/test-desk.ts';

const LINKS_UNDO = { ...DEFAULT_SETTINGS.dialling.confirm, link: 'undo' } as const;

let pbx: TestPbx;
const open: TestDesk[] = [];

beforeEach(async () => {
  pbx = await startTestPbx({ pace: 10 });
});

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ desk }) => desk.close()));
  await pbx.close();
});

function desk(options: Parameters<typeof openTestDesk>[0] = {}): TestDesk {
  const made = openTestDesk(options);
  open.push(made);
  return made;
}

async function openSignedIn(options: Parameters<typeof openTestDesk>[0] = {}): Promise<TestDesk> {
  const made = desk(options);
  expect(await made.desk.accounts.signIn(formFor(pbx))).toEqual({ ok: true, value: null });
  await until(() => expect(made.desk.calls.list.status).toBe('live'));
  return made;
}

const requests = (method: string, path: string) =>
  pbx.requests.filter((request) => request.method === method && request.path.split('?')[0] === path);

test('signing in finds out who the user is and starts to watch the calls', async () => {
  const { desk, accounts } = await openSignedIn();
  expect(desk.account).toMatchObject({ status: 'signed-in', extension: '1001', displayName: 'Alex Morgan' });
  expect(accounts.tokens?.refreshToken).not.toBe('');
  expect(Object.keys(accounts.account ?? {})).not.toContain('password');
});

test('a wrong password is sent once and reported', async () => {
  const { desk: it } = desk();
  expect(await it.accounts.signIn(formFor(pbx, { password: 'wrong' }))).toMatchObject({
    ok: false,
    error: { code: 'sign-in-refused' },
  });
  expect(it.account.status).toBe('signed-out');
  expect(requests('POST', '/api/auth/sign_in')).toHaveLength(1);
  expect(requests('POST', '/api/login/oauth/token')).toHaveLength(0);
});

test('an untrusted certificate stops before the password and shows what to compare', async () => {
  const { desk: it } = desk();
  const answer = await it.accounts.signIn(formFor(pbx, { trustFingerprint: null }));
  expect(answer).toMatchObject({
    ok: false,
    error: { code: 'tls-untrusted', certificate: { sha256: pbx.fingerprint } },
  });
  expect(pbx.requests).toHaveLength(0);
});

test('signs in to an older PBX without the JSON sign-in by its token service', async () => {
  await pbx.close();
  pbx = await startTestPbx({ signInFlow: 'oauth' });
  const { desk } = await openSignedIn();
  expect(desk.account.status).toBe('signed-in');
});

test('the next start resumes the sign-in without a password', async () => {
  const first = await openSignedIn();
  const accounts = new MemoryAccounts();
  accounts.saveAccounts(first.accounts.accounts);
  accounts.saveCertificates(first.accounts.certificates);
  for (const [key, tokens] of first.accounts.sealed) accounts.sealed.set(key, tokens);
  const second = desk({ accounts });
  await second.desk.accounts.resume();
  await until(() => expect(second.desk.calls.list.status).toBe('live'));
  expect(requests('POST', '/api/auth/sign_in')).toHaveLength(1);
});

test('an expired token is renewed silently', async () => {
  const { desk, accounts } = await openSignedIn();
  const before = accounts.tokens?.accessToken;
  pbx.expireAccessTokens();
  pbx.addSession({ legs: [{ caller: '+12015550100', callee: '1001', trunk: 'Main' }] });
  desk.refresh();
  await until(() => expect(desk.calls.calls).toHaveLength(1));
  expect(desk.account.status).toBe('signed-in');
  await until(() => expect(accounts.tokens?.accessToken).not.toBe(before));
});

test('a refresh while the PBX limits requests fails with the time until it may be repeated', async () => {
  const { desk } = await openSignedIn();
  expect(desk.refresh()).toEqual({ ok: true, value: null });
  const wait = { status: 429, headers: { 'retry-after': '86400' } };
  pbx.faults.add({ method: 'GET', path: '/api/sessions', times: Infinity, action: wait });
  await until(() => expect(desk.calls.list.status).toBe('stale'));
  expect(desk.refresh()).toMatchObject({
    ok: false,
    error: { code: 'rate-limited', params: { heldMs: expect.closeTo(600_000, -4) as number } },
  });
});

test('a revoked sign-in signs out with a reason and keeps what the form needs', async () => {
  const { desk, accounts } = await openSignedIn();
  pbx.revokeTokens();
  desk.refresh();
  await until(() => expect(desk.account.status).toBe('signed-out'));
  expect(desk.account.reason?.code).toBe('session-expired');
  expect(desk.account).toMatchObject({ address: pbx.address, username: 'alex' });
  expect(accounts.tokens).toBeNull();
});

test('a call for me is announced once, and missed when nobody answers', async () => {
  const { desk, events } = await openSignedIn();
  const id = pbx.addSession({
    legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }],
  });
  desk.refresh();
  const rings = () => events.filter((event) => event.type === 'for-me');
  // A phone that rang before push sent the name is announced without a name first, and then with it.
  await until(() => expect(rings().at(-1)?.call.other.name).toBe('Anna Berg'));
  desk.refresh();
  pbx.endSession(id);
  await until(() => expect(events.map((event) => event.type)).toContain('missed'));
  expect(rings().filter((event) => event.insteadOf === undefined)).toHaveLength(1);
  expect(desk.recents[0]).toMatchObject({ name: 'Anna Berg', outcome: 'missed' });
});

test('a call that the user declines here has ended, and is not reported as missed', async () => {
  const { desk, events } = await openSignedIn();
  const id = pbx.addSession({
    legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }],
  });
  desk.refresh();
  await until(() => expect(desk.calls.calls.map((call) => call.id)).toContain(id));
  expect(await desk.dialCommands.hangUp(id)).toEqual({ ok: true, value: null });
  await until(() => expect(events.map((event) => event.type)).toContain('ended'));
  expect(events.map((event) => event.type)).not.toContain('missed');
  expect(desk.recents[0]).toMatchObject({ name: 'Anna Berg', outcome: 'declined' });
});

test('a call whose decline the PBX refuses is missed when nobody answers it', async () => {
  await pbx.close();
  pbx = await startTestPbx({ pace: 10, mayEndSessions: false });
  const { desk, events } = await openSignedIn();
  const id = pbx.addSession({
    legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }],
  });
  desk.refresh();
  await until(() => expect(desk.calls.calls.map((call) => call.id)).toContain(id));
  expect(await desk.dialCommands.hangUp(id)).toMatchObject({ ok: false, error: { code: 'hang-up-forbidden' } });
  pbx.endSession(id);
  await until(() => expect(events.map((event) => event.type)).toContain('missed'));
});

test('a placed call goes through its steps and is never announced as an incoming one', async () => {
  const { desk, events } = await openSignedIn();
  expect((await desk.dialCommands.place('+1 (201) 555-0123', 'typed')).ok).toBe(true);
  expect(desk.dial.placed).toMatchObject({ step: 'phone-ringing', plan: { dial: '+12015550123' } });
  await until(() => expect(desk.dial.placed?.step).toBe('connected'));
  const sessionId = desk.dial.placed?.sessionId ?? '';
  expect(await desk.dialCommands.hangUp(sessionId)).toEqual({ ok: true, value: null });
  await until(() => expect(desk.dial.placed?.end?.reason).toBe('hung-up-here'));
  await until(() => expect(desk.recents[0]).toMatchObject({ direction: 'outgoing', outcome: 'connected' }));
  expect(events.filter((event) => event.type === 'for-me' || event.type === 'missed')).toEqual([]);
});

test('a placed call to a busy number ends as busy', async () => {
  const { desk } = await openSignedIn();
  await desk.dialCommands.place('+12015550186', 'typed');
  await until(() => expect(desk.dial.placed?.end?.reason).toBe('busy'));
});

test('an unanswered request for a call is not repeated, and its call is followed once it is listed', async () => {
  const { desk } = await openSignedIn();
  pbx.faults.add({ method: 'POST', path: '/api/sessions', action: { drop: 'before-headers', apply: true } });
  expect(await desk.dialCommands.place('+12015550123', 'typed')).toMatchObject({
    ok: false,
    error: { code: 'dial-unanswered' },
  });
  expect(requests('POST', '/api/sessions')).toHaveLength(1);
  await until(() => expect(desk.dial.placed?.sessionId).not.toBeNull());
});

test('an account that may not list calls has the list state forbidden, and can still dial', async () => {
  await pbx.close();
  pbx = await startTestPbx({ pace: 10, mayListSessions: false });
  const { desk: it } = desk();
  await it.accounts.signIn(formFor(pbx));
  await until(() => expect(it.calls.list.status).toBe('forbidden'));
  expect((await it.dialCommands.place('1002', 'typed')).ok).toBe(true);
});

test('the calls stay on the screen as last seen during an outage, and are current after it', async () => {
  const { desk } = await openSignedIn();
  pbx.addSession({ legs: [{ caller: '1002', callee: '1003' }] });
  desk.refresh();
  await until(() => expect(desk.calls.calls).toHaveLength(1));
  const fault = pbx.faults.add({ path: '/api/sessions', times: Infinity, action: { status: 503 } });
  desk.refresh();
  await until(() => expect(desk.calls.list.status).toBe('stale'));
  expect(desk.calls.calls).toHaveLength(1);
  fault.remove();
  desk.refresh();
  await until(() => expect(desk.calls.list.status).toBe('live'));
});

test('calls end if the PBX does not list them after its restart', async () => {
  const { desk, events } = await openSignedIn();
  pbx.addSession({ legs: [{ caller: '1002', callee: '1003' }] });
  desk.refresh();
  await until(() => expect(desk.calls.calls).toHaveLength(1));
  await pbx.restart({ keepTokens: true });
  desk.refresh();
  // Ten seconds after push is back, at the latest, a call that only push reported must have been confirmed.
  await vi.waitFor(() => expect(desk.calls.calls).toHaveLength(0), { timeout: 60_000 });
  expect(events.at(-1)?.type).toBe('ended');
});

test('a link that arrives while signed out waits for the sign-in', async () => {
  const { desk: it } = desk({ settings: { dialling: { confirm: LINKS_UNDO } } });
  await it.dialCommands.dial('tel:1002', 'link');
  expect(await it.dialCommands.answer(it.dial.question?.id ?? '', true)).toMatchObject({
    error: { code: 'signed-out' },
  });
  await it.accounts.signIn(formFor(pbx));
  expect(it.dial.question?.plan?.dial).toBe('1002');
});

test('a link without a number is refused', async () => {
  const { desk, attention } = await openSignedIn();
  await desk.dialCommands.dial('tel:', 'link');
  expect(desk.dial.refusal?.error.code).toBe('link-invalid');
  expect(attention()).toBe(1);
  desk.dialCommands.dismiss();
  expect(desk.dial.refusal).toBeNull();
});

test('signing out revokes the tokens at the PBX and drops them', async () => {
  const { desk, accounts } = await openSignedIn();
  await desk.accounts.signOut();
  expect(requests('POST', '/api/auth/sign_out')).toHaveLength(1);
  expect(accounts.tokens).toBeNull();
  expect(desk.calls).toEqual({
    calls: [],
    more: { mine: 0, others: 0 },
    list: { status: 'off' },
    listening: NOT_LISTENING,
  });
  expect(desk.account).toMatchObject({ status: 'signed-out', reason: null, address: pbx.address });
});
