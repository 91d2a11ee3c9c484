import { z } from 'zod';
import { desktop } from '../desktop.ts';
import { app } from '../electron/app.ts';
import { answerDialog, answerFileDialog } from '../electron/dialog.ts';
import { pressShortcut, shortcuts } from '../electron/global-shortcut.ts';
import { ipcMain } from '../electron/ipc-main.ts';
import { nativeTheme } from '../electron/native-theme.ts';
import { notifications } from '../electron/notification.ts';
import { powerMonitor } from '../electron/power-monitor.ts';
import { keyStoreIs } from '../electron/safe-storage.ts';
import { makeFrame } from '../electron/web-contents.ts';
import { makeEvent } from '../event.ts';
import { playSecondStart } from '../second-start/play.ts';
import { SIM_VALUES } from '../sim.ts';
import { notificationServiceIs, panelIs } from '../system-tools.ts';
import { pack, unpack } from '../wire.ts';
import type { ActResult } from './act-result.ts';
import { windowFor } from './app-pages.ts';
import { shownTray } from './state.ts';
import { chooseTrayItem, chooseTrayKey, openTraySubmenu } from './tray-menu.ts';

const done: ActResult = { ok: true };
const missing = (message: string): ActResult => ({ ok: false, status: 404, message });

const inputs = {
  'tray-menu': z.object({
    path: z.array(z.string()).min(1).optional(),
    label: z.string().optional(),
    key: z.int().optional(),
  }),
  /** Opens a submenu of the tray's menu. */
  'tray-submenu': z.object({ key: z.int() }),
  'tray-click': z.object({ button: z.enum(['click', 'right-click', 'double-click']).default('click') }),
  /** The panel that shows tray icons starts or ends. */
  panel: z.object({ there: z.boolean() }),
  /** Whether somebody uses the computer. */
  idle: z.object({ state: z.enum(SIM_VALUES.idle) }),
  /** `argv`: the arguments after the program's name. Without `additionalData` a real second process is started. */
  'second-instance': z.object({ argv: z.array(z.string()), additionalData: z.unknown().optional() }),
  'open-url': z.object({ url: z.string() }),
  power: z.object({ event: z.enum(['suspend', 'resume', 'lock-screen', 'unlock-screen', 'shutdown']) }),
  shortcut: z.object({ accelerator: z.string() }),
  'notification-click': z.object({ id: z.string().optional(), index: z.int().optional(), button: z.int().optional() }),
  'notification-close': z.object({ id: z.string().optional(), index: z.int().optional() }),
  /** Makes the notification service end, hang, or work again. */
  'notification-service': z.object({ state: z.enum(['shown', 'absent', 'hanging']) }),
  /** Makes a key store that hung answer. */
  'key-store': z.object({ state: z.enum(SIM_VALUES.safeStorage).exclude(['hangs']) }),
  /** Moves it from the screen to the desktop's list. */
  'notification-expire': z.object({ id: z.string().optional(), index: z.int().optional() }),
  /** `paths` answers a file dialog; none is Cancel. */
  'file-dialog-answer': z.object({ files: z.array(z.string()) }),
  'dialog-answer': z.object({
    id: z.string(),
    response: z.int().min(0).default(0),
    checkboxChecked: z.boolean().default(false),
    paths: z.array(z.string()).default([]),
  }),
  clipboard: z.object({ text: z.string(), selection: z.boolean().default(false) }),
  window: z.object({
    action: z.enum(['close', 'show', 'hide', 'focus', 'minimize', 'restore', 'maximize', 'unmaximize']),
    id: z.int().optional(),
  }),
  theme: z.object({ dark: z.boolean() }),
  activate: z.object({}),
  quit: z.object({}),
  /** Throws an error inside the program that nothing catches. */
  bug: z.object({ message: z.string(), rejected: z.boolean().default(false) }),
  /** Calls a handler as a frame that is not the app's own page would. */
  'foreign-invoke': z.object({
    channel: z.string(),
    args: z.array(z.unknown()).default([]),
    url: z.url().default('https://elsewhere.example/'),
  }),
};

type ActName = keyof typeof inputs;
/** The acts of `POST /__host/act`. */
export type Act = { [N in ActName]: { type: N } & z.input<(typeof inputs)[N]> }[ActName];

type Input<N extends ActName> = z.output<(typeof inputs)[N]>;

