import { dirname, join } from 'node:path';

/** How Electron ended. */
export interface ElectronEnd {
  /** null when no signal ended it. */
  signal: NodeJS.Signals | null;
  /** The end of its output. */
  stderr: string;
}

/** Chromium's messages: there is no usable sandbox, or its helper is not owned by root or not set-uid. */
const SAYS_SO = /No usable sandbox!|SUID sandbox helper binary was found, but is not configured correctly/;

/**
 * Advice for a Chromium that found no sandbox: it prints a message and ends with SIGTRAP (Linux). null for any other
 * end. `program` is the path of Electron's program.
 */
export function sandboxAdvice(program: string, { signal, stderr }: ElectronEnd): string | null {
  if (signal !== 'SIGTRAP' && !SAYS_SO.test(stderr)) return null;
  const helper = join(dirname(program), 'chrome-sandbox');
  return [
    'Electron found no sandbox: this system does not let programs make user namespaces (Ubuntu 23.10 and later), and',
    'its own helper is not set up. Either allow this program by an AppArmor profile with "userns,", or run',
    `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  ].join('\n');
}
