import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DBusError } from '@jellybrick/dbus-next';
import type { ElectronApplication } from 'playwright-core';
import { ROOT } from '../../../scripts/build-when-stale.ts';
import type { Desk } from '../../electron/desk.ts';
import type { Pixmap } from '../../electron/tray-host.ts';
import { copiedText, readXWindow } from '../../electron/x-windows.ts';
import type { HostState, WindowState } from './app-driver.ts';

const ICONS = join(ROOT, 'resources/tray/linux');

/** The program's windows: their data from Electron, their position from the window manager. */
export async function readWindows(electron: ElectronApplication, desk: Desk): Promise<WindowState[]> {
  const known = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      id: window.id,
      title: window.getTitle(),
      url: window.webContents.getURL(),
      xid: Number(window.getMediaSourceId().split(':')[1]),
    })),
  );
  return Promise.all(
    known.map(async ({ xid, ...rest }) => {
      const seen = await readXWindow(desk.env, xid);
      return {
        ...rest,
        visible: seen.mapped,
        focused: seen.active,
        minimized: seen.minimized,
        bounds: seen.outer,
      };
    }),
  );
}

/** The number of the window's X window. */
export async function xidOf(electron: ElectronApplication): Promise<number> {
  return electron.evaluate(({ BrowserWindow }) =>
    Number(BrowserWindow.getAllWindows()[0]?.getMediaSourceId().split(':')[1]),
  );
}

/** Everything that a person at this desk sees; asking for more throws. */
export async function readDesk(electron: ElectronApplication, desk: Desk): Promise<HostState> {
  const pid = electron.process().pid ?? 0;
  const [tray, windows, text, selection] = await Promise.all([
    readTray(electron, desk, pid),
    readWindows(electron, desk),
    copiedText(desk.env, false),
    copiedText(desk.env, true),
  ]);
  const notifications = desk.notifications.taken
    .filter((notification) => notification.pid === pid)
    .map(({ id, title, body, urgency, silent, actions, expireMs, state }) => ({
      id: String(id),
      title,
      body,
      urgency,
      silent,
      actions: actions.filter(({ key }) => key !== 'default').map((action) => action.text),
      timeoutType: expireMs === 0 ? ('never' as const) : ('default' as const),
      state,
    }));
  const seen = { tray, windows, notifications, clipboard: { text, selection } };
  return new Proxy(seen as unknown as HostState, {
    get: (target, name) => {
      if (name in target || typeof name === 'symbol' || name === 'then') return Reflect.get(target, name) as unknown;
      throw new Error(`Nobody at a real desk sees "${name}": ask for ${Object.keys(seen).join(', ')}.`);
    },
  });
}

/** null also while the icon is being created again. */
async function readTray(electron: ElectronApplication, desk: Desk, pid: number): Promise<HostState['tray']> {
  try {
    return await readShownTray(electron, desk, pid);
  } catch (error) {
    if (error instanceof DBusError) return null;
    throw error;
  }
}

async function readShownTray(electron: ElectronApplication, desk: Desk, pid: number): Promise<HostState['tray']> {
  const item = await desk.tray.shown(pid);
  if (item === null) return null;
  return {
    icon: '',
    iconName: item.icon === null ? '' : await nameOf(electron, item.icon),
    tooltip: item.tooltip,
    title: item.title,
    menu: await desk.tray.menu(pid),
  };
}

/** Every icon that the program has for a panel, as Electron decodes it. */
let icons: Promise<{ name: string; width: number; height: number; bgra: Buffer }[]> | null = null;

/** The file of resources/tray that is most similar to the panel's icon. */
async function nameOf(electron: ElectronApplication, shown: Pixmap): Promise<string> {
  icons ??= decodeIcons(electron);
  const same = (await icons).filter(({ width, height }) => width === shown.width && height === shown.height);
  const [best] = same
    .map(({ name, bgra }) => ({ name, distance: distanceOf(bgra, shown.argb) }))
    .toSorted((one, other) => one.distance - other.distance);
  return best?.name ?? `an icon of ${shown.width} × ${shown.height}`;
}

async function decodeIcons(electron: ElectronApplication) {
  const paths = readdirSync(ICONS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.png'))
    .map((name) => join(ICONS, name));
  const decoded = await electron.evaluate(
    ({ nativeImage }, files) =>
      files.map((file) => {
        const image = nativeImage.createFromPath(file);
        return { ...image.getSize(), pixels: image.toBitmap().toString('base64') };
      }),
    paths,
  );
  return decoded.map(({ width, height, pixels }, index) => ({
    name: basename(paths[index] ?? ''),
    width,
    height,
    bgra: Buffer.from(pixels, 'base64'),
  }));
}

/** Electron's pixels start with blue, the panel's with alpha. */
function distanceOf(bgra: Buffer, argb: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < argb.length; at += 4)
    for (let channel = 0; channel < 4; channel++)
      sum += Math.abs((bgra[at + channel] ?? 0) - (argb[at + 3 - channel] ?? 0));
  return sum;
}
