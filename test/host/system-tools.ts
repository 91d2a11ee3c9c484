import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Sim } from './sim.ts';

/**
 * Stand-ins for the programs of a Linux desktop that change which program opens what: the real desktop must not change,
 * and a spec can see which one was called. They come first in PATH.
 */
const SPIES = ['xdg-mime', 'xdg-settings', 'update-desktop-database'];

let folder = '';
let log = '';

/** Each call so far as one line, e.g. "xdg-mime default a.desktop x-scheme-handler/tel". */
export function systemToolCalls(): string[] {
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
}

export function installSystemTools(profile: string, { links, notifications }: Sim): void {
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
  if (notifications === 'absent' || notifications === 'hanging') notificationServiceIs(notifications);
  process.env['PATH'] = [folder, process.env['PATH'] ?? ''].join(delimiter);
}

/** What gdbus answers about the notification service from now on; before, it asks the real one where there is a bus. */
export function notificationServiceIs(state: 'shown' | 'absent' | 'hanging'): void {
  process.env['DBUS_SESSION_BUS_ADDRESS'] ??= 'unix:path=/nowhere';
  const path = join(folder, 'gdbus');
  writeFileSync(path, `#!/bin/sh\n${GDBUS[state]}\n`);
  chmodSync(path, 0o755);
}

const GDBUS = {
  shown: `echo "('host', 'traydial', '1', '1.2')"`,
  absent: 'echo "Error: GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: not provided" >&2; exit 1',
  hanging: 'sleep 1; echo "Error: Timeout was reached" >&2; exit 1',
};

/** Writes "$entry" as the default of "$@". The first of two lines for a type counts, so the new ones go in front. */
const WRITE = `
list="$XDG_CONFIG_HOME/mimeapps.list"
{ echo '[Default Applications]'; for type in "$@"; do echo "$type=$entry"; done; cat "$list" 2>/dev/null; } >"$list.new"
mv "$list.new" "$list"`;

const XDG_MIME: Record<Sim['links'], string> = {
  accepted: `[ "$1" = default ] || exit 1\nentry=$2; shift 2${WRITE}`,
  refused: 'exit 4',
  // As xdg-settings did: the program that takes phone links gets the web pages as well.
  'browser-taken': `[ "$1" = default ] || exit 1\nentry=$2; shift 2
case "$*" in *x-scheme-handler/tel*) set -- "$@" text/html x-scheme-handler/http;; esac${WRITE}`,
};
