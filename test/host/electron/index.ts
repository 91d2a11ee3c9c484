import { absent } from '../guard.ts';
import { app } from './app.ts';
import { HostBrowserWindow } from './browser-window.ts';
import { clipboard } from './clipboard.ts';
import { crashReporter } from './crash-reporter.ts';
import { dialog } from './dialog.ts';
import { globalShortcut } from './global-shortcut.ts';
import { ipcMain } from './ipc-main.ts';
import { HostMenu, HostMenuItem } from './menu.ts';
import { nativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { net } from './net.ts';
import { HostNotification } from './notification.ts';
import { powerMonitor } from './power-monitor.ts';
import { safeStorage } from './safe-storage.ts';
import { screen } from './screen.ts';
import { session } from './session.ts';
import { shell } from './shell.ts';
import { HostTray } from './tray.ts';

type RendererName = 'contextBridge' | 'ipcRenderer' | 'webFrame' | 'webUtils' | 'localAIHandler' | 'parentPort';
type ElectronName = Exclude<keyof typeof import('electron'), RendererName>;

const simulated = {
  app,
  BrowserWindow: HostBrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu: HostMenu,
  MenuItem: HostMenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification: HostNotification,
  powerMonitor,
  protocol: session.defaultSession.protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray: HostTray,
} satisfies Partial<Record<ElectronName, unknown>>;

/** Every other name of the module, so that an import of it succeeds and its first use says what is missing. */
const ABSENT = {
  netLog: true,
  webContents: true,
  WebSocket: true,
  autoUpdater: true,
  BaseWindow: true,
  BrowserView: true,
  ClipboardItem: true,
  contentTracing: true,
  desktopCapturer: true,
  ImageView: true,
  inAppPurchase: true,
  IpcMainServiceWorker: true,
  LanguageModelUtility: true,
  MessageChannelMain: true,
  powerSaveBlocker: true,
  pushNotifications: true,
  sharedTexture: true,
  ShareMenu: true,
  systemPreferences: true,
  TouchBar: true,
  utilityProcess: true,
  View: true,
  WebContentsView: true,
  webFrameMain: true,
} satisfies Record<Exclude<ElectronName, keyof typeof simulated>, true>;

/** The module for `import … from 'electron'`. */
export const electron: Record<string, unknown> = {
  ...simulated,
  ...Object.fromEntries(Object.keys(ABSENT).map((name) => [name, absent(name)])),
};
