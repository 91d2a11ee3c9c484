import { fork } from 'node:child_process';
import { join } from 'node:path';
import { desktop } from '../desktop.ts';

/** A start that takes longer than this hangs. */
const PATIENCE_MS = 15_000;

type HandedOver = { ok: true; data: unknown } | { ok: false; message: string };

/** Starts the app a second time with these arguments and brings back what it hands to the first instance. */
export function playSecondStart(argv: string[]): Promise<HandedOver> {
  const { appPath, profile, sim } = desktop;
  const start = JSON.stringify({ appPath, profile, sim, argv });
  const child = fork(join(import.meta.dirname, 'child.ts'), [start], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    let data: unknown;
    let handed = false;
    child.on('message', (message: { data: unknown }) => {
      data = message.data;
      handed = true;
    });
    child.on('exit', (code) => {
      clearTimeout(timer);
      if (handed && code === 0) resolve({ ok: true, data });
      else if (handed)
        resolve({ ok: false, message: 'The second start did not end by itself after it was refused the lock.' });
      else resolve({ ok: false, message: 'The second start never asked for the single-instance lock.' });
    });
  });
}
