import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, LoginItemSettings } from 'electron/main';
import { desktop } from '../desktop.ts';
import { makeEvent } from '../event.ts';
import { guarded } from '../guard.ts';
import { onlyBeforeReady } from '../ready.ts';
import { releaseLock, takeLock, type HandOver } from '../single-instance.ts';
import { windows } from './window-list.ts';

type PathName = Parameters<App['getPath']>[0];
type Simulated = Pick<
  App,
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'getPath'
  | 'setPath'
  | 'getVersion'
  | 'getName'
  | 'setName'
  | 'name'
  | 'getAppPath'
  | 'isPackaged'
  | 'getLocale'
  | 'getLocaleCountryCode'
  | 'getPreferredSystemLanguages'
  | 'setAsDefaultProtocolClient'
  | 'isDefaultProtocolClient'
  | 'removeAsDefaultProtocolClient'
  | 'setAppUserModelId'
  | 'setToastActivatorCLSID'
  | 'setDesktopName'
  | 'setLoginItemSettings'
  | 'getLoginItemSettings'
  | 'enableSandbox'
  | 'disableHardwareAcceleration'
  | 'commandLine'
  | 'dock'
  | 'focus'
  | 'hide'
  | 'show'
>;

/** Ends the process; set by the host, which cleans up first. */
export const leave: { with: (code: number) => void } = { with: (code) => process.exit(code) };

class HostApp extends EventEmitter implements Simulated {
  readonly isPackaged = false;
  readonly dock: App['dock'] = process.platform === 'darwin' ? makeDock() : undefined;
  readonly commandLine = makeCommandLine();
  #paths = new Map<string, string>();
  #closing = false;

  get name(): string {
    return desktop.name;
  }
  set name(name: string) {
    desktop.name = name;
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    desktop.locked = takeLock({ argv: process.argv, data: additionalData ?? null }, (handed) => {
      void this.whenReady().then(() => this.hostSecondStart(handed));
    });
    return desktop.locked;
  }
  hasSingleInstanceLock(): boolean {
    return desktop.locked;
  }
  releaseSingleInstanceLock(): void {
    desktop.locked = false;
    releaseLock();
  }
  /** Chromium inserts its own switches. */
  hostSecondStart({ argv, data }: HandOver): void {
    const [program = '', folder = '', ...given] = argv;
    const full = [program, '--allow-file-access-from-files', folder, ...given];
    this.emit('second-instance', makeEvent(), full, process.cwd(), data);
  }

  isReady(): boolean {
    return desktop.ready;
  }
  async whenReady(): Promise<void> {
    if (!desktop.ready) await new Promise((resolve) => this.once('ready', resolve));
  }

