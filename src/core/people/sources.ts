// Each person comes from a source. The source of an imported file is `file:` and its name.

/** The contacts that the user entered. */
export const OWN_SOURCE = 'own';
/** The users of the PBX. */
export const EXTENSIONS = 'pbx:extensions';
/** The contacts of a CRM that is connected to the PBX. */
export const CRM_SOURCE = 'crm';
/** The sources that are read from the PBX. */
export const PBX_SOURCES = [EXTENSIONS, 'pbx:company', 'pbx:personal', 'pbx:groups', CRM_SOURCE] as const;
export type PbxSource = (typeof PBX_SOURCES)[number];

/** The rank of a source. 0 is the most trusted: own contacts, then the PBX's directories, the CRM, and files. */
export function trustOf(source: string): number {
  if (source === OWN_SOURCE) return 0;
  if (source.startsWith('pbx:')) return 1;
  return source === CRM_SOURCE ? 2 : 3;
}
