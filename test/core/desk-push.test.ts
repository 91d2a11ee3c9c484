import { afterEach, expect, test } from 'vitest';
import { NO_TOPICS, subscriptions } from '../pbx/dialects.ts';
import type { TestPbx, TestPbxOptions, NewSession } from '../pbx/test-pbx.ts';
import { startTestPbx } from '../pbx/start-test-pbx.ts';
import { formFor, MemoryAccounts, openTestDesk, until, type TestDesk } from './support/test-desk.ts';

const open: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

async function startPbx(options: TestPbxOptions = {}): Promise<TestPbx> {
  const pbx = await startTestPbx({ pace: 10, ...options });
  open.push(pbx);
  return pbx;
}

/** Polls the list so rarely that what it shows came by push. */
async function openSignedIn(pbx: TestPbx, accounts = new MemoryAccounts(), requestsPerMinute = 120): Promise<TestDesk> {
  const made = openTestDesk({ accounts, settings: { polling: { intervalSeconds: 300, requestsPerMinute } } });
  open.push(made.desk);
  expect(await made.desk.accounts.signIn(formFor(pbx))).toEqual({ ok: true, value: null });
  return made;
}

const push = ({ desk }: TestDesk): string => desk.calls.listening.push;

const forMe: NewSession = {
  legs: [{ caller: '+12015550123', callerName: 'Grace Hall', callee: '1001' }],
};

const signIns = (pbx: TestPbx): Record<string, unknown>[] =>
  pbx.push.received
    .map(({ text }) => JSON.parse(text) as Record<string, unknown>)
    .filter(({ command }) => command === 'auth');

test('a call is announced by push with its name, long before the next poll of the list', async () => {
  const pbx = await startPbx();
  const desk = await openSignedIn(pbx);
  await until(() => expect(push(desk)).toBe('listening'));
  expect(desk.desk.calls.listening).toMatchObject({ source: 'sessions', error: null });

  const id = pbx.addSession(forMe);
  await until(() => expect(desk.events.filter(({ type }) => type === 'for-me')).toHaveLength(1));
  expect(desk.events.find(({ type }) => type === 'for-me')?.call).toMatchObject({ id });
  await until(() => expect(desk.desk.calls.calls).toMatchObject([{ id, other: { name: 'Grace Hall' } }]));
  pbx.endSession(id);
  await until(() => expect(desk.events.some(({ type }) => type === 'missed')).toBe(true));
  expect(desk.desk.calls.calls).toEqual([]);
});

test('a placed call shows each step by push while the request budget is empty', async () => {
  const pbx = await startPbx();
  const desk = await openSignedIn(pbx, undefined, 10);
  await until(() => expect(push(desk)).toBe('listening'));
  expect((await desk.desk.dialCommands.place('+12015550123', 'typed')).ok).toBe(true);
  await until(() => expect(desk.desk.dial.placed?.step).toBe('connected'));
  expect(desk.desk.dial.placed?.reached.map(({ step }) => step)).toEqual([
    'requested',
    'phone-ringing',
    'other-ringing',
    'connected',
  ]);
  expect(pbx.requests.filter(({ path }) => path.startsWith('/api/sessions/'))).toEqual([]);
});

test('the password is sent to push as documented, once and without a token', async () => {
  const pbx = await startPbx();
  const desk = await openSignedIn(pbx);
  await until(() => expect(push(desk)).toBe('listening'));
  expect(signIns(pbx).map((frame) => Object.keys(frame).toSorted())).toEqual([
    ['command', 'domain', 'password', 'username'],
  ]);
  expect(desk.accounts.account?.push).toEqual({ accepted: 'password', refused: [] });
});

test('after a restart without a password, nothing is sent to push that a PBX might count as a failed sign-in', async () => {
  const pbx = await startPbx();
  const first = await openSignedIn(pbx);
  await until(() => expect(push(first)).toBe('listening'));
  await first.desk.close();
  const before = signIns(pbx).length;

  const again = openTestDesk({ accounts: first.accounts });
  open.push(again.desk);
  await again.desk.accounts.resume();
  await until(() => expect(again.desk.calls.list.status).toBe('live'));
  expect(again.desk.calls.listening).toMatchObject({ source: 'sessions', push: 'off' });
  expect(signIns(pbx)).toHaveLength(before);
});

