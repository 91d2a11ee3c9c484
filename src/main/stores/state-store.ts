import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Rectangle } from 'electron';
import type { Clock } from '../../core/clock.ts';
import { parseRecents } from '../../core/log/recents.ts';
import type { Log } from '../../core/log-port.ts';
import { parseFavourites } from '../../core/people/favourites.ts';
import type { Favourite, RecentCall } from '../../shared/dial.ts';
import type { LinkScheme } from '../../shared/links.ts';
import { readSchemes, readTaken, type TakenLink } from '../links/takeover.ts';
import { DurableStore } from './durable-store.ts';
import { readOrKeepAside } from './keep-aside.ts';

type File = Record<
  'recents' | 'favourites' | 'windowBounds' | 'pausedUntil' | 'linksOffered' | 'linksOurs' | 'linksTaken',
  unknown
>;

/** Accounts whose recent calls are kept. */
const MOST_ACCOUNTS = 5;

/** state.json: what the program remembers by itself. Every value is checked when it is read. */
export class StateStore {
  readonly #store: DurableStore<File>;
  readonly #log: Log;

  constructor(directory: string, clock: Clock, log: Log) {
    const path = join(directory, 'state.json');
    const file = readOrKeepAside(path, clock.now());
    if (file.found === 'broken') {
      log.warn(`state.json could not be read; it was kept as ${file.copy}`);
      rmSync(path, { force: true });
    }
    this.#log = log;
    this.#store = new DurableStore<File>({ name: 'state', cwd: directory, clearInvalidConfig: false });
  }

  /** Recent calls of one account: what was dialled at one PBX means something else at another. */
  recents(account: string): RecentCall[] {
    return parseRecents(this.#byAccount('recents')[account]);
  }

  saveRecents(account: string, recents: RecentCall[]): void {
    this.#saveFor('recents', account, recents);
  }

  favourites(account: string): Favourite[] {
    return parseFavourites(this.#byAccount('favourites')[account]);
  }

  saveFavourites(account: string, favourites: Favourite[]): void {
    this.#saveFor('favourites', account, favourites);
  }

  #byAccount(key: 'recents' | 'favourites'): Record<string, unknown> {
    const all = this.#store.get(key);
    return typeof all === 'object' && all !== null && !Array.isArray(all) ? { ...all } : {};
  }

  #saveFor(key: 'recents' | 'favourites', account: string, list: readonly unknown[]): void {
    const others = Object.entries(this.#byAccount(key)).filter(([name]) => name !== account);
    const own: [string, unknown][] = list.length === 0 ? [] : [[account, list]];
    this.#set(key, Object.fromEntries([...own, ...others.slice(0, MOST_ACCOUNTS - own.length)]));
  }

  windowBounds(): Rectangle | null {
    const bounds = this.#store.get('windowBounds');
    return isRectangle(bounds) ? bounds : null;
  }

  saveWindowBounds(bounds: Rectangle): void {
    this.#set('windowBounds', bounds);
  }

  /** ms since 1970, or null. */
  get pausedUntil(): number | null {
    const until = this.#store.get('pausedUntil');
    return typeof until === 'number' && Number.isFinite(until) ? until : null;
  }

  set pausedUntil(until: number | null) {
    this.#set('pausedUntil', until);
  }

  /** Whether Traydial has offered itself to the system as the program for tel: links; done once. */
  get linksOffered(): boolean {
    return this.#store.get('linksOffered') === true;
  }

  set linksOffered(offered: boolean) {
    this.#set('linksOffered', offered);
  }

  /** The schemes that opened in Traydial when it last looked. */
  get linksOurs(): LinkScheme[] {
    return readSchemes(this.#store.get('linksOurs'));
  }

  set linksOurs(schemes: LinkScheme[]) {
    this.#set('linksOurs', schemes);
  }

  /** What other programs have taken since, until the user has seen it. */
  get linksTaken(): TakenLink[] {
    return readTaken(this.#store.get('linksTaken'));
  }

  set linksTaken(taken: TakenLink[]) {
    this.#set('linksTaken', taken);
  }

  /** Losing a remembered window position must not stop a call: a write that fails is logged only. */
  #set(key: keyof File, value: unknown): void {
    try {
      this.#store.put(key, value);
    } catch (error) {
      this.#log.warn(`state.json could not be written: ${String(error)}`);
    }
  }
}

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height } = value as Record<keyof Rectangle, unknown>;
  return [x, y, width, height].every((side) => Number.isInteger(side));
}
