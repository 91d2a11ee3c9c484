import { join } from 'node:path';
import type { Rectangle } from 'electron';
import Store from 'electron-store';
import type { Clock } from '../../core/clock.ts';
import { parseRecents } from '../../core/log/recents.ts';
import type { Log } from '../../core/log-port.ts';
import type { RecentCall } from '../../shared/dial.ts';
import { readOrKeepAside } from './keep-aside.ts';
import { rmSync } from 'node:fs';

interface File {
  recents: unknown;
  windowBounds: unknown;
  pausedUntil: unknown;
  linksOffered: unknown;
}

/** state.json: what the program remembers by itself. Every value is checked when it is read. */
export class StateStore {
  readonly #store: Store<File>;
  readonly #log: Log;

  constructor(directory: string, clock: Clock, log: Log) {
    const path = join(directory, 'state.json');
    const file = readOrKeepAside(path, clock.now());
    if (file.found === 'broken') {
      log.warn(`state.json could not be read; it was kept as ${file.copy}`);
      rmSync(path);
    }
    this.#log = log;
    this.#store = new Store<File>({ name: 'state', cwd: directory, clearInvalidConfig: false });
  }

  recents(): RecentCall[] {
    return parseRecents(this.#store.get('recents'));
  }

  saveRecents(recents: RecentCall[]): void {
    this.#set('recents', recents);
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

  /** Losing a remembered window position must not stop a call: a write that fails is logged only. */
  #set(key: keyof File, value: unknown): void {
    try {
      this.#store.set(key, value);
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