test('if the list is forbidden, my calls come by push, and the list state says forbidden', async () => {
  const pbx = await startPbx({ mayListSessions: false });
  const desk = await openSignedIn(pbx);
  await until(() => expect(desk.desk.calls.listening.source).toBe('push'));
  expect(desk.desk.calls.list).toMatchObject({ status: 'forbidden', error: { code: 'list-forbidden' } });
  const id = pbx.addSession(forMe);
  await until(() => expect(desk.desk.calls.calls).toMatchObject([{ id, mine: true, other: { name: 'Grace Hall' } }]));
});

test('if the list and push are forbidden, the user’s own status and the history report a missed call with its number', async () => {
  const pbx = await startPbx({ mayListSessions: false, dialect: NO_TOPICS });
  const desk = openTestDesk();
  open.push(desk.desk);
  await desk.desk.accounts.signIn(formFor(pbx));
  await until(() => expect(desk.desk.calls.listening).toMatchObject({ source: 'history', push: 'refused' }));
  const id = pbx.addSession(forMe);
  await until(() => expect(desk.events.some(({ type }) => type === 'for-me')).toBe(true));
  pbx.endSession(id);
  await until(() => expect(desk.desk.recents).toMatchObject([{ outcome: 'missed', number: '+12015550123' }]));
});

test('push reconnects after it breaks, and the list is polled meanwhile', async () => {
  const pbx = await startPbx();
  const desk = await openSignedIn(pbx);
  await until(() => expect(push(desk)).toBe('listening'));
  const polls = (): number => pbx.requests.filter(({ path }) => path.startsWith('/api/sessions')).length;
  const before = polls();
  pbx.push.dropAll();
  await until(() => expect(push(desk)).toBe('waiting'));
  await until(() => expect(polls()).toBeGreaterThan(before));
  await until(() => expect(push(desk)).toBe('listening'));
});

test('a refused password is never sent to push again, not even at the next start', async () => {
  // A PBX that mails a code refuses a password alone.
  const pbx = await startPbx({ twoFactor: true });
  const desk = await openSignedIn(pbx);
  expect(desk.desk.account.awaitingCode).toBe(true);
  expect(await desk.desk.accounts.enterCode(pbx.mail.at(-1)?.code ?? '')).toEqual({ ok: true, value: null });
  await until(() => expect(push(desk)).toBe('refused'));
  expect(desk.desk.calls.listening.error?.code).toBe('push-sign-in-refused');
  expect(signIns(pbx)).toHaveLength(1);
  desk.desk.wake();
  await until(() => expect(desk.desk.calls.list.status).toBe('live'));
  expect(signIns(pbx)).toHaveLength(1);
  expect(desk.accounts.account?.push).toEqual({ accepted: null, refused: ['password'] });
});

test('push works after a restart if the password is saved', async () => {
  const pbx = await startPbx();
  const settings = { secrets: { keepPassword: true } };
  const first = openTestDesk({ settings });
  open.push(first.desk);
  await first.desk.accounts.signIn(formFor(pbx));
  await until(() => expect(push(first)).toBe('listening'));
  await first.desk.close();

  const again = openTestDesk({ accounts: first.accounts, settings });
  open.push(again.desk);
  await again.desk.accounts.resume();
  await until(() => expect(push(again)).toBe('listening'));
  expect(signIns(pbx)).toHaveLength(2);
});

test('the list is polled as usual while push neither answers nor sends anything', async () => {
  const pbx = await startPbx({ dialect: subscriptions('ignored', 'ignored') });
  const desk = openTestDesk();
  open.push(desk.desk);
  await desk.desk.accounts.signIn(formFor(pbx));
  await until(() => expect(pbx.push.connections[0]?.username).toBe(pbx.account.username));
  await until(() => expect(desk.desk.calls.list.status).toBe('live'));
  const polls = (): number => pbx.requests.filter(({ path }) => path.startsWith('/api/sessions')).length;
  const before = polls();
  await until(() => expect(polls()).toBeGreaterThanOrEqual(before + 3));
  const id = pbx.addSession(forMe);
  await until(() => expect(desk.events.some(({ type, call }) => type === 'for-me' && call.id === id)).toBe(true));
  expect(desk.desk.calls.listening.push).toBe('connecting');
});
