import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DEFAULT_SIM } from '../../host/sim.ts';
import type { CommandRun } from './app-driver.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CHILD = join(ROOT, 'test/host/second-start/child.ts');

/** Node's compile cache, which saves a third of each start of the host. */
export const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/host') };

/** Starts the built program a second time on the host with these arguments. */
export function runOnHost(profile: string, argv: string[], env: Record<string, string> = {}): Promise<CommandRun> {
  const start = JSON.stringify({ appPath: ROOT, profile, sim: DEFAULT_SIM, argv });
  return finish(
    spawn(process.execPath, [CHILD, start], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      env: { ...process.env, ...COMPILED, ...env },
    }),
  );
}

export async function finish(child: ChildProcess): Promise<CommandRun> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
