import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSmallFile } from '../stores/small-file.ts';

/** Maximum size of the file, which has three short lines. */
const MAX_BYTES = 1024;

/** One run of the program. */
export interface RunMark {
  /** Version and start, e.g. `0.1.0 since 2026-11-28T12:00:00.000Z`. */
  run: string;
  /** Linux: the id of the computer's boot and of the login session in it; '' if there is none. */
  boot: string;
  session: string;
}

/**
 * The file `running` in the user's folder, which is there while the program runs. A file that exists at the start was
 * left by a run that crashed, was killed or lost power. Only the program that holds the lock may touch it. Nothing here
 * throws: the stores report a read-only folder.
 */
export class RunMarker {
  /** The second name is for a folder at the place of the first. */
  readonly #paths: readonly string[];

  constructor(directory: string) {
    this.#paths = ['running', 'running.mark'].map((name) => join(directory, name));
  }

  /** The mark of an earlier run; null when there is none. A power loss can leave an empty file. */
  read(): RunMark | null {
    for (const path of this.#paths) {
      const left = readSmallFile(path, MAX_BYTES);
      if (left.found !== 'bytes') continue;
      const [run = '', boot = '', session = ''] = left.bytes.toString().split('\n');
      return { run, boot, session };
    }
    return null;
  }

  write({ run, boot, session }: RunMark): void {
    this.remove();
    for (const path of this.#paths) {
      try {
        // `wx` never writes through what is at the path: a symbolic link, or a pipe that would block.
        writeFileSync(path, [run, boot, session, ''].join('\n'), { flag: 'wx', mode: 0o600 });
        return;
      } catch {
        // Without either name a bad end of this run will not be reported.
      }
    }
  }

  remove(): void {
    for (const path of this.#paths) {
      try {
        rmSync(path, { force: true });
      } catch {
        // If the file cannot be removed, it could not be written either, or it is a folder, which is ignored.
      }
    }
  }
}
