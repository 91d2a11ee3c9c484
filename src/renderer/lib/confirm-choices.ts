import type { DialConfirm } from '../../shared/dial.ts';
import { isOwn, type Origin } from '../../shared/provenance.ts';

/** The provenances that the settings show at once, in this order. Most numbers have one of these. */
export const FEW_ORIGINS = ['typed', 'link', 'clipboard', 'caller'] as const satisfies readonly Origin[];

/** The other provenances, which are folded in the settings. */
export const OTHER_ORIGINS = [
  'dialled',
  'favourite',
  'directory',
  'history',
  'command',
] as const satisfies readonly Exclude<Origin, (typeof FEW_ORIGINS)[number]>[];

/** Only the user's own numbers can be called at once. */
export const choicesFor = (origin: Origin): readonly DialConfirm[] =>
  isOwn(origin) ? ['ask', 'undo', 'at-once'] : ['ask', 'undo'];
