import type { DesktopState } from '../../shared/state.ts';
import { busNameOwned, type Run } from '../session-bus.ts';

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
  const owned = await busNameOwned(WATCHER, options.run);
  if (owned === null) return 'unknown';
  if (owned) return 'shown';
  const x11 = options.env['XDG_SESSION_TYPE'] === 'x11';
  const gnome = /gnome/i.test(options.env['XDG_CURRENT_DESKTOP'] ?? '');
  return x11 && !gnome ? 'unknown' : 'missing';
}
