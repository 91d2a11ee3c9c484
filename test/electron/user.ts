import { spawnSync } from 'node:child_process';

/** An ordinary user of this computer. */
export interface User {
  uid: number;
  gid: number;
}

const NAME = 'traydial-desk';

/**
 * The user for programs that must not run as root: null for the user of this process, otherwise a separate user that is
 * created when first needed. Returns a sentence when no user can be created.
 */
export function ordinaryUser(): User | null | { unavailable: string } {
  if (process.getuid?.() !== 0) return null;
  const known = idOf('-u');
  if (known === null) {
    const { status } = spawnSync('useradd', ['--create-home', '--shell', '/usr/sbin/nologin', NAME], {
      stdio: 'ignore',
    });
    if (status !== 0) return { unavailable: `Electron refuses to run as root, and useradd could not make ${NAME}.` };
  }
  const [uid, gid] = [known ?? idOf('-u'), idOf('-g')];
  if (uid === null || gid === null) return { unavailable: `Electron refuses to run as root, and there is no ${NAME}.` };
  return { uid, gid };
}

/** Whether that user can read a file. */
export function canRead(user: User, path: string): boolean {
  return spawnSync('test', ['-r', path], { ...user, stdio: 'ignore' }).status === 0;
}

function idOf(what: '-u' | '-g'): number | null {
  const { status, stdout } = spawnSync('id', [what, NAME], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}
