import type { Rectangle } from 'electron';
import type { Clock } from '../../core/clock.ts';
import { parseRecents } from '../../core/history/recents.ts';
import type { Log } from '../../core/log-port.ts';
import { parseFavourites } from '../../core/people/favourites.ts';
import type { Favourite, RecentCall } from '../../shared/dial.ts';
import type { LinkScheme } from '../../shared/links.ts';
import type { Result } from '../../shared/result.ts';
import { readSchemes, readTaken, type TakenLink } from './link-memory.ts';
import { MAX_ACCOUNTS } from './account-file-shape.ts';
import type { NoticeBoard } from './file-notices.ts';
import { JsonFile } from './json-file.ts';

type Key =
  | 'recents'
  | 'favourites'
  | 'windowBounds'
  | 'pausedUntil'
  | 'pausedSince'
  | 'shownCountries'
  | 'setupDone'
  | 'linksOffered'
  | 'linksOurs'
  | 'linksTaken';

/** These hold a list for each account, the account used last first. */
type AccountKey = 'recents' | 'favourites' | 'shownCountries';

/** state.json: what the program remembers besides settings. Every value is validated when it is read. */
export class StateStore {
  readonly #file: JsonFile;

  constructor(directory: string, clock: Clock, log: Log, board: NoticeBoard) {
    this.#file = new JsonFile({ directory, name: 'state', clock, log, board });
  }

  /** Recent calls of one account: the same number can mean another person on another PBX. */
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

  #byAccount(key: AccountKey): Record<string, unknown> {
    const all = this.#file.value[key];
    return typeof all === 'object' && all !== null && !Array.isArray(all) ? { ...all } : {};
  }

  #with(key: AccountKey, account: string, list: readonly unknown[]): Record<string, unknown> {
    const others = Object.entries(this.#byAccount(key)).filter(([name]) => name !== account);
    const own: [string, unknown][] = list.length === 0 ? [] : [[account, list]];
    return Object.fromEntries([...own, ...others.slice(0, MAX_ACCOUNTS - own.length)]);
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
    return this.#time('pausedUntil');
  }

  set pausedUntil(until: number | null) {
    this.#set('pausedUntil', until);
  }

  /** When the pause began whose missed calls were not summed up yet. ms since 1970, or null. */
  get pausedSince(): number | null {
    return this.#time('pausedSince');
  }

  set pausedSince(since: number | null) {
    this.#set('pausedSince', since);
  }

  /** The countries that the window showed for one account, the one in use first. */
  shownCountries(account: string): string[] {
    const codes = this.#byAccount('shownCountries')[account];
    return Array.isArray(codes) ? codes.filter(isCountryCode) : [];
  }

  saveShownCountries(account: string, codes: readonly string[]): void {
    this.#set('shownCountries', this.#with('shownCountries', account, codes));
  }

  /** The user has finished or skipped the first steps. */
  get setupDone(): boolean {
    return this.#file.value['setupDone'] === true;
  }

  set setupDone(done: boolean) {
    this.#set('setupDone', done);
  }

  /** Whether Traydial has registered as a program for tel: links; done once. */
  get linksOffered(): boolean {
    return this.#file.value['linksOffered'] === true;
  }

  set linksOffered(offered: boolean) {
    this.#set('linksOffered', offered);
  }

  /** The schemes that opened in Traydial at the last check. */
  get linksOurs(): LinkScheme[] {
    return readSchemes(this.#file.value['linksOurs']);
  }

  set linksOurs(schemes: LinkScheme[]) {
    this.#set('linksOurs', schemes);
  }

  /** The schemes that other programs took over since, until the user has seen the notice. */
  get linksTaken(): TakenLink[] {
    return readTaken(this.#file.value['linksTaken']);
  }

  set linksTaken(taken: TakenLink[]) {
    this.#set('linksTaken', taken);
  }

  close(): void {
    this.#file.close();
  }

  #time(key: Key): number | null {
    const time = this.#file.value[key];
    return typeof time === 'number' && Number.isFinite(time) ? time : null;
  }

  /** Saving a window position must never stop a call, so failures go to a notice. */
  #set(key: Key, value: unknown): void {
    this.#file.saveEventually({ ...this.#file.value, [key]: value });
  }
}

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height } = value as Record<keyof Rectangle, unknown>;
  return [x, y, width, height].every((side) => Number.isInteger(side));
}

const isCountryCode = (code: unknown): code is string => typeof code === 'string' && /^[A-Z]{2}$/.test(code);
