import { askSessionBus, busNameOwned, type BusAnswer, type Run } from '../session-bus.ts';

/** Whoever shows StatusNotifierItem icons owns this name, on every desktop and not only on KDE. */
const WATCHER = 'org.kde.StatusNotifierWatcher';
const BUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/**
 * `registered`: a watcher lists our icon. `unregistered`: there is a watcher, and it does not know our icon.
 * `absent`: there is no watcher. `unknown`: nobody could be asked, or nobody answered.
 */
export type TrayLook = 'registered' | 'unregistered' | 'absent' | 'unknown';

/** Does the desktop's tray (Linux) show an icon of this process? Asks the session bus in child processes. */
export async function lookForIcon(pid: number, run?: Run): Promise<TrayLook> {
  const owned = await busNameOwned(WATCHER, run);
  if (owned === null) return 'unknown';
  if (!owned) return 'absent';
  const answer = await askSessionBus(
    {
      destination: WATCHER,
      path: '/StatusNotifierWatcher',
      interface: 'org.freedesktop.DBus.Properties',
      method: 'Get',
      args: [WATCHER, 'RegisteredStatusNotifierItems'],
    },
    run,
  );
  if (answer.state !== 'answered') return answer.state === 'absent' ? 'absent' : 'unknown';
  return (await anyOwnedBy(pid, readItems(answer.text), run)) ? 'registered' : 'unregistered';
}

/** Bus names of the registered icons: an item is "name/path", or the name alone. */
function readItems(text: string): string[] {
  const words = text.match(/[^\s"'<>[\](),]+/g) ?? [];
  const names = words
    .filter((word) => /^(:\d|[\w-]+\.)[\w.-]*(\/.*)?$/.test(word))
    .map((word) => word.split('/')[0] ?? '');
  return [...new Set(names)];
}

async function anyOwnedBy(pid: number, names: readonly string[], run?: Run): Promise<boolean> {
  // The usual name holds the process id, which saves asking for it.
  if (names.some((name) => name.startsWith(`org.kde.StatusNotifierItem-${pid}-`))) return true;
  for (const name of names) {
    const answer = await askSessionBus({ ...BUS, method: 'GetConnectionUnixProcessID', args: [name] }, run);
    if (readNumber(answer) === pid) return true;
  }
  return false;
}

function readNumber(answer: BusAnswer): number | null {
  const number = answer.state === 'answered' ? answer.text.match(/\b\d+\b/g)?.at(-1) : undefined;
  return number === undefined ? null : Number(number);
}