  quit(): void {
    if (this.#closing) return;
    const before = makeEvent();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    desktop.quitting = true;
    for (const window of [...windows]) {
      window.close();
      // A window that refuses to close cancels the quit, as in Electron.
      if (!window.isDestroyed()) {
        desktop.quitting = false;
        return;
      }
    }
    this.#finish();
  }
  exit(code = 0): void {
    if (this.#closing) return;
    this.#closing = true;
    for (const window of [...windows]) window.destroy();
    this.emit('quit', makeEvent(), code);
    leave.with(code);
  }
  /** The host only reports what would be started, because nothing would end a process that outlives it. */
  relaunch(options?: Parameters<App['relaunch']>[0]): void {
    console.log(`Would start again: ${JSON.stringify(options?.args ?? process.argv.slice(1))}`);
  }
  /** The last window is gone: without a listener Electron quits. */
  lastWindowClosed(): void {
    if (desktop.quitting || this.#closing) return;
    if (!this.emit('window-all-closed')) this.quit();
  }
  #finish(): void {
    const will = makeEvent();
    this.emit('will-quit', will);
    if (will.defaultPrevented) desktop.quitting = false;
    else this.exit(0);
  }

  getPath(name: PathName): string {
    const path = this.#paths.get(name) ?? defaultPath(name);
    if (name !== 'exe' && name !== 'module') makeFolder(name, path);
    return path;
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  getVersion(): string {
    return desktop.version;
  }
  getName(): string {
    return desktop.name;
  }
  setName(name: string): void {
    desktop.name = name;
  }
  getAppPath(): string {
    return desktop.appPath;
  }
  getLocale(): string {
    return 'en-US';
  }
  /** As on Linux: from the locale variables; "" for C and for none. */
  getLocaleCountryCode(): string {
    const { LC_ALL, LC_TIME, LANG } = process.env;
    return /^[a-z]{2,3}_([A-Z]{2})/.exec(LC_ALL || LC_TIME || LANG || '')?.[1] ?? '';
  }

  /** As on Linux: from LANGUAGE, then the locale variables, as BCP 47 tags. */
  getPreferredSystemLanguages(): string[] {
    const { LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = process.env;
    return [...(LANGUAGE ?? '').split(':'), LC_ALL || LC_MESSAGES || LANG || '']
      .map((locale) => locale.replace(/[.@].*/u, '').replace('_', '-'))
      .filter((locale) => locale !== '' && locale !== 'C' && locale !== 'POSIX');
  }

  setAsDefaultProtocolClient(protocol: string): boolean {
    // Electron's call runs a tool that on some desktops also changes the default browser, without reporting it.
    if (process.platform === 'linux') throw new Error('setAsDefaultProtocolClient is not to be called on Linux.');
    desktop.protocolClients.add(protocol);
    return true;
  }
  isDefaultProtocolClient(protocol: string): boolean {
    return desktop.protocolClients.has(protocol);
  }
  removeAsDefaultProtocolClient(protocol: string): boolean {
    return desktop.protocolClients.delete(protocol);
  }

  setAppUserModelId(id: string): void {
    desktop.appUserModelId = id;
  }
  setToastActivatorCLSID(id: string): void {
    if (!/^\{?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}?$/i.test(id)) throw new TypeError('Invalid CLSID format');
  }
  setDesktopName(name: string): void {
    desktop.desktopName = name;
  }
  setLoginItemSettings(settings: Parameters<App['setLoginItemSettings']>[0]): void {
    desktop.loginItem = { ...settings, openAtLogin: settings.openAtLogin ?? false };
  }
  getLoginItemSettings(): LoginItemSettings {
    const { openAtLogin } = desktop.loginItem;
    const status = openAtLogin ? 'enabled' : 'not-registered';
    return { openAtLogin, wasOpenedAtLogin: false, status, executableWillLaunchAtLogin: openAtLogin, launchItems: [] };
  }

  // These change nothing that the host shows.
  enableSandbox(): void {
    onlyBeforeReady('app.enableSandbox() can only be called before app is ready');
  }
  disableHardwareAcceleration(): void {
    onlyBeforeReady('app.disableHardwareAcceleration() can only be called before app is ready');
  }
  focus(): void {}
  hide(): void {
    for (const window of windows) window.hide();
  }
  show(): void {
    for (const window of windows) window.show();
  }
}

/**
 * Accepts anything that exists at the path; Electron throws only when nothing is there and no folder can be created.
 */
function makeFolder(name: PathName, path: string): void {
  if (existsSync(path)) return;
  try {
    mkdirSync(path, { recursive: true });
  } catch {
    throw new Error(`Failed to get '${name}' path`);
  }
}

/** Everything is inside the profile, so that no files of the host's user are touched. */
function defaultPath(name: PathName): string {
  if (name === 'userData' || name === 'sessionData') return desktop.profile;
  if (name === 'exe' || name === 'module') return process.execPath;
  if (name === 'temp') return tmpdir();
  return join(desktop.profile, name);
}

function makeCommandLine(): App['commandLine'] {
  const simulated: Pick<
    App['commandLine'],
    'appendSwitch' | 'appendArgument' | 'hasSwitch' | 'getSwitchValue' | 'removeSwitch'
  > = {
    appendSwitch: (name: string, value = '') => void desktop.switches.set(name, value),
    appendArgument: () => {},
    hasSwitch: (name: string) => desktop.switches.has(name) || process.argv.some((item) => switchName(item) === name),
    getSwitchValue: (name: string) =>
      desktop.switches.get(name) ?? process.argv.find((item) => switchName(item) === name)?.split('=')[1] ?? '',
    removeSwitch: (name: string) => void desktop.switches.delete(name),
  };
  return guarded('app.commandLine', simulated);
}

function switchName(argument: string): string | null {
  return /^--([^=]+)/.exec(argument)?.[1] ?? null;
}

function makeDock(): App['dock'] {
  const simulated: Pick<NonNullable<App['dock']>, 'hide' | 'show' | 'isVisible' | 'setBadge' | 'bounce'> = {
    hide: () => {},
    show: () => Promise.resolve(),
    isVisible: () => true,
    setBadge: () => {},
    bounce: () => 0,
  };
  // Names that are missing here throw `not simulated`.
  return guarded('app.dock', simulated) as NonNullable<App['dock']>;
}

export const app = guarded('app', new HostApp());
