import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { desktop } from '../desktop.ts';

/** A start that takes longer than this hangs. */
const TIMEOUT_MS = 60_000;

/**
 * Starts the app a second time with these arguments and waits for its end. Returns the exit code; null when it hangs.
 */
export async function playSecondStart(argv: string[]): Promise<number | null> {
  const { appPath, profile, sim } = desktop;
  const start = JSON.stringify({ appPath, profile, sim, argv });
  const child = fork(join(import.meta.dirname, 'child.ts'), [start], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  return code;
}
