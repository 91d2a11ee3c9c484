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
  const confirm = { ...DEFAULT_SETTINGS.dialling.confirm, command: ask ? ('ask' as const) : ('at-once' as const) };
  opened = openTestDesk({ settings: { dialling: { confirm } } });
  if (signIn) await opened.desk.accounts.signIn(formFor(pbx));
  return opened.desk;
}
const dial = (desk: TestDesk['desk'], text: string) => runCommand({ name: 'dial', text }, { desk, show: () => {} });
const hangUp = (desk: TestDesk['desk']) => runCommand({ name: 'hangup' }, { desk, show: () => {} });
const placed = () => pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/api/sessions');

test('a number is asked about in the window, like one from a link', async () => {
  const desk = await open(true);
  expect(await dial(desk, '+1 201 555 0123')).toEqual({
    exit: 0,
    text: 'Traydial asks in its window whether to call +1 201 555 0123.',
  });
  expect(desk.dial.request).toMatchObject({ source: 'command', plan: { dial: '+12015550123' } });
  expect(placed()).toHaveLength(0);
});

test('it is dialled at once where links are, and hung up again', async () => {
  const desk = await open(false);
  expect(await dial(desk, '+12015550123')).toEqual({ exit: 0, text: 'Calling +1 201 555 0123.' });
  expect(placed()).toHaveLength(1);
  await until(() => expect(desk.dial.placed?.step).toBe('connected'));
  expect(await hangUp(desk)).toEqual({ exit: 0, text: 'Hung up.' });
  await until(() => expect(desk.dial.placed?.step).toBe('ended'));
  await until(() => expect(desk.calls.calls).toEqual([]));
  expect(await hangUp(desk)).toEqual({ exit: 1, text: 'There is no call to hang up.' });
});

test('what is no number is refused with the reason', async () => {
  const desk = await open(true);
  expect(await dial(desk, 'hello')).toMatchObject({
    exit: 1,
    text: expect.stringContaining('not a phone number') as string,
  });
  expect(desk.dial.request).toBeNull();
});

test('without a sign-in the number waits, and says so', async () => {
  const desk = await open(false, false);
  expect(await dial(desk, '1002')).toMatchObject({ exit: 3 });
  expect(desk.dial.request?.plan?.dial).toBe('1002');
  expect(await hangUp(desk)).toMatchObject({ exit: 3 });
});

test('of two calls none is hung up', async () => {
  const desk = await open(true);
  for (const caller of ['1002', '1003']) pbx.addSession({ legs: [{ caller, callee: '1001', answeredSecondsAgo: 5 }] });
  desk.refresh();
  await until(() => expect(desk.calls.calls.filter((call) => call.mine)).toHaveLength(2));
  expect(await hangUp(desk)).toMatchObject({ exit: 1, text: expect.stringContaining('more than one') as string });
  expect(pbx.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
});

test('show brings the window up', async () => {
  const desk = await open(true, false);
  let shown = 0;
  expect(await runCommand({ name: 'show' }, { desk, show: () => (shown += 1) })).toMatchObject({ exit: 0 });
  expect(shown).toBe(1);
});
