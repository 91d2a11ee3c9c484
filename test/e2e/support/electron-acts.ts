import type { ElectronApplication } from 'playwright-core';
import type { Desk } from '../../electron/desk.ts';
import type { TakenNotification } from '../../electron/notification-server.ts';
import { closeWindow, copyText, pressKeys } from '../../electron/x-windows.ts';
import type { Act } from './app-driver.ts';
import { xidOf } from './electron-desktop.ts';

/** Does what a user does outside the page. Rejects when that is not possible. */
export async function performOnDesk(electron: ElectronApplication, desk: Desk, act: Act): Promise<void> {
  const pid = electron.process().pid ?? 0;
  switch (act.type) {
    case 'tray-menu':
      return act.key === undefined
        ? desk.tray.choose(pid, act.path ?? [act.label ?? ''])
        : desk.tray.click(pid, act.key);
    case 'tray-submenu':
      return desk.tray.openSubmenu(pid, act.key);
    case 'tray-click':
      return desk.tray.activate(pid);
    case 'notification-click':
      desk.notifications.click(find(desk, pid, act), act.button ?? null);
      return;
    case 'notification-close':
      desk.notifications.dismiss(find(desk, pid, act));
      return;
    case 'notification-expire':
      desk.notifications.expire(find(desk, pid, act));
      return;
    case 'notification-service':
      return desk.notifications.become(act.state);
    case 'shortcut':
      return pressKeys(desk.env, act.accelerator);
    case 'clipboard':
      return copyText(desk.env, act.text, act.selection ?? false);
    case 'window':
      return act.action === 'close'
        ? closeWindow(desk.env, await xidOf(electron))
        : electron.evaluate(({ BrowserWindow }, action) => BrowserWindow.getAllWindows()[0]?.[action](), act.action);
    default:
      return emit(electron, act);
  }
}

/** Emits an event that the system would send to the program. */
async function emit(electron: ElectronApplication, act: Act): Promise<void> {
  if (act.type === 'open-url') {
    await electron.evaluate(({ app }, url) => void app.emit('open-url', { preventDefault: () => {} }, url), act.url);
  } else if (act.type === 'power') {
    await electron.evaluate(
      ({ powerMonitor }, event) => void (powerMonitor as NodeJS.EventEmitter).emit(event),
      act.event,
    );
  } else if (act.type === 'bug') {
    await electron.evaluate((_electron, { message, rejected = false }) => {
      const bug = new Error(message);
      if (rejected) void Promise.reject(bug);
      else
        setImmediate(() => {
          throw bug;
        });
    }, act);
  } else if (act.type === 'quit') {
    await electron.evaluate(({ app }) => app.quit());
  } else throw new Error(`A real desk gives a test no hold on "${act.type}".`);
}

interface Which {
  id?: string | undefined;
  index?: number | undefined;
}

/** Finds it by id or by index in the state; otherwise the newest one shown. */
function find(desk: Desk, pid: number, { id, index }: Which): TakenNotification {
  const mine = desk.notifications.taken.filter((notification) => notification.pid === pid);
  const found =
    id !== undefined
      ? mine.find((notification) => String(notification.id) === id)
      : index !== undefined
        ? mine.at(index)
        : mine.findLast(({ state }) => state === 'shown');
  if (found === undefined) throw new Error(`No such notification. There are: ${mine.map((one) => one.id).join(', ')}.`);
  return found;
}
