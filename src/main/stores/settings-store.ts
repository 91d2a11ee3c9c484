import { basename } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { applyPatch, readSettings } from '../../core/settings/read-settings.ts';
import { SETTINGS_VERSION } from '../../core/settings/schema.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Settings, SettingsPatch } from '../../shared/settings.ts';
import type { Notice } from '../../shared/notice.ts';
import type { NoticeBoard } from './file-notices.ts';
import { JsonFile } from './json-file.ts';

type File = Pick<Settings, keyof Settings> & { version: number };

/**
 * settings.json in the user's folder. The readable parts of a damaged file are used, and every reset value is reported.
 */
export class SettingsStore {
  readonly #file: JsonFile<File>;
  #settings: Settings;

  constructor(directory: string, clock: Clock, log: Log, board: NoticeBoard) {
    this.#file = new JsonFile<File>({ directory, name: 'settings', clock, log, board });
    const { settings, problems, newer } = readSettings(this.#file.value);
    this.#settings = settings;
    if (problems.length > 0 || newer) this.#file.keepCopy((copy) => describe(copy, problems, newer));
  }

  /** Writes back what was read, so that a read-only folder is reported at the start. */
  settle(): void {
    this.#file.saveEventually(fileOf(this.#settings));
  }

  get(): Settings {
    return this.#settings;
  }

  /** Applies and saves a change that `check` accepts. A change that cannot be saved is not applied. */
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

function describe(copy: string, problems: string[], newer: boolean): Notice {
  const notice = { id: 'settings-broken', file: 'settings', kept: basename(copy) } as const;
  return newer ? { ...notice, how: 'newer' } : { ...notice, how: 'values-reset', settings: problems };
}
