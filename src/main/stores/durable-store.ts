import Store from 'electron-store';
import { replaceFile } from './replace-file.ts';

/**
 * An electron-store that writes with `replaceFile`. The original (conf 16, atomically 2.1) does not check how much was
 * written, so a full disk replaces a good file by half a file. It also leaves a temporary file behind at every kill,
 * and writes in place inside a Snap.
 */
export class DurableStore<T extends Record<string, unknown>> extends Store<T> {
  override get store(): T {
    return super.store;
  }

  override set store(value: T) {
    replaceFile(this.path, JSON.stringify(value, null, 2));
  }

  /** Writes one value; undefined removes it. Throws file system errors. */
  put<K extends keyof T>(key: K, value: T[K] | undefined): void {
    this.store = { ...this.store, [key]: value };
  }
}
