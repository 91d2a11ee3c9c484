import { execFile } from 'node:child_process';
import type { DesktopState } from '../../shared/state.ts';

/** Runs a program and gives what it printed; rejects when it is missing, fails or takes too long. */
export type Run = (program: string, args: readonly string[]) => Promise<string>;

/** Asked once at the start: a bus that does not answer must not hold it up. */
const TIMEOUT_MS = 2_000;

const run: Run = (program, args) =>
  new Promise((resolve, reject) => {
    execFile(program, [...args], { timeout: TIMEOUT_MS }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} did not answer`, { cause: error }));
    });
  });

/** Whoever shows StatusNotifierItem icons owns this name, on every desktop and not only on KDE. */
const WATCHER = 'org.kde.StatusNotifierWatcher';

/**
 * Does this desktop show tray icons? On Linux by asking the session bus for the watcher. A panel may come after this
 * program at login, so `missing` is worth asking again a little later. Without a watcher a panel of the X11 kind may
 * still show the icon, which cannot be found out from here: `unknown`. GNOME has no such panel.
 */
export async function detectTray(options: {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  run?: Run;
}): Promise<DesktopState['tray']> {
  if (options.platform !== 'linux') return 'shown';
  const owned = await busNameOwned(WATCHER, options.run ?? run);
  if (owned === null) return 'unknown';
  if (owned) return 'shown';
  const x11 = options.env['XDG_SESSION_TYPE'] === 'x11';
  const gnome = /gnome/i.test(options.env['XDG_CURRENT_DESKTOP'] ?? '');
  return x11 && !gnome ? 'unknown' : 'missing';
}

/** Does anyone own this name on the session bus? null when none of the three usual programs could ask. */
export async function busNameOwned(name: string, ask: Run = run): Promise<boolean | null> {
  const [bus, path, method] = ['org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner'];
  const ways: [program: string, args: string[]][] = [
    ['gdbus', ['call', '--session', '--timeout=2', '--dest', bus, '--object-path', path, '--method', method, name]],
    [
      'dbus-send',
      ['--session', '--print-reply=literal', '--reply-timeout=2000', `--dest=${bus}`, path, method, `string:${name}`],
    ],
    ['busctl', ['--user', '--timeout=2', 'call', bus, path, bus, 'NameHasOwner', 's', name]],
  ];
  for (const [program, args] of ways) {
    try {
      const answer = /\b(true|false)\b/.exec(await ask(program, args));
      if (answer !== null) return answer[1] === 'true';
    } catch {
      // Not installed here, or no bus: the next one may know more.
    }
  }
  return null;
}
