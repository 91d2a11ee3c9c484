import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { desktop } from './desktop.ts';
import type { Sim } from './sim.ts';

/**
 * Stand-ins for the Linux programs that change default programs, first in PATH. They protect the real desktop and
 * record their calls for the specs.
 */
const SPIES = ['xdg-mime', 'xdg-settings', 'update-desktop-database'];

let folder = '';
let busFolder = '';
let log = '';

/** Each call so far as one line, e.g. "xdg-mime default a.desktop x-scheme-handler/tel". */
export function systemToolCalls(): string[] {
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
}

export function installSystemTools(profile: string, { links, notifications, tray }: Sim): void {
  folder = join(profile, 'system-tools');
  log = join(folder, 'calls.log');
  mkdirSync(folder, { recursive: true });
  writeFileSync(log, '');
  for (const name of SPIES) {
    const path = join(folder, name);
    writeFileSync(
      path,
      `#!/bin/sh\nprintf '%s\\n' "${name} $*" >>'${log}'\n${name === 'xdg-mime' ? XDG_MIME[links] : 'exit 1'}\n`,
    );
    chmodSync(path, 0o755);
  }
  installBus(notifications, tray);
  process.env['PATH'] = [busFolder, folder, process.env['PATH'] ?? ''].join(delimiter);
}

/**
 * gdbus's answers about the session bus. The tray is always simulated. The notification service is the real one if
 * there is a bus and the sim does not override it. Nothing else is on the bus.
 */
const bus: { notifications: 'shown' | 'absent' | 'hanging' | 'real'; icon: boolean } = {
  notifications: 'shown',
  icon: false,
};
/** How long after the start a late panel comes, in ms. */
const LATE_MS = 4_000;

function installBus(notifications: Sim['notifications'], tray: Sim['tray']): void {
  // A second start has the same profile and its own bus.
  busFolder = join(folder, `bus-${process.pid}`);
  mkdirSync(busFolder, { recursive: true });
  const address = process.env['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  if (notifications === 'absent' || notifications === 'hanging') bus.notifications = notifications;
  else if (address !== '') bus.notifications = 'real';
  if (address === '') process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nowhere';
  panelIs(tray === 'shown');
  if (tray === 'late') setTimeout(() => panelIs(true), LATE_MS).unref();
}

/** Sets gdbus's answer about the notification service. */
export function notificationServiceIs(state: 'shown' | 'absent' | 'hanging'): void {
  bus.notifications = state;
  writeBus();
}

/** A panel that shows tray icons starts, or ends. */
export function panelIs(there: boolean): void {
  desktop.panel = there;
  writeBus();
}

/** Whether the app has an icon that a panel can list. */
export function trayIconsAre(icon: boolean): void {
  bus.icon = icon;
  writeBus();
}

function writeBus(): void {
  if (busFolder === '') return;
  const path = join(busFolder, 'gdbus');
  const item = bus.icon ? `'org.kde.StatusNotifierItem-${process.pid}-1/StatusNotifierItem'` : '';
  const list = `echo "(<[${item}]>,)"`;
  const script = `#!/bin/sh
case "$*" in
*StatusNotifierWatcher*) ${desktop.panel ? list : GDBUS.absent};;
*org.freedesktop.Notifications*) ${GDBUS[bus.notifications]};;
*) exit 1;;
esac
`;
  // Replaced by renaming, because it may be running.
  writeFileSync(`${path}.new`, script, { mode: 0o755 });
  renameSync(`${path}.new`, path);
}

const GDBUS = {
  shown: `echo "('host', 'traydial', '1', '1.2')"`,
  absent: 'echo "Error: GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: not provided" >&2; exit 1',
  hanging: 'sleep 1; echo "Error: Timeout was reached" >&2; exit 1',
  real: 'PATH="${PATH#*:}" exec gdbus "$@"',
};

/** Writes "$entry" as the default of "$@". The first of two lines for a type counts, so the new ones go in front. */
const WRITE = `
list="$XDG_CONFIG_HOME/mimeapps.list"
{ echo '[Default Applications]'; for type in "$@"; do echo "$type=$entry"; done; cat "$list" 2>/dev/null; } >"$list.new"
mv "$list.new" "$list"`;

const XDG_MIME: Record<Sim['links'], string> = {
  accepted: `[ "$1" = default ] || exit 1\nentry=$2; shift 2${WRITE}`,
  refused: 'exit 4',
  // Like xdg-settings: the new program for phone links also becomes the default browser.
  'browser-taken': `[ "$1" = default ] || exit 1\nentry=$2; shift 2
case "$*" in *x-scheme-handler/tel*) set -- "$@" text/html x-scheme-handler/http;; esac${WRITE}`,
};
