import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from '../test/support/scratch.ts';

/** A process that was killed between creating the file and writing its id leaves it empty. */
const EMPTY_LIFE_MS = 10_000;

/** Runs `work` while no other process does: `file` holds the id of the process that does, however long it takes. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  while (!take(file)) await wait(100);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (isLeftOver(file)) rmSync(file, { force: true });
    return false;
  }
}

function isLeftOver(file: string): boolean {
  try {
    const text = readFileSync(file, 'utf8');
    return text === '' ? Date.now() - statSync(file).mtimeMs > EMPTY_LIFE_MS : !isAlive(Number(text));
  } catch {
    return false;
  }
}