const run: { [N in ActName]: (input: Input<N>) => ActResult | Promise<ActResult> } = {
  'tray-menu': ({ path, label, key }) =>
    key === undefined ? chooseTrayItem(shownTray(), path ?? label) : chooseTrayKey(shownTray(), key),
  'tray-submenu': ({ key }) => openTraySubmenu(shownTray(), key),
  'tray-click': ({ button }) => {
    const tray = shownTray();
    if (tray === undefined) return missing('The desktop shows no tray icon of the app.');
    tray.hostClick(button);
    return done;
  },
  panel: ({ there }) => {
    panelIs(there);
    return done;
  },
  idle: ({ state }) => {
    desktop.sim = { ...desktop.sim, idle: state };
    return done;
  },
  'second-instance': async ({ argv, additionalData }) => {
    if (additionalData !== undefined) {
      app.hostSecondStart({ argv: [process.execPath, desktop.appPath, ...argv], data: additionalData });
      return done;
    }
    const code = await playSecondStart(argv);
    return code === 0 ? done : { ok: false, status: 500, message: `The second start ended with ${String(code)}.` };
  },
  'open-url': ({ url }) => {
    app.emit('open-url', makeEvent(), url);
    return done;
  },
  power: ({ event }) => {
    powerMonitor.emit(event, makeEvent());
    // On Linux Electron was seen to emit these twice.
    if (event === 'suspend' || event === 'resume') powerMonitor.emit(event, makeEvent());
    return done;
  },
  shortcut: ({ accelerator }) => {
    if (pressShortcut(accelerator)) return done;
    return missing(`No shortcut ${accelerator}. There are: ${list(shortcuts.keys())}.`);
  },
  'notification-click': ({ button, ...which }) => {
    const found = findNotification(which);
    found?.hostClick(button ?? null);
    return found === undefined ? missing(noSuchNotification()) : done;
  },
  'notification-close': (which) => {
    const found = findNotification(which);
    found?.close();
    return found === undefined ? missing(noSuchNotification()) : done;
  },
  'notification-service': ({ state }) => {
    desktop.sim = { ...desktop.sim, notifications: state };
    notificationServiceIs(state);
    return done;
  },
  'key-store': ({ state }) => {
    keyStoreIs(state);
    return done;
  },
  'notification-expire': (which) => {
    const found = findNotification(which);
    found?.hostExpire();
    return found === undefined ? missing(noSuchNotification()) : done;
  },
  'dialog-answer': ({ id, response, checkboxChecked, paths }) => {
    const waiting = desktop.dialogs.filter(({ answered }) => answered === false);
    if (!waiting.some((record) => record.id === id)) {
      return missing(`No dialog ${id} waits. There are: ${list(waiting.map((record) => record.id))}.`);
    }
    answerDialog(id, response, checkboxChecked, paths);
    return done;
  },
  'file-dialog-answer': ({ files }) => (answerFileDialog(files) ? done : missing('No file dialog waits.')),
  clipboard: ({ text, selection }) => {
    desktop.clipboard[selection ? 'selection' : 'text'] = text;
    return done;
  },
  window: ({ action, id }) => {
    const window = windowFor(id ?? null);
    if (window === undefined) return missing('There is no such window.');
    window[action]();
    return done;
  },
  theme: ({ dark }) => {
    nativeTheme.hostSetSystem(dark);
    return done;
  },
  activate: () => {
    app.emit('activate', makeEvent(), windowFor(null)?.isVisible() ?? false);
    return done;
  },
  quit: () => {
    // Runs after the answer was sent, because a quit that is not prevented ends this process.
    setImmediate(() => app.quit());
    return done;
  },
  bug: ({ message, rejected }) => {
    const bug = new Error(message);
    if (rejected) void Promise.reject(bug);
    else
      setImmediate(() => {
        throw bug;
      });
    return done;
  },
  'foreign-invoke': async ({ channel, args, url }) => {
    const window = windowFor(null);
    if (window === undefined) return missing('There is no window to send from.');
    const answer = await ipcMain.hostInvoke(
      window.webContents,
      makeFrame(() => url),
      channel,
      pack(args),
    );
    return { ok: true, value: answer.ok ? { ok: true, value: unpack(answer.value) } : answer };
  },
};

/** Does what a user does outside the window. Bad input is answered with a sentence that names the types. */
export async function act(body: unknown): Promise<ActResult> {
  const type = z.object({ type: z.string() }).safeParse(body).data?.type ?? '';
  if (!isActName(type)) {
    return { ok: false, status: 400, message: `"type" must be one of: ${list(Object.keys(inputs))}.` };
  }
  return perform(type, body);
}

// The type parameter ties schema and function together.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
async function perform<N extends ActName>(type: N, body: unknown): Promise<ActResult> {
  const parsed = inputs[type].safeParse(body);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    return {
      ok: false,
      status: 400,
      message: `"${type}" does not take this: ${problems}. The types are: ${list(Object.keys(inputs))}.`,
    };
  }
  // The schema is looked up by the same name as the function.
  const result = await run[type](parsed.data as Input<N>);
  // Lets the app's promises settle, so that the next state includes the effects.
  await new Promise((resolve) => setImmediate(resolve));
  return result;
}

function isActName(type: string): type is ActName {
  return Object.hasOwn(inputs, type);
}

/** By id: the newest with that id. By index: as in the state, negative from the end. Otherwise the newest shown. */
function findNotification({ id, index }: { id?: string | undefined; index?: number | undefined }) {
  if (id !== undefined) return notifications.findLast((notification) => notification.id === id);
  if (index !== undefined) return notifications.at(index);
  return notifications.findLast((notification) => notification.hostState() === 'shown');
}

function noSuchNotification(): string {
  return `No such notification. There are: ${list(notifications.map(({ id }) => id))}.`;
}

function list(names: Iterable<string>): string {
  const all = [...names];
  return all.length === 0 ? 'none' : all.join(', ');
}
