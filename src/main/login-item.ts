import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';
import type { Log } from '../core/log-port.ts';
import { APP_ID } from './app-id.ts';
import { quoteExec } from './quote-exec.ts';

type LoginApp = Pick<App, 'setLoginItemSettings' | 'getPath' | 'getAppPath' | 'isPackaged'>;

/** Starts Traydial with the session, in the tray. Linux has no call for it: an XDG autostart entry does it. */
export function setOpenAtLogin(app: LoginApp, open: boolean, platform: NodeJS.Platform, log: Log): void {
  try {
    if (platform === 'linux') writeAutostart(app, open);
    else
      app.setLoginItemSettings({
        openAtLogin: open,
        args: [...(app.isPackaged ? [] : [app.getAppPath()]), '--hidden'],
      });
  } catch (error) {
    log.warn(`Start at login could not be set: ${String(error)}`);
  }
}

function writeAutostart(app: LoginApp, open: boolean): void {
  const folder = join(app.getPath('appData'), 'autostart');
  const file = join(folder, `${APP_ID}.desktop`);
  if (!open) {
    rmSync(file, { force: true });
    return;
  }
  // An AppImage moves about under another name at each start; the variable holds where it really is.
  const program = process.env['APPIMAGE'] ?? process.execPath;
  const command = [program, ...(app.isPackaged ? [] : [app.getAppPath()]), '--hidden'].map(quoteExec).join(' ');
  mkdirSync(folder, { recursive: true });
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Traydial',
    // Removing a package leaves this entry behind: without its program it is ignored.
    `TryExec=${program.replaceAll('\\', '\\\\')}`,
    `Exec=${command}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ];
  writeFileSync(file, lines.join('\n'));
}
