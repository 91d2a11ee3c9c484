import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SCRIPT = join(import.meta.dirname, 'throwaway-root.sh');
/** A namespace of its own for mounts and one for processes, all of which end with this command. */
const UNSHARE = ['--mount', '--pid', '--fork', '--kill-child'];

/** Where the ordinary user of a throw-away root finds the way to act as root there. */
export const AS_ROOT = ['/usr/local/sbin/as-root', '--reuid=0', '--regid=0', '--clear-groups', '--'] as const;

/**
 * Runs a command as root on a copy of this computer that is thrown away afterwards; see
 * docs/decisions/029-throwaway-root.md.
 * `scratch` keeps what is written to it. Answers the exit code.
 */
export function inThrowawayRoot(folder: string, scratch: string, command: readonly string[]): number {
  const { status } = spawnSync('unshare', [...UNSHARE, 'sh', SCRIPT, scratch, folder, '--', ...command], {
    stdio: 'inherit',
  });
  return status ?? 1;
}

/** Why there can be no throw-away root here; null when there can. */
export function throwawayRootUnavailable(scratch: string): string | null {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.getuid?.() !== 0) return 'it needs root';
  const { status, stderr } = spawnSync('unshare', [...UNSHARE, 'sh', SCRIPT, scratch, '/', '--', 'true'], {
    encoding: 'utf8',
  });
  return status === 0 ? null : `this system allows no layer over its files: ${stderr.trim().split('\n').at(-1) ?? ''}`;
}
