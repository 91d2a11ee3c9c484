import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSmallFile } from '../stores/small-file.ts';

/** Three short lines; whatever else is there was not written by us. */
const MAX_BYTES = 1024;

/** One run of the program. */
export interface RunMark {
  /** Version and start, e.g. `0.1.0 since 2026-11-28T12:00:00.000Z`. */
  run: string;
  /** Linux: the id of the computer's boot and of the login session in it; '' where there is none. */
  boot: string;
  session: string;
}

/**
 * The file `running` in the user's folder, which is there while the program runs. One that is found at the start was
 * left by a run that did not end properly: killed, crashed, or with the computer. Only the program that holds the lock
 * may touch it. Nothing here throws: a folder that cannot be written to is said by the stores.
 */
export class RunMarker {
  readonly #path: string;

  constructor(directory: string) {
    this.#path = join(directory, 'running');
  }

  /** What a run before has left; null where there is no such file. A power loss can leave it empty. */
  read(): RunMark | null {
    const left = readSmallFile(this.#path, MAX_BYTES);
    if (left.found !== 'bytes') return null;
    const [run = '', boot = '', session = ''] = left.bytes.toString().split('\n');
    return { run, boot, session };
  }

  write({ run, boot, session }: RunMark): void {
    this.remove();
    try {
      // Never written through: in its place there may be a link, or a pipe on which writing waits.
      writeFileSync(this.#path, [run, boot, session, ''].join('\n'), { flag: 'wx', mode: 0o600 });
    } catch {
      // Then nobody learns of a bad end.
    }
  }

  remove(): void {
    try {
      rmSync(this.#path, { force: true });
    } catch {
      // What cannot be removed could not be written either, or is a folder, which says nothing.
    }
  }
}
