import { desktop } from '../desktop.ts';
import { HostBrowserWindow } from '../electron/browser-window.ts';
import { shortcuts } from '../electron/global-shortcut.ts';
import type { MenuLine } from '../electron/menu.ts';
import { nativeTheme } from '../electron/native-theme.ts';
import { notifications } from '../electron/notification.ts';
import { privilegedSchemes } from '../electron/protocol.ts';
import { trays, type HostTray } from '../electron/tray.ts';
import { systemToolCalls } from '../system-tools.ts';

export interface MenuState extends Omit<MenuLine, 'click' | 'open' | 'submenu'> {
  submenu?: MenuState[];
}

/** The tray that the desktop shows; none on a desktop without a tray. */
export function shownTray(): HostTray | undefined {
  return desktop.panel ? trays.find((tray) => tray.hostRegistered()) : undefined;
}

/** The answer of `GET /__host/state`. */
export function readState() {
  const { theme, sim } = desktop;
  return {
    app: {
      name: desktop.name,
      version: desktop.version,
      argv: process.argv,
      profile: desktop.profile,
      ready: desktop.ready,
      quitting: desktop.quitting,
      singleInstanceLock: desktop.locked,
      desktopName: desktop.desktopName,
      appUserModelId: desktop.appUserModelId,
      switches: Object.fromEntries(desktop.switches),
      privilegedSchemes,
    },
    tray: readTray(),
    windows: HostBrowserWindow.getAllWindows().map((window) => ({
      id: window.id,
      title: window.getTitle(),
      url: window.webContents.getURL(),
      visible: window.isVisible(),
      focused: window.isFocused(),
      minimized: window.isMinimized(),
      maximized: window.isMaximized(),
      bounds: window.getBounds(),
      /** How many browser pages show it. */
      pages: window.webContents.hostPages(),
      webPreferences: readPreferences(window),
      sessionHandlers: window.webContents.session.hostHandlers(),
    })),
    notifications: notifications.map((notification) => ({
      id: notification.id,
      title: notification.title,
      body: notification.body,
      urgency: notification.urgency,
      // On Linux, Electron does not pass it on to the notification service.
      silent: process.platform !== 'linux' && notification.silent,
      actions: notification.actions.map(({ text }) => text ?? ''),
      timeoutType: notification.timeoutType,
      state: notification.hostState(),
    })),
    protocolRegistrations: [...desktop.protocolClients],
    /** Calls of programs that change default programs. */
    systemTools: systemToolCalls(),
    loginItem: desktop.loginItem,
    shortcuts: [...shortcuts.keys()],
    openedUrls: desktop.openedUrls,
    shownItems: desktop.shownItems,
    dialogs: desktop.dialogs,
    clipboard: desktop.clipboard,
    theme: { source: theme.source, systemDark: theme.systemDark, dark: nativeTheme.shouldUseDarkColors },
    sim,
  };
}

export type HostState = ReturnType<typeof readState>;

function readTray() {
  const shown = shownTray()?.hostShown();
  return shown === undefined ? null : { ...shown, menu: shown.menu?.map(readLine) ?? null };
}

function readLine({ submenu, ...rest }: MenuLine): MenuState {
  // JSON omits functions, so the type must too.
  const line: Omit<MenuState, 'submenu'> = rest;
  return submenu === null ? line : { ...line, submenu: submenu.map(readLine) };
}

/** Only the security preferences; others may contain objects that are not plain data. */
function readPreferences(window: HostBrowserWindow) {
  const { preload, sandbox, contextIsolation, nodeIntegration, webSecurity } = window.hostPreferences();
  return { preload, sandbox, contextIsolation, nodeIntegration, webSecurity };
}
