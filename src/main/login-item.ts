import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';
import type { Log } from '../core/log-port.ts';
import type { LoginItem } from '../shared/state.ts';
import { APP_ID } from './app-id.ts';
import type { Desktop } from './desktop-state.ts';
import { readKeyFile, type KeyFile } from './links/linux/key-file.ts';
import { exists, programOf, tryExecOf } from './links/linux/program-of.ts';
import { ownAppImage } from './own-appimage.ts';
import { quoteExec } from './quote-exec.ts';
import { replaceFile, USUAL_RIGHTS } from './stores/replace-file.ts';
import { MAX_FILE_BYTES, readSmallFile } from './stores/small-file.ts';

type LoginApp = Pick<App, 'setLoginItemSettings' | 'getLoginItemSettings' | 'getPath' | 'getAppPath' | 'isPackaged'>;

/**
 * Starts Traydial with the session, in the tray. On Linux it writes an XDG autostart entry, because Electron has no
 * call for that.
 */
export function setOpenAtLogin(app: LoginApp, open: boolean, platform: NodeJS.Platform, log: Log): void {
  try {
    if (platform === 'linux') writeAutostart(app, open);
    else app.setLoginItemSettings({ openAtLogin: open, args: loginArguments(app) });
  } catch (error) {
    log.warn(`Start at login could not be set: ${String(error)}`);
  }
}

/**
 * Whether the system will start Traydial at the next login. It may differ from what the program asked for: macOS needs
 * the user's consent, and the Task Manager of Windows and Linux desktops can switch the entry off.
 */
export async function readLoginItem(app: LoginApp, platform: NodeJS.Platform): Promise<LoginItem> {
  if (platform === 'linux') return readAutostart(app);
  try {
    const item = app.getLoginItemSettings({ args: loginArguments(app) });
    if (platform === 'darwin' && item.status === 'requires-approval') return 'needs-consent';
    if (!item.openAtLogin) return 'no';
    return platform === 'win32' && !item.executableWillLaunchAtLogin ? 'switched-off' : 'yes';
  } catch {
    return 'no';
  }
}

/** Returns a function that reads the state again and updates the window. */
export function loginItemRefresher(app: LoginApp, platform: NodeJS.Platform, desktop: Desktop): () => Promise<void> {
  return async () => {
    const loginItem = await readLoginItem(app, platform);
    if (loginItem !== desktop.state.loginItem) desktop.change({ loginItem });
  };
}

async function readAutostart(app: LoginApp): Promise<LoginItem> {
  const entry = readKeyFile(autostartFile(app));
  const values = entry?.get('Desktop Entry');
  if (entry === null || values === undefined) return 'no';
  const off = values.get('Hidden') === 'true' || values.get('X-GNOME-Autostart-enabled') === 'false';
  if (off) return 'switched-off';
  return (await hasItsProgram(entry)) ? 'yes' : 'program-missing';
}

/** Whether desktops find what the entry starts; they ignore it otherwise. */
async function hasItsProgram(entry: KeyFile): Promise<boolean> {
  const path = process.env['PATH'] ?? '';
  const tried = tryExecOf(entry);
  const program = programOf(entry);
  return program !== null && (await exists(program, path)) && (tried === null || (await exists(tried, path)));
}

const autostartFile = (app: LoginApp): string => join(app.getPath('appData'), 'autostart', `${APP_ID}.desktop`);

const loginArguments = (app: LoginApp): string[] => [...(app.isPackaged ? [] : [app.getAppPath()]), '--hidden'];

function writeAutostart(app: LoginApp, open: boolean): void {
  const file = autostartFile(app);
  if (!open) {
    rmSync(file, { force: true });
    return;
  }
  const { found } = readSmallFile(file, MAX_FILE_BYTES);
  if (found !== 'nothing' && found !== 'bytes') throw new Error(`what is at ${file} is ${found} and stays as it is`);
  const program = ownAppImage(process.env, process.execPath) ?? process.execPath;
  const command = [program, ...loginArguments(app)].map(quoteExec).join(' ');
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Traydial',
    // Removing a package does not remove this entry; desktops ignore it when its program is missing.
    `TryExec=${program.replaceAll('\\', '\\\\')}`,
    `Exec=${command}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ];
  replaceFile(file, lines.join('\n'), USUAL_RIGHTS);
}
