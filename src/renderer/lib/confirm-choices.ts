import type { DialConfirm } from '../../shared/dial.ts';
import { isOwn, type Origin } from '../../shared/provenance.ts';

/** Where a number can come from, in the order of the settings. */
export const ORIGINS = [
  'typed',
  'dialled',
  'favourite',
  'directory',
  'caller',
  'history',
  'link',
  'clipboard',
  'command',
] as const satisfies readonly Origin[];

/** Only the user's own numbers can be called at once. */
export const choicesFor = (origin: Origin): readonly DialConfirm[] =>
  isOwn(origin) ? ['ask', 'undo', 'at-once'] : ['ask', 'undo'];
