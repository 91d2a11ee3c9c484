import { readAccelerator } from '../../core/shortcut/accelerator.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { SettingsPatch } from '../../shared/settings.ts';

/**
 * A settings change with its shortcut in normal form. Reserved shortcuts depend on the system, so the settings schema
 * cannot check them. Errors: shortcut-invalid, shortcut-reserved.
 */
export function acceptShortcut(patch: SettingsPatch, platform: NodeJS.Platform): Result<SettingsPatch> {
  const accelerator = patch.shortcut?.accelerator;
  // The settings schema rejects a value of another type.
  if (typeof accelerator !== 'string') return ok(patch);
  const read = readAccelerator(accelerator, platform);
  return read.ok ? ok({ ...patch, shortcut: { ...patch.shortcut, accelerator: read.value } }) : read;
}
