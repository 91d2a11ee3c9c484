import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A running AppImage: the file, where it is mounted, and the variables that it and all its children have. */
export function mountedAppImage(): { env: { APPIMAGE: string; APPDIR: string }; execPath: string } {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-appimage-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const APPDIR = join(folder, 'mount');
  const APPIMAGE = join(folder, 'Traydial.AppImage');
  const execPath = join(APPDIR, 'traydial');
  mkdirSync(APPDIR);
  for (const file of [APPIMAGE, execPath]) writeFileSync(file, '', { mode: 0o755 });
  return { env: { APPIMAGE, APPDIR }, execPath };
}
