import type { FileName } from '../../shared/errors.ts';

/** The content of each file, as the subject of a sentence. */
const content: Record<FileName, string> = {
  settings: 'Your settings',
  state: 'Favourites and recent calls',
  account: 'Your accounts and trusted certificates',
};

/** Why a file could not be read or written, as part of a sentence; the keys are codes of the system and our own. */
const causes: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EFBIG: "the disk doesn't take files of that size",
  EBUSY: 'another program is using it',
  EAGAIN: 'another program is using it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk reported an error',
  ELOOP: 'it is a link that leads in a circle',
  ENOENT: "it doesn't exist",
  ENOTDIR: 'part of its path is not a folder',
  EEXIST: 'part of its path is not a folder',
  EISDIR: 'it is a folder',
  'dangling-link': "it is a link to something that doesn't exist",
  damaged: 'it is damaged, and no copy could be kept in its folder',
  'not-a-file': 'it is not a regular file',
  'too-large': 'it is too large',
  'not-local': 'Traydial needs its full path on this computer',
  'no-certificate': 'it contains no certificate in PEM form',
  'broken-certificate': 'one of its certificates is damaged',
};

export const files = { content, cause: (code: string): string => causes[code] ?? code };
