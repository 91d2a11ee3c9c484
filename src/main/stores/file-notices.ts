import { basename } from 'node:path';
import type { FileName } from '../../shared/errors.ts';
import type { Notice } from '../../shared/notice.ts';

/** Shows a notice; it replaces the one with the same id. */
export interface NoticeBoard {
  showNotice(notice: Notice): void;
  withdraw(id: Notice['id']): void;
}

/** The file could not be used and was kept as `aside`. */
export const damaged = (file: FileName, aside: string): Notice => ({
  id: `${file}-broken`,
  file,
  how: 'damaged',
  kept: basename(aside),
});

/** Some of the accounts or certificates could not be used; all of them are in `copy`. */
export const partlyDamaged = (copy: string, count: number): Notice => ({
  id: 'account-broken',
  file: 'account',
  how: 'entries-lost',
  kept: basename(copy),
  count,
});

/** The file is there but cannot be used, and it is not touched. `cause`: see FileCause. */
export const unreadable = (file: FileName, cause: string): Notice => ({ id: `${file}-unreadable`, file, cause });

/** The file was unreadable at the start and can be read now. */
export const readableAgain = (file: FileName): Notice => ({ id: `${file}-unreadable`, file, cause: null });

export const unsaved = (file: FileName, cause: string, folder: string): Notice => ({
  id: `${file}-unsaved`,
  file,
  cause,
  folder,
});
