import Store from 'electron-store';
import { replaceFile } from './replace-file.ts';

/**
 * An electron-store that writes by `replaceFile`. electron-store's own way (conf 16, atomically 2.1) does not look
 * how much of a file was written, so that a full disk puts half a file in the place of a good one; it leaves a file
 * of a new name behind at every kill, and writes in place within a Snap.
 */
export class DurableStore<T extends Record<string, unknown>> extends Store<T> {
  override get store(): T {
    return super.store;
  }

  override set store(value: T) {
    replaceFile(this.path, JSON.stringify(value, null, 2));
  }

  /** Writes one value; undefined takes it out. Throws what the file system says. */
  put<K extends keyof T>(key: K, value: T[K] | undefined): void {
    this.store = { ...this.store, [key]: value };
  }
}
