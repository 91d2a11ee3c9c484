import type { IpcMainInvokeEvent } from 'electron';
import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../../../src/core/desk.ts';
import { recentsHistories, type RecentsFile } from '../../../src/core/history/recents-history.ts';
import { FavouriteList } from '../../../src/core/people/favourite-list.ts';
import { silentLog } from '../../support/silent-log.ts';
import type { TestPbx } from '../../pbx/test-pbx.ts';
import { startTestPbx } from '../../pbx/start-test-pbx.ts';
import { Desktop } from '../../../src/main/desktop-state.ts';
import { commandHandlers } from '../../../src/main/ipc/handlers.ts';
import { COMMANDS, PAYLOADS } from '../../../src/shared/schema/commands.ts';
import { routeCommands } from '../../../src/main/ipc/router.ts';
import { Pause } from '../../../src/main/pause.ts';
import type { CommandName } from '../../../src/shared/ipc.ts';
import { ok } from '../../../src/shared/result.ts';
import { formFor, until } from '../../core/support/test-desk.ts';
import { openCrashStores } from '../../support/crash-stores.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { hostile } from './hostile-payloads.ts';
import { SAMPLES } from './samples.ts';
import { NETWORK } from '../../../src/core/pbx/transport.ts';

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>;

const folder = mkdtempSync(join(tmpdir(), 'traydial-ipc-'));
const listeners = new Map<string, Listener>();
/** Side effects of the shell other than changed files. */
const effects: string[] = [];
let pbx: TestPbx;
const ANYBODY = 'anybody';
let desk: Desk;
let everything: () => unknown;

beforeAll(async () => {
  pbx = await startTestPbx();
  pbx.addSession({ legs: [{ caller: '1002', callee: '1003' }] });
  // A manual clock, so that only commands have effects.
  const clock = new ManualClock(Date.now());
  const { settings, memory, accounts } = openCrashStores(folder);
  memory.saveRecents(ANYBODY, [
    {
      id: 'known',
      number: '1002',
      name: 'Priya',
      direction: 'incoming',
      outcome: 'missed',
      at: 1,
      seconds: null,
      provenance: 'caller',
    },
  ]);
  const recents: RecentsFile = {
    load: () => memory.recents(ANYBODY),
    save: (_account, list) => memory.saveRecents(ANYBODY, list),
  };
  const nothing = (): void => {};
  const favourites = new FavouriteList({
    load: (account) => memory.favourites(account),
    save: (account, list) => memory.saveFavourites(account, list),
    forget: (account) => memory.forgetFavourites(account),
    onChange: nothing,
  });
  desk = new Desk({
    transport: NETWORK,
    clock,
    log: silentLog,
    accounts,
    openDemo: () => Promise.reject(new Error('the demo was started')),
    userActivity: () => ({ windowVisible: true, idle: false }),
    settings: () => settings.get(),
    histories: recentsHistories(recents, clock),
    favourites,
    people: { path: () => null, forget: () => undefined },
    onChange: nothing,
    onEvents: nothing,
    onSignedOut: nothing,
    proxyFor: () => Promise.resolve('DIRECT'),
    authorities: () => undefined,
    onAttention: nothing,
    country: { system: '', memory: { shownCountries: () => [], saveShownCountries: () => undefined } },
  });
  const desktop = new Desktop(
    {
      version: '1',
      platform: 'linux',
      tray: 'missing',
      secrets: 'strong',
      notifier: 'none',
      pausedUntil: null,
      links: [],
      language: 'en',
      linksEntry: 'missing',
      loginItem: 'no',
      setupDue: false,
      shortcut: { state: 'off', selection: true },
      notices: [{ id: 'tray-missing' }],
    },
    nothing,
  );
  const pause = new Pause(clock, null, (pausedUntil) => desktop.change({ pausedUntil }));
  const state = () => ({
    account: desk.account,
    trust: { certificates: desk.trusted, authorities: [], authoritiesProblem: null },
    calls: desk.calls,
    dial: desk.dial,
    recents: desk.recents,
    presences: desk.presences,
    favourites: favourites.all,
    numbers: {},
    settings: settings.get(),
    country: desk.country,
    desktop: desktop.state,
  });
  const done = (effect: string) => {
    effects.push(effect);
    return ok(null);
  };
  const handlers = commandHandlers(desk, {
    state,
    changeSettings: (patch) => settings.change(patch),
    chooseAuthorities: () => Promise.resolve(done('authorities')),
    importRules: () => Promise.resolve(done('imported')).then(() => ok(null)),
    contactFiles: { choose: () => Promise.resolve(ok(null)), take: () => Promise.resolve(ok(null)) },
    exportContacts: () => Promise.resolve(done('contacts')).then(() => ok(true)),
    exportHistory: () => Promise.resolve(done('history')).then(() => ok(true)),
    exportRules: () => Promise.resolve(done('exported')).then(() => ok(true)),
    pauseNotifications: (end) => pause.set(end),
    numbersOf: () => ({}),
    testNotification: () => void done('notification'),
    whyNotified: () => ({ ringing: null, missed: null }),
    forgetReasons: () => undefined,
    favourites,
    links: {
      makeDefault: () => Promise.resolve(done('links')),
      check: () => Promise.resolve(void done('look')),
      setEntry: () => Promise.resolve(done('entry')),
    },
    shortcut: { test: () => Promise.resolve(done('shortcut').ok), record: () => void done('record') },
    copyText: (text) => Promise.resolve(done(text)),
    copyError: (code) => Promise.resolve(done(code)),
    openPage: (page) => Promise.resolve(done(page)),
    licences: () => Promise.resolve(ok([])),
    copyReport: () => Promise.resolve(done('report')),
    showFile: (id) => Promise.resolve(done(id)),
    dismissNotice: (id) => desktop.dismiss(id),
    finishSetup: () => undefined,
    hideWindow: () => void done('hidden'),
  });
  const ipcMain = { handle: (channel: string, listener: Listener) => void listeners.set(channel, listener) };
  routeCommands(ipcMain, handlers, silentLog);

  await desk.accounts.signIn(formFor(pbx));
  await until(() => expect(desk.calls.calls).toHaveLength(1));
  await desk.dialCommands.dial('tel:1002', 'link');
  everything = () => ({
    state: structuredClone(state()),
    files: readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
    asked: pbx.requests.length,
    effects: effects.length,
  });
});

