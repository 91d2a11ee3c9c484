import type { Rectangle } from 'electron';
import type { Clock } from '../../core/clock.ts';
import { parseRecents } from '../../core/log/recents.ts';
import type { Log } from '../../core/log-port.ts';
import { parseFavourites } from '../../core/people/favourites.ts';
import type { Favourite, RecentCall } from '../../shared/dial.ts';
import type { LinkScheme } from '../../shared/links.ts';
import type { Result } from '../../shared/result.ts';
import { readSchemes, readTaken, type TakenLink } from '../links/takeover.ts';
import { MOST_ACCOUNTS } from './account-file-shape.ts';
import type { NoticeBoard } from './file-notices.ts';
import { JsonFile } from './json-file.ts';

type Key = 'recents' | 'favourites' | 'windowBounds' | 'pausedUntil' | 'linksOffered' | 'linksOurs' | 'linksTaken';

/** state.json: what the program remembers by itself. Every value is checked when it is read. */
export class StateStore {
  readonly #file: JsonFile;

  constructor(directory: string, clock: Clock, log: Log, board: NoticeBoard) {
    this.#file = new JsonFile({ directory, name: 'state', clock, log, board });
  }

  /** Recent calls of one account: what was dialled at one PBX means something else at another. */
  recents(account: string): RecentCall[] {
    return parseRecents(this.#byAccount('recents')[account]);
  }

  saveRecents(account: string, recents: RecentCall[]): void {
    this.#set('recents', this.#with('recents', account, recents));
  }

  favourites(account: string): Favourite[] {
    return parseFavourites(this.#byAccount('favourites')[account]);
  }

  /** Error: storage-failed; the favourites then stay as they were. */
  saveFavourites(account: string, favourites: Favourite[]): Result<null> {
    return this.#file.save({ ...this.#file.value, favourites: this.#with('favourites', account, favourites) });
  }

  /** The account is no longer on this computer. */
  forgetFavourites(account: string): void {
    this.#set('favourites', this.#with('favourites', account, []));
  }

  #byAccount(key: 'recents' | 'favourites'): Record<string, unknown> {
    const all = this.#file.value[key];
    return typeof all === 'object' && all !== null && !Array.isArray(all) ? { ...all } : {};
  }

  #with(key: 'recents' | 'favourites', account: string, list: readonly unknown[]): Record<string, unknown> {
    const others = Object.entries(this.#byAccount(key)).filter(([name]) => name !== account);
    const own: [string, unknown][] = list.length === 0 ? [] : [[account, list]];
    return Object.fromEntries([...own, ...others.slice(0, MOST_ACCOUNTS - own.length)]);
  }

  windowBounds(): Rectangle | null {
    const bounds = this.#file.value['windowBounds'];
    return isRectangle(bounds) ? bounds : null;
  }

  saveWindowBounds(bounds: Rectangle): void {
    this.#set('windowBounds', bounds);
  }

  /** ms since 1970, or null. */
  get pausedUntil(): number | null {
    const until = this.#file.value['pausedUntil'];
    return typeof until === 'number' && Number.isFinite(until) ? until : null;
  }

  set pausedUntil(until: number | null) {
    this.#set('pausedUntil', until);
  }

  /** Whether Traydial has offered itself to the system as the program for tel: links; done once. */
  get linksOffered(): boolean {
    return this.#file.value['linksOffered'] === true;
  }

  set linksOffered(offered: boolean) {
    this.#set('linksOffered', offered);
  }

  /** The schemes that opened in Traydial when it last looked. */
  get linksOurs(): LinkScheme[] {
    return readSchemes(this.#file.value['linksOurs']);
  }

  set linksOurs(schemes: LinkScheme[]) {
    this.#set('linksOurs', schemes);
  }

  /** What other programs have taken since, until the user has seen it. */
  get linksTaken(): TakenLink[] {
    return readTaken(this.#file.value['linksTaken']);
  }

  set linksTaken(taken: TakenLink[]) {
    this.#set('linksTaken', taken);
  }

  close(): void {
    this.#file.close();
  }

  /** Losing a window position must not stop a call, so a notice reports what cannot be saved. */
  #set(key: Key, value: unknown): void {
    this.#file.keep({ ...this.#file.value, [key]: value });
  }
}

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height } = value as Record<keyof Rectangle, unknown>;
  return [x, y, width, height].every((side) => Number.isInteger(side));
}
