import type { Run } from '../run-program.ts';
import { askSessionBus, type BusAnswer } from '../session-bus.ts';

/** Every desktop that shows StatusNotifierItem icons owns this name, not only KDE. */
const WATCHER = 'org.kde.StatusNotifierWatcher';
const BUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/**
 * `registered`: a watcher lists our icon. `unregistered`: there is a watcher, and it does not list our icon.
 * `absent`: there is no watcher. `unknown`: the session bus could not be asked, or did not answer.
 */
export type IconState = 'registered' | 'unregistered' | 'absent' | 'unknown';

/** Checks through child processes whether the desktop's tray (Linux) shows an icon of the process `pid`. */
export class IconChecker {
  readonly #pid: number;
  readonly #run: Run | undefined;
  /** The bus name of our icon, as last found, so that its owner need not be asked for again. */
  #name: string | null = null;

  constructor(pid: number, run?: Run) {
    this.#pid = pid;
    this.#run = run;
  }

  async check(): Promise<IconState> {
    const answer = await askSessionBus(
      {
        destination: WATCHER,
        path: '/StatusNotifierWatcher',
        interface: 'org.freedesktop.DBus.Properties',
        method: 'Get',
        args: [WATCHER, 'RegisteredStatusNotifierItems'],
      },
      this.#run,
    );
    if (answer.state !== 'answered') return answer.state === 'absent' ? 'absent' : 'unknown';
    const names = readItems(answer.text);
    if (this.#name === null || !names.includes(this.#name)) this.#name = await this.#findOurs(names);
    return this.#name === null ? 'unregistered' : 'registered';
  }

  async #findOurs(names: readonly string[]): Promise<string | null> {
    // The usual name contains the process id, which saves a call.
    const usual = names.find((name) => name.startsWith(`org.kde.StatusNotifierItem-${this.#pid}-`));
    if (usual !== undefined) return usual;
    for (const name of names) {
      const call = { ...BUS, method: 'GetConnectionUnixProcessID', args: [name] };
      if (readNumber(await askSessionBus(call, this.#run)) === this.#pid) return name;
    }
    return null;
  }
}

/** Bus names of the registered icons: an item is "name/path", or the name alone. */
function readItems(text: string): string[] {
  const words = text.match(/[^\s"'<>[\](),]+/g) ?? [];
  const items = words.filter((word) => /^(:\d|[\w-]+\.)[\w.-]*(\/.*)?$/.test(word));
  return [...new Set(items.map((item) => item.split('/')[0] ?? ''))];
}

function readNumber(answer: BusAnswer): number | null {
  const number = answer.state === 'answered' ? answer.text.match(/\b\d+\b/g)?.at(-1) : undefined;
  return number === undefined ? null : Number(number);
}
