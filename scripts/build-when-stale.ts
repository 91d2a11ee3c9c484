import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { endsWithUs } from '../test/support/scratch.ts';
import { withLock } from './build-lock.ts';

export const ROOT = join(import.meta.dirname, '..');
const RESULTS = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];
const SOURCES = ['src', 'resources', 'electron.vite.config.ts', 'svelte.config.js', 'package.json'];
const LOCK = join(ROOT, 'node_modules/.cache/build.pid');

/** Builds out/ if it is missing or older than the sources; prints only failures. Returns whether out/ is usable. */
export function buildWhenStale(): Promise<boolean> {
  // Two starts at the same time must not write the same files.
  return withLock(LOCK, async () => isFresh() || (await build()));
}

function isFresh(): boolean {
  const results = RESULTS.map((path) => join(ROOT, path));
  if (!results.every((path) => existsSync(path))) return false;
  const oldestResult = Math.min(...results.map((path) => statSync(path).mtimeMs));
  return Math.max(...SOURCES.map((path) => newest(join(ROOT, path)))) <= oldestResult;
}

function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  const inside = stat.isDirectory() ? readdirSync(path).map((name) => newest(join(path, name))) : [];
  return Math.max(stat.mtimeMs, ...inside);
}

async function build(): Promise<boolean> {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endsWithUs(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      output += text.toString();
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return true;
  console.error(`${output.trim()}\nThe build failed; its output is above.`);
  return false;
}
