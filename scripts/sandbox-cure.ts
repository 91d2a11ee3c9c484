import { dirname, join } from 'node:path';

/** How Electron ended. */
export interface ElectronEnd {
  /** null when it ended otherwise. */
  signal: NodeJS.Signals | null;
  /** What it wrote there, or the end of it. */
  stderr: string;
}

/** Chromium's own sentences: neither kind of sandbox is there; its helper is not owned by root, or not set-uid. */
const SAYS_SO = /No usable sandbox!|SUID sandbox helper binary was found, but is not configured correctly/;

/**
 * What to do where Chromium found no sandbox, in which case it says so and ends itself by SIGTRAP (Linux); null where
 * it ended otherwise. `program` is the path of Electron's program.
 */
export function sandboxCure(program: string, { signal, stderr }: ElectronEnd): string | null {
  if (signal !== 'SIGTRAP' && !SAYS_SO.test(stderr)) return null;
  const helper = join(dirname(program), 'chrome-sandbox');
  return [
    'Electron found no sandbox: this system does not let programs make user namespaces (Ubuntu 23.10 and later), and',
    'its own helper is not set up. Either allow this program by an AppArmor profile with "userns,", or run',
    `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  ].join('\n');
}
