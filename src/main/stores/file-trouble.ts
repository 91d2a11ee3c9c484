/** Why a file could not be read or written, as a part of a sentence. */
const CAUSES: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  EFBIG: 'the disk takes no file of that size',
  EBUSY: 'another program is using it',
  EAGAIN: 'another program is using it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk reported an error',
  ELOOP: 'it is a link that leads in a circle',
  ENOENT: 'it is not there',
  'dangling-link': 'it is a link to something that is not there',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  damaged: 'it is damaged, and its folder does not let it be kept under another name',
  'not-a-file': 'it is a pipe or a device, not a file',
};

/** The system's code of an error such as `EACCES`; of other errors the text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/** Part of a sentence, e.g. "permission denied"; a code that has none stands for itself. */
export const causeOf = (code: string): string => CAUSES[code] ?? code;
