/**
 * Replaces Electron's default_app, which the old Electron lacks: `electron FOLDER …` runs the unpackaged program in
 * that folder.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app } from 'electron';

/** Used only by Electron's own start, so its declarations lack it. */
const own = app as unknown as Record<'setVersion' | 'setAppPath', (value: string) => void>;
const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (named === undefined) {
  process.stderr.write('Usage: electron FOLDER [arguments]\n');
  app.exit(2);
} else {
  const folder = resolve(named);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  own.setVersion(manifest['version'] ?? '0.0.0');
  app.setName(manifest['productName'] ?? manifest['name'] ?? 'Electron');
  app.setDesktopName(manifest['desktopName'] ?? `${app.getName()}.desktop`);
  own.setAppPath(folder);
  require(join(folder, manifest['main'] ?? 'index.js'));
}
