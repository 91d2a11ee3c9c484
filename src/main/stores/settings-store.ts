import { basename, join } from 'node:path';
import Store from 'electron-store';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { applyPatch, readSettings } from '../../core/settings/read-settings.ts';
import { SETTINGS_VERSION, settingsJsonSchema } from '../../core/settings/schema.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Settings, SettingsPatch } from '../../shared/settings.ts';
import { keepAside, readOrKeepAside, replaceFile } from './keep-aside.ts';

type File = Settings & { version: number };

/**
 * settings.json in the user's folder. What can be read of a damaged file is used, the file itself is kept aside,
 * and `problem` says so; nothing is reset in silence.
 */
export class SettingsStore {
  /** A sentence for the user about a file that was damaged, or null. */
  readonly problem: string | null;
  readonly #store: Store<File>;
  #settings: Settings;

  constructor(directory: string, clock: Clock, log: Log) {
    const path = join(directory, 'settings.json');
    const file = readOrKeepAside(path, clock.now());
    const read = readSettings(file.found === 'value' ? file.value : {});
    let copy = file.found === 'broken' ? file.copy : null;
    if (copy === null && (read.problems.length > 0 || read.newer)) copy = keepAside(path, clock.now());
    this.problem = copy === null ? null : describe(copy, read.problems, read.newer);
    if (this.problem !== null) log.warn(this.problem);
    this.#settings = read.settings;
    // electron-store refuses a file that its schema does not allow, so the file is put right first.
    replaceFile(path, JSON.stringify({ version: SETTINGS_VERSION, ...read.settings }, null, 2));
    this.#store = new Store<File>({
      name: 'settings',
      cwd: directory,
      schema: settingsJsonSchema(),
      clearInvalidConfig: false,
    });
  }

  get(): Settings {
    return this.#settings;
  }

  /** Applies and saves a change. What cannot be saved is not applied either. */
  change(patch: SettingsPatch): Result<Settings> {
    const next = applyPatch(this.#settings, patch);
    if (!next.ok) return next;
    try {
      this.#store.store = { version: SETTINGS_VERSION, ...next.value };
    } catch (error) {
      return err(appError('storage-failed', { detail: String(error) }));
    }
    this.#settings = next.value;
    return ok(next.value);
  }
}

function describe(copy: string, problems: readonly string[], newer: boolean): string {
  const kept = `is kept as ${basename(copy)}.`;
  if (newer)
    return `The settings were written by a newer Traydial; what this one understands is used, the file ${kept}`;
  if (problems.length === 0) return `The settings file was damaged and ${kept} All settings start anew.`;
  return `The settings file was damaged and ${kept} Not readable: ${problems.join(', ')}.`;
}
