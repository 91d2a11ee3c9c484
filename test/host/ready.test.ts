import { afterEach, describe, expect, test } from 'vitest';
import { desktop } from './desktop.ts';
import { app } from './electron/app.ts';
import { HostBrowserWindow } from './electron/browser-window.ts';
import { globalShortcut } from './electron/global-shortcut.ts';
import { HostNotification } from './electron/notification.ts';
import { makeProtocol } from './electron/protocol.ts';
import { HostTray } from './electron/tray.ts';

afterEach(() => {
  desktop.ready = false;
});

describe('before the app is ready', () => {
  test.each([
    ['Tray', () => new HostTray('icon.png')],
    ['Notification', () => new HostNotification()],
    ['BrowserWindow', () => new HostBrowserWindow()],
    ['globalShortcut', () => globalShortcut.register('Control+Alt+D', () => {})],
    ['globalShortcut', () => globalShortcut.unregisterAll()],
  ])('%s throws', (name, use) => {
    desktop.ready = false;
    expect(use).toThrow(new RegExp(`${name} (?:cannot be used )?before (?:the )?app is ready`));
  });
});

describe('after the app is ready', () => {
  test.each([
    ['enableSandbox', () => app.enableSandbox()],
    ['disableHardwareAcceleration', () => app.disableHardwareAcceleration()],
    ['registerSchemesAsPrivileged', () => makeProtocol().registerSchemesAsPrivileged([])],
  ])('%s throws after ready, and works before', (name, use) => {
    use();
    desktop.ready = true;
    expect(use).toThrow(new RegExp(`${name}.* before app is ready`));
  });
});
