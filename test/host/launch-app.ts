import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import electronPackage from 'electron/package.json' with { type: 'json' };
import { desktop } from './desktop.ts';
import { app } from './electron/app.ts';
import { makeEvent } from './event.ts';
import { redirectElectron } from './hooks.ts';
import type { Sim } from './sim.ts';
import { installSystemTools } from './system-tools.ts';

export interface AppStart {
  /** The folder with the app's package.json. */
  appPath: string;
  /** userData; everything that the app writes stays inside. */
  profile: string;
  /** The arguments after the program's own two. */
  argv: string[];
  sim: Sim;
  /** A link that macOS would deliver as an event before `ready`. */
  earlyLink?: string | undefined;
}

const MAIN_TIMEOUT_MS = 20_000;
const MAIN_HANGS =
  'The main module is still waiting at its top level. Electron is ready only after that: to await `ready` there waits for ever.';

/** Makes this process look like Electron's main process, loads the app's main module and emits `ready`. */
export async function launchApp({ appPath, profile, argv, sim, earlyLink }: AppStart): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as Record<
    string,
    string | undefined
  >;
  Object.assign(desktop, { appPath, profile, sim, version: manifest['version'] ?? '0.0.0' });
  desktop.name = manifest['productName'] ?? manifest['name'] ?? '';
  desktop.desktopName = manifest['desktopName'] ?? null;
  mkdirSync(profile, { recursive: true });
  imitateElectronProcess(appPath, argv);
  redirectFolders(profile);
  if (process.platform === 'linux') installSystemTools(profile, sim);
  redirectElectron();

  const warning = setTimeout(() => console.error(MAIN_HANGS), MAIN_TIMEOUT_MS);
  await import(pathToFileURL(join(appPath, manifest['main'] ?? 'index.js')).href);
  clearTimeout(warning);
  if (earlyLink !== undefined) app.emit('open-url', makeEvent(), earlyLink);
  desktop.ready = true;
  app.emit('ready', makeEvent(), {});
}

function imitateElectronProcess(appPath: string, argv: string[]): void {
  process.argv = [process.execPath, appPath, ...argv];
  const versions = { ...process.versions, electron: electronPackage.version };
  for (const [name, value] of Object.entries({
    versions,
    type: 'browser',
    defaultApp: true,
    resourcesPath: join(appPath, 'resources'),
  })) {
    Object.defineProperty(process, name, { value, configurable: true });
  }
}

/** Redirects the Freedesktop folders: an autostart file must not be written to the real home folder. */
function redirectFolders(profile: string): void {
  process.env['XDG_CONFIG_HOME'] = join(profile, 'appData');
  process.env['XDG_DATA_HOME'] = join(profile, 'data');
}