afterAll(async () => {
  await desk.close();
  await pbx.close();
  rmSync(folder, { recursive: true, force: true });
});

const ownFrame = { url: 'app://traydial/index.html' };
const event = (senderFrame: unknown, sender: unknown) => ({ senderFrame, sender }) as IpcMainInvokeEvent;
const own = event(ownFrame, { mainFrame: ownFrame });
const pageAt = (url: string) => event({ url }, { mainFrame: { url } });
const throwing = (name: string): object =>
  Object.defineProperty({}, name, {
    get: () => {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
  });

const invoke = (command: CommandName, from: IpcMainInvokeEvent, ...args: unknown[]) =>
  listeners.get(`command:${command}`)?.(from, ...args);

/** Sends a command and expects an error value and no side effects. */
async function expectRefused(command: CommandName, from: IpcMainInvokeEvent, args: unknown[]): Promise<void> {
  const before = everything();
  const answer = await invoke(command, from, ...args);
  expect(answer).toMatchObject({
    ok: false,
    error: { code: expect.stringMatching(/^(command|settings)-invalid$/) as string },
  });
  expect(everything()).toEqual(before);
}

test.each(COMMANDS)('%s: our own window may send the sample', (command) => {
  expect(PAYLOADS[command].safeParse(SAMPLES[command]).error).toBeUndefined();
});

test.each([
  ['another page', pageAt('https://evil.example/')],
  ['a page that only looks like ours', pageAt('app://traydial.evil.example/index.html')],
  ['a page of another scheme', pageAt('file:///app://traydial/index.html')],
  ['an empty page', pageAt('about:blank')],
  ['a page without an address', pageAt('')],
  ['a frame inside our page', event({ ...ownFrame }, { mainFrame: ownFrame })],
  ['a frame that is gone', event(null, { mainFrame: ownFrame })],
  ['a frame that was destroyed', event(throwing('url'), { mainFrame: ownFrame })],
  ['our frame in a page that was destroyed', event(ownFrame, throwing('mainFrame'))],
  ['our page, disposed in between', ((frame) => event(frame, { mainFrame: frame }))(throwing('url'))],
  ['nobody', event(undefined, undefined)],
])('every command from %s returns an error and has no effect', async (_who, from) => {
  for (const command of COMMANDS) await expectRefused(command, from, [SAMPLES[command]]);
});

test('a command with one invalid value returns an error and has no effect', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, ({ command, args }) => expectRefused(command, own, args)),
    { numRuns: 4_000 },
  );
});

test('the same commands have effects when they are valid', async () => {
  const before = everything();
  for (const command of [
    'settings.change',
    'own-numbers.set',
    'recents.remove',
    'window.hide',
    'desktop.dismiss-notice',
    'favourites.set',
  ] as const) {
    expect(await invoke(command, own, SAMPLES[command])).toMatchObject({ ok: true });
  }
  expect(everything()).not.toEqual(before);
  await invoke('own-numbers.set', own, { number: '1002', mine: true });
  expect(await invoke('own-numbers.set', own, { number: '1001', mine: false })).toMatchObject({
    value: { identity: { ownNumbers: ['1002'] } },
  });
  expect(desk.recents).toEqual([]);
  expect(effects).toEqual(['hidden']);
});
