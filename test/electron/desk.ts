import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstLine, missingPrograms } from '../support/children.ts';
import { connectTo, untilOwned, type MessageBus } from './bus.ts';
import { NotificationServer, type ServerMode } from './notification-server.ts';
import { TrayHost } from './tray-host.ts';
import { startXfce, type XfceTheme } from './xfce.ts';

export const DESK_PROGRAMS: Record<string, string> = {
  Xvfb: 'xvfb',
  'dbus-daemon': 'dbus',
  openbox: 'openbox',
  'gnome-keyring-daemon': 'gnome-keyring',
  gdbus: 'libglib2.0-bin',
  xprop: 'x11-utils',
  xwininfo: 'x11-utils',
  wmctrl: 'wmctrl',
  xdotool: 'xdotool',
  xclip: 'xclip',
  'xdg-mime': 'xdg-utils',
};

/** Why no desktop session can run here, and what to install; null when one can. */
export function deskUnavailable(): string | null {
  return missingPrograms(DESK_PROGRAMS);
}

/** The parts of a desktop session; by default a tray and a notification daemon. */
export interface Surroundings {
  tray?: boolean;
  notifications?: ServerMode;
  /** The notification daemon leaves a clicked notification on the screen. */
  keepsClicked?: boolean;
}

/** A separate desktop session: X server, window manager, session bus, keyring, panel and notification daemon. */
export interface Desk {
  /** The environment for every program that runs in the session. */
  env: Record<string, string>;
  tray: TrayHost;
  notifications: NotificationServer;
  /** Sets up the session for the next program; whatever is left out gets its default. Does nothing on XFCE. */
  arrange(surroundings?: Surroundings): Promise<void>;
  close(): void;
}

/** Which panel and notification daemon run: ours, which specs can inspect and control, or those of a real XFCE. */
export type Shell = 'ours' | XfceTheme;

/** Starts a desktop session; check deskUnavailable() first. Takes about a second, with XFCE about four. */
export async function openDesk(shell: Shell = 'ours'): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'desk-'));
  const children: ChildProcess[] = [];
  const buses: MessageBus[] = [];
  const close = (): void => {
    for (const bus of buses) bus.disconnect();
    for (const child of children.reverse()) child.kill(child.spawnfile === 'Xvfb' ? 'SIGTERM' : 'SIGKILL');
    // XFCE starts the document portal, whose mount outlives it and could not be removed.
    if (shell !== 'ours') spawnSync('fusermount3', ['-u', '-z', join(folder, 'run/doc')], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    process.off('exit', close);
  };
  process.on('exit', close);
  try {
    const ours = shell === 'ours';
    const env = await startSession(folder, children, ours);
    if (ours) children.push(spawn('openbox', [], { stdio: 'ignore', env: { ...process.env, ...env } }));
    else await startXfce(shell, env, children);
    const address = env['DBUS_SESSION_BUS_ADDRESS'] ?? '';
    const [forTray, forNotifications] = await Promise.all([connectTo(address), connectTo(address)]);
    buses.push(forTray, forNotifications);
    await untilOwned(forTray, 'org.freedesktop.secrets');
    const tray = await TrayHost.start(forTray, ours);
    const notifications = await NotificationServer.start(forNotifications, ours ? 'shown' : 'absent');
    const arrange = async (surroundings: Surroundings = {}): Promise<void> => {
      if (!ours) return;
      await (surroundings.tray === false ? tray.vanish() : tray.appear());
      notifications.keepsClicked = surroundings.keepsClicked === true;
      await notifications.become(surroundings.notifications ?? 'shown');
    };
    return { env, tray, notifications, arrange, close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * The configuration of a session bus without service activation, so that a session can lack a service that is
 * installed, for example a notification daemon.
 */
const busWithoutActivation = (
  address: string,
): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/**
 * Starts the X server, the session bus and the keyring, and resolves with the environment for programs. With `ours` the
 * bus activates no services; a real XFCE needs activation.
 */
async function startSession(folder: string, children: ChildProcess[], ours: boolean): Promise<Record<string, string>> {
  const at = (name: string): string => join(folder, name);
  const home: Record<string, string> = {
    HOME: at('home'),
    XDG_RUNTIME_DIR: at('run'),
    XDG_CONFIG_HOME: at('home/.config'),
    XDG_CACHE_HOME: at('home/.cache'),
    XDG_DATA_HOME: at('home/.local/share'),
    XDG_SESSION_TYPE: 'x11',
    XDG_CURRENT_DESKTOP: 'XFCE',
    LANG: 'C.UTF-8',
  };
  for (const name of ['HOME', 'XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME'])
    mkdirSync(home[name] ?? '', { recursive: true, mode: 0o700 });
  const screen = ['-displayfd', '3', '-noreset', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const bus = `unix:path=${at('bus')}`;
  writeFileSync(at('bus.conf'), busWithoutActivation(bus));
  const config = ours ? [`--config-file=${at('bus.conf')}`] : ['--session', `--address=${bus}`];
  const outer = { ...process.env, ...home };
  const [display] = await Promise.all([
    firstLine(children, 'Xvfb', screen, 3, outer),
    firstLine(children, 'dbus-daemon', [...config, '--nofork', '--print-address=3'], 3, outer),
  ]);
  const env = { ...home, DISPLAY: `:${display}`, DBUS_SESSION_BUS_ADDRESS: bus };
  const inside = { ...process.env, ...env };
  const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: inside,
  });
  children.push(keyring);
  // The password of the new, empty keyring.
  keyring.stdin.end('desk');
  return env;
}
