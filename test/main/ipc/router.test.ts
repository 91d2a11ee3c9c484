import type { IpcMainInvokeEvent } from 'electron';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../support/silent-log.ts';
import { routeCommands, type Handlers } from '../../../src/main/ipc/router.ts';
import type { CommandName } from '../../../src/shared/ipc.ts';
import { COMMANDS } from '../../../src/shared/schema/commands.ts';
import { ok } from '../../../src/shared/result.ts';

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

const listeners = new Map<string, Listener>();
let calls: { command: CommandName; payload: unknown }[] = [];

/** Handlers that record their payloads; `account.sign-out` throws. */
const handlers = Object.fromEntries(
  COMMANDS.map((command) => [
    command,
    (payload: unknown) => {
      calls.push({ command, payload });
      if (command === 'account.sign-out') throw new Error('a bug');
      return ok(null);
    },
  ]),
) as unknown as Handlers;

routeCommands(
  { handle: (channel: string, listener: Listener) => void listeners.set(channel, listener) },
  handlers,
  silentLog,
);

beforeEach(() => {
  calls = [];
});

function sender(url: string, top = true): IpcMainInvokeEvent {
  const frame = { url };
  return { senderFrame: frame, sender: { mainFrame: top ? frame : { url } } } as unknown as IpcMainInvokeEvent;
}

const own = sender('app://traydial/index.html');
const invoke = (command: string, event: IpcMainInvokeEvent, payload: unknown) =>
  listeners.get(`command:${command}`)?.(event, payload);

test('every command of the contract has a listener', () => {
  expect([...listeners.keys()].sort()).toEqual(COMMANDS.map((command) => `command:${command}`).sort());
});

test('a well-formed command of the window reaches its handler', async () => {
  expect(await invoke('dial.preview', own, { text: '1001' })).toEqual({ ok: true, value: null });
  expect(calls).toEqual([{ command: 'dial.preview', payload: { text: '1001' } }]);
});

test.each([
  ['another page', sender('https://evil.example/')],
  ['a page that only looks like ours', sender('app://traydial.evil.example/')],
  ['a frame inside our page', sender('app://traydial/index.html', false)],
  ['a page that is gone', { senderFrame: null, sender: {} } as unknown as IpcMainInvokeEvent],
])('%s is rejected for every command', async (_name, event) => {
  for (const command of COMMANDS) {
    expect(await invoke(command, event, null)).toMatchObject({ ok: false, error: { code: 'command-invalid' } });
  }
  expect(calls).toEqual([]);
});

test.each<[CommandName, unknown]>([
  ['dial.place', null],
  ['dial.place', { text: 5, options: null }],
  ['dial.place', { text: '1001' }],
  ['dial.place', { text: '1001', options: { sendSdp: 'yes' } }],
  ['dial.place', { text: '1001', options: null, extra: 1 }],
  ['account.sign-in', { address: 'pbx' }],
  ['account.test', { address: 'pbx', domain: '', trustFingerprint: 'AA' }],
  ['notifications.pause', { until: 'forever' }],
  ['demo.make', { event: 'fire' }],
  ['desktop.open-page', { page: 'https://evil.example' }],
  ['state.get', { anything: true }],
  ['settings.change', { polling: 5 }],
  // Only the user can name a file of authorities, in a dialog of the system.
  ['settings.change', { trust: { authoritiesFile: '/tmp/evil.pem' } }],
  ['settings.change', { polling: { intervalSeconds: 30 }, trust: { authoritiesFile: ' ' } }],
  ['settings.change', { trust: {} }],
])('%s with %j is rejected and has no effect', async (command, payload) => {
  expect(await invoke(command, own, payload)).toMatchObject({ ok: false, error: { code: 'command-invalid' } });
  expect(calls).toEqual([]);
});

test('a handler that throws is answered with an error value without details', async () => {
  const answer = await invoke('account.sign-out', own, null);
  expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(JSON.stringify(answer)).not.toContain('a bug');
});

test('no payload makes a command throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...COMMANDS), fc.anything(), async (command, payload) => {
      expect(await invoke(command, own, payload)).toHaveProperty('ok');
    }),
  );
});
