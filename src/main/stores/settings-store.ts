import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { applyPatch, readSettings } from '../../core/settings/read-settings.ts';
import { SETTINGS_VERSION, settingsJsonSchema } from '../../core/settings/schema.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Settings, SettingsPatch } from '../../shared/settings.ts';
import { DurableStore } from './durable-store.ts';
import { keepAside, readOrKeepAside } from './keep-aside.ts';
import { replaceFile } from './replace-file.ts';

type File = Pick<Settings, keyof Settings> & { version: number };

/**
 * settings.json in the user's folder. What can be read of a damaged file is used, the file itself is kept aside,
 * and `problem` says so; nothing is reset in silence.
 */
export class SettingsStore {
  /** A sentence for the user about a file that was damaged, or null. */
  readonly problem: string | null;
  readonly #path: string;
  #settings: Settings;
  /** What is in the file is what this program would write. */
  #filePutRight = false;
  /** Opened with the first change: compiling its schema would take a good part of the program's start. */
  #store: DurableStore<File> | null = null;

  constructor(directory: string, clock: Clock, log: Log) {
    const path = join(directory, 'settings.json');
    const file = readOrKeepAside(path, clock.now());
    const read = readSettings(file.found === 'value' ? file.value : {});
    let copy = file.found === 'broken' ? file.copy : null;
    if (copy === null && (read.problems.length > 0 || read.newer)) copy = keepAside(path, clock.now());
    this.problem = copy === null ? null : describe(copy, read.problems, read.newer);
    if (this.problem !== null) log.warn(this.problem);
    this.#settings = read.settings;
    this.#path = path;
    try {
      this.#putRight();
    } catch (error) {
      // A full disk or a folder that may not be written to: the program runs, and a change says that it cannot be kept.
      log.warn(`settings.json could not be written: ${String(error)}`);
    }
  }

  get(): Settings {
    return this.#settings;
  }

  /** Applies and saves a change that `check` has nothing against. What cannot be saved is not applied either. */
  change(patch: SettingsPatch, check: (next: Settings) => Result<unknown> = () => ok(null)): Result<Settings> {
    const next = applyPatch(this.#settings, patch);
    if (!next.ok) return next;
    const checked = check(next.value);
    if (!checked.ok) return checked;
    try {
      this.#open().store = fileOf(next.value);
    } catch (error) {
      return err(appError('storage-failed', { detail: String(error) }));
    }
    this.#settings = next.value;
    return ok(next.value);
  }

  #open(): DurableStore<File> {
    // electron-store refuses to open a file that its schema does not allow, so the file is put right first.
    if (!this.#filePutRight) this.#putRight();
    this.#store ??= new DurableStore<File>({
      name: 'settings',
      cwd: dirname(this.#path),
      schema: settingsJsonSchema(),
      clearInvalidConfig: false,
    });
    return this.#store;
  }

  #putRight(): void {
    replaceFile(this.#path, JSON.stringify(fileOf(this.#settings), null, 2));
    this.#filePutRight = true;
  }
}

const fileOf = (settings: Settings): File => ({ version: SETTINGS_VERSION, ...settings });

function describe(copy: string, problems: readonly string[], newer: boolean): string {
  const kept = `is kept as ${basename(copy)}.`;
  if (newer)
    return `The settings were written by a newer Traydial; what this one understands is used, the file ${kept}`;
  if (problems.length === 0) return `The settings file was damaged and ${kept} All settings start anew.`;
  return `The settings file was damaged and ${kept} Not readable: ${problems.join(', ')}.`;
}
