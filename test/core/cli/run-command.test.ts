import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../../src/core/cli/run-command.ts';
import type { TestPbx } from '../../pbx/test-pbx.ts';
import { startTestPbx } from '../../pbx/start-test-pbx.ts';
import { formFor, openTestDesk, until, type TestDesk } from '../support/test-desk.ts';

let pbx: TestPbx;
let opened: TestDesk;

beforeEach(async () => {
  pbx = await startTestPbx({ pace: 10 });
});
afterEach(async () => {
  await opened.desk.close();
  await pbx.close();
});

async function open(ask: boolean, signIn = true): Promise<TestDesk['desk']> {
  const confirm = { ...DEFAULT_SETTINGS.dialling.confirm, command: ask ? ('ask' as const) : ('undo' as const) };
  opened = openTestDesk({ settings: { dialling: { country: 'US', confirm } } });
  if (signIn) await opened.desk.accounts.signIn(formFor(pbx));
  return opened.desk;
}
const dial = (desk: TestDesk['desk'], text: string) =>
  runCommand({ name: 'dial', text }, { desk, showWindow: () => {}, explainCalls: () => Promise.resolve([]) });
const hangUp = (desk: TestDesk['desk']) =>
  runCommand({ name: 'hangup' }, { desk, showWindow: () => {}, explainCalls: () => Promise.resolve([]) });
const placed = () => pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/api/sessions');

test('dial shows a question in the window, like a link', async () => {
  const desk = await open(true);
  expect(await dial(desk, '+1 201 555 0123')).toEqual({ code: 'asked', number: '+1 201 555 0123' });
  expect(desk.dial.question).toMatchObject({ provenance: 'command', plan: { dial: '+12015550123' } });
  expect(placed()).toHaveLength(0);
});

test('dial starts a countdown if the settings do not ask, and hangup ends the call', async () => {
  const desk = await open(false);
  expect(await dial(desk, '+12015550123')).toEqual({ code: 'calling-soon', number: '+1 201 555 0123' });
  expect(placed()).toHaveLength(0);
  await desk.dialCommands.answer(desk.dial.question?.id ?? '', true);
  expect(placed()).toHaveLength(1);
  await until(() => expect(desk.dial.placed?.step).toBe('connected'));
  expect(await hangUp(desk)).toEqual({ code: 'hung-up' });
  await until(() => expect(desk.dial.placed?.step).toBe('ended'));
  await until(() => expect(desk.calls.calls).toEqual([]));
  expect(await hangUp(desk)).toEqual({ code: 'no-call' });
});

test('dial refuses a text without a number, with the reason', async () => {
  const desk = await open(true);
  expect(await dial(desk, 'hello')).toMatchObject({ code: 'refused', error: { code: 'number-letters' } });
  expect(desk.dial.question).toBeNull();
});

test('dial without a sign-in keeps the number until the sign-in, and reports that', async () => {
  const desk = await open(false, false);
  expect(await dial(desk, '1002')).toEqual({ code: 'waits-for-sign-in', number: '1002' });
  expect(desk.dial.question?.plan?.dial).toBe('1002');
  expect(await hangUp(desk)).toEqual({ code: 'signed-out' });
});

test('hangup ends neither of two calls', async () => {
  const desk = await open(true);
  for (const caller of ['1002', '1003']) pbx.addSession({ legs: [{ caller, callee: '1001', answeredSecondsAgo: 5 }] });
  desk.refresh();
  await until(() => expect(desk.calls.calls.filter((call) => call.mine)).toHaveLength(2));
  expect(await hangUp(desk)).toEqual({ code: 'several-calls' });
  expect(pbx.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
});

test('hangup ends neither a call placed here nor another one beside it', async () => {
  const desk = await open(false);
  await dial(desk, '+12015550123');
  await desk.dialCommands.answer(desk.dial.question?.id ?? '', true);
  await until(() => expect(desk.dial.placed?.step).toBe('connected'));
  pbx.addSession({ legs: [{ caller: '1002', callee: '1001', answeredSecondsAgo: 5 }] });
  desk.refresh();
  await until(() => expect(desk.calls.calls.filter((call) => call.mine)).toHaveLength(2));
  expect(await hangUp(desk)).toEqual({ code: 'several-calls' });
});

test('show opens the window', async () => {
  const desk = await open(true, false);
  let shown = 0;
  const explainCalls = () => Promise.resolve([]);
  expect(await runCommand({ name: 'show' }, { desk, showWindow: () => (shown += 1), explainCalls })).toEqual({
    code: 'shown',
  });
  expect(shown).toBe(1);
});

test('why explains the latest calls, or the calls with a given number', async () => {
  const desk = await open(true);
  const notified = { ringing: { code: 'announced' }, missed: null } as const;
  const anna = { name: 'Anna Berg', number: '+1 201 555 0123', at: 0, notified };
  const explainCalls = (number: string) => Promise.resolve(number === '1003' ? [] : [anna]);
  const run = (number: string) => runCommand({ name: 'why', number }, { desk, showWindow: () => {}, explainCalls });
  expect(await run('')).toEqual({ code: 'explained', calls: [anna] });
  expect(await run('1003')).toEqual({ code: 'not-found' });
});

test('why needs a sign-in', async () => {
  const desk = await open(true, false);
  const explainCalls = () => Promise.resolve([]);
  expect(await runCommand({ name: 'why', number: '' }, { desk, showWindow: () => {}, explainCalls })).toEqual({
    code: 'signed-out',
  });
});
