import { basename } from 'node:path';
import type { FileName } from '../../shared/errors.ts';
import type { Notice } from '../../shared/notice.ts';

/** Shows a notice; it replaces the one with the same id. */
export interface NoticeBoard {
  showNotice(notice: Notice): void;
  withdraw(id: Notice['id']): void;
}

/** The file was damaged. It was kept at the path `aside`, and a new one is used. */
export const damaged = (file: FileName, aside: string): Notice => ({
  id: `${file}-broken`,
  file,
  how: 'damaged',
  kept: basename(aside),
});

/** `count` accounts or certificates could not be read. The file was copied to the path `copy`. */
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

/** The file in `folder` could not be written. */
export const unsaved = (file: FileName, cause: string, folder: string): Notice => ({
  id: `${file}-unsaved`,
  file,
  cause,
  folder,
});
