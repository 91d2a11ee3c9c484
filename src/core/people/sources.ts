/** Where people come from. Files are `file:NAME`. */
export const OWN_SOURCE = 'own';
/** The users of the PBX. */
export const EXTENSIONS = 'pbx:extensions';
export const CRM_SOURCE = 'crm';
/** What the PBX gives. */
export const PBX_SOURCES = [EXTENSIONS, 'pbx:company', 'pbx:personal', 'pbx:groups', CRM_SOURCE] as const;
export type PbxSource = (typeof PBX_SOURCES)[number];

/** The most trusted 0: own contacts, the PBX's directory, a CRM, files. */
export function trustOf(source: string): number {
  if (source === OWN_SOURCE) return 0;
  if (source.startsWith('pbx:')) return 1;
  return source === CRM_SOURCE ? 2 : 3;
}
