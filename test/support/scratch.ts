import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of this process, which must not stay behind. */
const folders = new Set<string>();
/** Programs that must not outlive this process. */
const children = new Set<ChildProcess>();

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** The conventional exit codes, which are 128 and the number of the signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

export interface Scratch {
  path: string;
  remove: () => void;
}

/**
 * Makes a folder PREFIX-PID-RANDOM in `parent`. It is removed when a signal ends this process; what a killed process
 * left there is removed now.
 */
export function makeScratch(parent: string, prefix: string): Scratch {
  removeLeftovers(parent, prefix);
  const path = mkdtempSync(join(parent, `${prefix}-${process.pid}-`));
  folders.add(path);
  watchSignals();
  return {
    path,
    remove: () => {
      removeFolder(path);
      folders.delete(path);
      watchSignals();
    },
  };
}

/** Passes signals on to a program, and waits for its end before this process ends. */
export function endsWithUs(child: ChildProcess): void {
  children.add(child);
  watchSignals();
  child.once('close', () => {
    children.delete(child);
    watchSignals();
  });
}

function watchSignals(): void {
  for (const signal of SIGNALS) {
    process.off(signal, interrupted);
    if (folders.size + children.size > 0) process.on(signal, interrupted);
  }
}

type Signal = (typeof SIGNALS)[number];

let isEnding = false;
const interrupted = (signal: Signal): void => void end(signal);

/** At the second signal the programs are killed. */
async function end(signal: Signal): Promise<void> {
  const kind = isEnding ? 'SIGKILL' : signal;
  isEnding = true;
  await Promise.all(
    [...children].map((child) => {
      child.kill(kind);
      return once(child, 'close');
    }),
  );
  for (const path of folders) removeFolder(path);
  process.exit(EXIT_CODES[signal]);
}

/** Removes what killed processes left in such folders. */
export function removeLeftovers(parent: string, prefix: string): void {
  for (const name of readdirSync(parent)) {
    const [, rest = ''] = name.split(`${prefix}-`);
    const pid = /^(\d+)-\w+$/.exec(rest)?.[1];
    if (name.startsWith(`${prefix}-`) && pid !== undefined && !isAlive(Number(pid))) removeFolder(join(parent, name));
  }
}

function removeFolder(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // Another user's: the next start of that user removes it.
  }
}

/** Whether a process of this id exists. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
