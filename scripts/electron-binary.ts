import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endsWithUs, makeScratch } from '../test/support/scratch.ts';
import { ROOT } from './build-when-stale.ts';

const HOME = join(ROOT, 'node_modules/electron');
/** The download is given up after this long without data: closed networks often drop the request silently. */
const SILENCE_MS = 20_000;
const CHECK_EVERY_MS = 1_000;

/**
 * The path of Electron's program, by the rules of node_modules/electron/index.js but without its download; null when it
 * is missing.
 */
export function findElectron(): string | null {
  const known = join(HOME, 'path.txt');
  const relative = existsSync(known) ? readFileSync(known, 'utf8') : 'electron';
  const program = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(HOME, 'dist'), relative);
  return existsSync(program) ? program : null;
}

/** Since version 42 the package downloads its program when it is first needed. null when the download fails. */
export async function downloadElectron(): Promise<string | null> {
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH'] !== undefined) return null;
  console.log('Fetching Electron, once (about 120 MB)…');
  const { path: folder, remove } = makeScratch(tmpdir(), 'electron-fetch');
  const env = { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder, ELECTRON_GET_NO_PROGRESS: '1' };
  const child = spawn(process.execPath, [join(HOME, 'install.js')], { stdio: 'ignore', env });
  endsWithUs(child);
  const stopWatching = endWhenSilent([folder, join(HOME, 'dist')], () => child.kill('SIGKILL'));
  await once(child, 'exit').catch(() => {});
  stopWatching();
  remove();
  return findElectron();
}

function endWhenSilent(folders: string[], end: () => void): () => void {
  let size = 0;
  let grewAt = Date.now();
  const timer = setInterval(() => {
    const now = folders.reduce((sum, folder) => sum + sizeOf(folder), 0);
    if (now !== size) grewAt = Date.now();
    size = now;
    if (Date.now() - grewAt > SILENCE_MS) end();
  }, CHECK_EVERY_MS);
  return () => clearInterval(timer);
}

function sizeOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  return stat.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stat.size;
}
