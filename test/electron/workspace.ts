import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { makeScratch } from '../support/scratch.ts';
import { canRead, type User } from './user.ts';

/** Generated files, or large ones that the specs do not need. */
const LEFT_OUT = new Set(['.git', 'node_modules', 'dist', 'coverage', '.preview']);

export interface Workspace {
  /** The checkout, or a copy of it. */
  root: string;
  /** For temporary files. */
  scratch: string;
  remove(): void;
}

/**
 * The folder in which the specs run. An ordinary user uses the checkout itself. Root makes a copy for the other user,
 * who may not be able to read the checkout or write its caches.
 */
export function makeWorkspace(checkout: string, user: User | null): Workspace {
  const { path: scratch, remove } = makeScratch(tmpdir(), 'lane');
  if (user === null) return { root: checkout, scratch, remove };
  const root = join(scratch, 'checkout');
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  for (const name of readdirSync(checkout).filter((entry) => !LEFT_OUT.has(entry)))
    cpSync(join(checkout, name), join(root, name), { recursive: true, verbatimSymlinks: true, filter: isOurs });
  bringPackages(join(checkout, 'node_modules'), join(root, 'node_modules'), user);
  chmodSync(scratch, 0o755);
  spawnSync('chown', ['-R', '-h', `${user.uid}:${user.gid}`, scratch]);
  return { root, scratch, remove };
}

/** Also leaves out nested packages, such as those of scripts/packager. */
const isOurs = (path: string): boolean => basename(path) !== 'node_modules';

/** Uses symbolic links when the user can follow them. The caches go to the folder around them. */
function bringPackages(from: string, to: string, user: User): void {
  const linked = canRead(user, join(from, 'vitest/package.json'));
  for (const name of readdirSync(from).filter((entry) => !entry.startsWith('.') || entry === '.bin')) {
    if (linked) symlinkSync(join(from, name), join(to, name));
    else cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
  }
}
