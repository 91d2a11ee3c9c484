import { basename } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { applyPatch, readSettings } from '../../core/settings/read-settings.ts';
import { SETTINGS_VERSION } from '../../core/settings/schema.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Settings, SettingsPatch } from '../../shared/settings.ts';
import type { Notice } from '../../shared/state.ts';
import type { NoticeBoard } from './file-notices.ts';
import { JsonFile } from './json-file.ts';

type File = Pick<Settings, keyof Settings> & { version: number };

/** settings.json in the user's folder. What can be read of a damaged file is used; nothing is reset in silence. */
export class SettingsStore {
  readonly #file: JsonFile<File>;
  #settings: Settings;

  constructor(directory: string, clock: Clock, log: Log, board: NoticeBoard) {
    this.#file = new JsonFile<File>({ directory, name: 'settings', clock, log, board });
    const { settings, problems, newer } = readSettings(this.#file.value);
    this.#settings = settings;
    if (problems.length > 0 || newer) this.#file.keepCopy((copy) => describe(copy, problems, newer));
  }

  /** Writes what was read, so that a notice about a folder that cannot be written to comes at the start, not later. */
  settle(): void {
    this.#file.keep(fileOf(this.#settings));
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
    const saved = this.#file.save(fileOf(next.value));
    if (!saved.ok) return saved;
    this.#settings = next.value;
    return next;
  }

  close(): void {
    this.#file.close();
  }
}

const fileOf = (settings: Settings): File => ({ version: SETTINGS_VERSION, ...settings });

function describe(copy: string, problems: readonly string[], newer: boolean): Notice {
  const kept = `the file is kept as ${basename(copy)}.`;
  if (newer) {
    return {
      id: 'settings-broken',
      message: `Your settings were written by a newer Traydial; ${kept}`,
      action: 'What this one understands is used. Check your settings.',
    };
  }
  return {
    id: 'settings-broken',
    message: `Your settings were damaged; ${kept}`,
    action: `Not readable: ${problems.join(', ')}. Check your settings.`,
  };
}
