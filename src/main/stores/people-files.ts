import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PeopleFiles } from '../../core/people/account-people.ts';
import type { Log } from '../../core/log-port.ts';
import { codeOf } from './file-errors.ts';

/** The databases of people, one for each account: people-….db in `directory`. */
export function peopleFiles(directory: string, log: Log): PeopleFiles {
  // The file name is a hash, because an account key may contain characters that file names cannot, and is private.
  const path = (account: string): string =>
    join(directory, `people-${createHash('sha256').update(account).digest('hex').slice(0, 16)}.db`);
  return {
    path,
    forget: (account) => {
      for (const part of ['', '-wal', '-shm']) {
        try {
          rmSync(`${path(account)}${part}`, { force: true });
        } catch (error) {
          log.warn(`People of a removed account stay in ${directory}: ${codeOf(error)}`);
        }
      }
    },
  };
}
