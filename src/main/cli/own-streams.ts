import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The flag in /proc of a descriptor that children do not inherit. */
const CLOSED_IN_CHILDREN = 0o2000000;
/** The descriptors before this one are the standard streams. */
const FIRST_OF_OTHERS = 3;

/**
 * Streams for a child that outlives this process and must not inherit its descriptors. Node closes its own in children,
 * but on Linux Chromium's sockets stay open. Chromium's helper processes then wait for their sockets to close, and a
 * reader of this process's output waits with them, for as long as the child runs. `use` gets the `stdio` of a spawn.
 */
export function withOwnStreams<T>(use: (stdio: ('ignore' | number)[]) => T, folder = '/proc/self/fdinfo'): T {
  const nothing = openSync('/dev/null', 'r+');
  try {
    const stdio: ('ignore' | number)[] = ['ignore', 'ignore', 'ignore'];
    for (const descriptor of inherited(folder)) {
      while (stdio.length < descriptor) stdio.push('ignore');
      stdio[descriptor] = nothing;
    }
    return use(stdio);
  } finally {
    closeSync(nothing);
  }
}

/** The descriptors above the standard streams that a child would inherit, in order. */
function inherited(folder: string): number[] {
  return readdirSync(folder)
    .map(Number)
    .filter((descriptor) => descriptor >= FIRST_OF_OTHERS && isInherited(join(folder, String(descriptor))))
    .toSorted((one, other) => one - other);
}

function isInherited(file: string): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
    return flags !== undefined && (parseInt(flags, 8) & CLOSED_IN_CHILDREN) === 0;
  } catch {
    // The descriptor that was used to read the folder is closed by now.
    return false;
  }
}
