import { readAccelerator } from '../../core/shortcut/accelerator.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { SettingsPatch } from '../../shared/settings.ts';

/**
 * A change of settings with its shortcut written as the program writes it. Which ones other programs need depends on
 * the system, so the settings themselves cannot judge that. Errors: shortcut-invalid, shortcut-reserved.
 */
export function acceptShortcut(patch: SettingsPatch, platform: NodeJS.Platform): Result<SettingsPatch> {
  const accelerator = patch.shortcut?.accelerator;
  // A value of another type is refused with all other settings.
  if (typeof accelerator !== 'string') return ok(patch);
  const read = readAccelerator(accelerator, platform);
  return read.ok ? ok({ ...patch, shortcut: { ...patch.shortcut, accelerator: read.value } }) : read;
}
