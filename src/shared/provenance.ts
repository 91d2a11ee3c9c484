/** Who or what chose a number. It decides whether the number may be dialled at once, and is stored with the number. */
export type Provenance =
  /** The user typed it, or pasted it into the field. */
  | 'typed'
  /** The user has called it from here before. */
  | 'dialled'
  /** It is a favourite, and the user had typed or dialled it. */
  | 'favourite'
  /** The caller sent it. Caller IDs can be forged. */
  | 'caller'
  /** The PBX lists a call to it that was not placed from here. */
  | 'history'
  | 'directory'
  /** A web page, a mail or another program opened a link with it. */
  | 'link'
  | 'clipboard'
  /** It is an argument of a sub-command. */
  | 'command'
  /** A dial rule put it in place of the number that was meant. */
  | 'rule';

/** The user's own numbers: only these may be dialled at once. */
export const OWN_PROVENANCES = ['typed', 'dialled', 'favourite'] as const satisfies readonly Provenance[];
export type OwnProvenance = (typeof OWN_PROVENANCES)[number];
/** Numbers that somebody else chose. */
export const FOREIGN_PROVENANCES = [
  'caller',
  'history',
  'directory',
  'link',
  'clipboard',
  'command',
] as const satisfies readonly Provenance[];
export type ForeignProvenance = (typeof FOREIGN_PROVENANCES)[number];
/** The provenance of a number before dial rules. */
export type Origin = OwnProvenance | ForeignProvenance;

/** Whether the user chose the number: only then may it be dialled at once. */
export const isOwn = (provenance: Provenance): provenance is OwnProvenance =>
  OWN_PROVENANCES.some((own) => own === provenance);

/** Whether a web page, another program or a script requested the call. */
export const isFromElsewhere = (origin: Origin): boolean =>
  origin === 'link' || origin === 'clipboard' || origin === 'command';
