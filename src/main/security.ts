import type { App, Menu, MenuItemConstructorOptions, Session } from 'electron';
import { isAppUrl } from './app-scheme.ts';
import type { Log } from '../core/log-port.ts';

/**
 * Electron's security checklist as code, for every page that this program can open: no navigation, no new windows, no
 * web views, no permissions.
 */
export function lockDownPages(app: Pick<App, 'on'>, log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => {
      log.warn('A page asked for a new window and was refused.');
      return { action: 'deny' };
    });
    contents.on('will-navigate', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** This program needs no camera, location or any other permission. */
export function denyPermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/**
 * Electron's default menu would ship Reload and the developer tools. macOS needs a menu for its editing shortcuts to
 * work at all; elsewhere there is none. Cmd+Q closes the window like Cmd+W, so that the program keeps running in the
 * menu bar. Both menus have Quit without a shortcut.
 */
function applicationMenu(
  platform: NodeJS.Platform,
  quitLabel: string,
  quit: () => void,
): MenuItemConstructorOptions[] | null {
  if (platform !== 'darwin') return null;
  const separator = { type: 'separator' } as const;
  const program: MenuItemConstructorOptions[] = [
    { role: 'about' },
    separator,
    { role: 'services' },
    separator,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    separator,
    { role: 'close', accelerator: 'Command+Q', visible: false, acceleratorWorksWhenHidden: true },
    { label: quitLabel, click: quit },
  ];
  return [{ label: 'Traydial', submenu: program }, { role: 'fileMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }];
}

export function setApplicationMenu(
  menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>,
  platform: NodeJS.Platform,
  quitLabel: string,
  quit: () => void,
): void {
  const template = applicationMenu(platform, quitLabel, quit);
  menu.setApplicationMenu(template === null ? null : menu.buildFromTemplate(template));
}
