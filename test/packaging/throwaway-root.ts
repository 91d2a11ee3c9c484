import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endsWithUs } from '../support/scratch.ts';

const SCRIPT = join(import.meta.dirname, 'throwaway-root.sh');
/** New namespaces for mounts and processes; all processes end with this command. */
const UNSHARE = ['--mount', '--pid', '--fork', '--kill-child'];

/** The command prefix with which the ordinary user of a throw-away root runs a command as root there. */
export const AS_ROOT = ['/usr/local/sbin/as-root', '--reuid=0', '--regid=0', '--clear-groups', '--'] as const;

/**
 * Runs a command as root on a temporary copy of this computer; see docs/decisions/029-throwaway-root.md. Files written
 * to `scratch` are kept. Resolves at its end.
 */
export async function inThrowawayRoot(folder: string, scratch: string, command: readonly string[]): Promise<void> {
  const child = spawn('unshare', [...UNSHARE, 'sh', SCRIPT, scratch, folder, '--', ...command], { stdio: 'inherit' });
  endsWithUs(child);
  await once(child, 'close');
}

/** Why a throw-away root is not possible here; null when it is. */
export function throwawayRootUnavailable(scratch: string): string | null {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.getuid?.() !== 0) return 'it needs root';
  const { status, stderr } = spawnSync('unshare', [...UNSHARE, 'sh', SCRIPT, scratch, '/', '--', 'true'], {
    encoding: 'utf8',
  });
  return status === 0 ? null : `this system allows no layer over its files: ${stderr.trim().split('\n').at(-1) ?? ''}`;
}
