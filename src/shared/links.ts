/** The links Traydial answers to. electron-builder.config.ts and the installer name the same ones. */
export const LINK_SCHEMES = ['tel', 'callto', 'sip', 'sips', 'traydial'] as const;

export type LinkScheme = (typeof LINK_SCHEMES)[number];

/** Registered only when the user asks for this scheme, because PortSIP ONE for Microsoft Teams needs it. */
export const OPT_IN_SCHEMES: readonly LinkScheme[] = ['sips'];

/** Which program opens the links of one scheme on this computer, and what the user can do. */
export interface LinkStatus {
  scheme: LinkScheme;
  /** `broken`: Traydial is registered, but the registered program does not exist. `none`: no program opens them. */
  state: 'ours' | 'other' | 'none' | 'broken' | 'unknown';
  /** The other program's name as plain text, '' when it is not known. */
  program: string;
  action: LinkAction | null;
}

export type LinkAction =
  /** Traydial can ask the system for it. */
  | 'make-default'
  /** Only the user can choose, on the system's own page, which Traydial can open. */
  | 'choose'
  /** An AppImage: the desktop needs a menu entry that names the program first. */
  | 'add-entry'
  /** A checkout or an unpacked folder: only an installed program can open links. */
  | 'install';

/** An AppImage's own entry in the user's menu; `no` when there is nothing to add or remove. */
export type LinksEntry = 'no' | 'missing' | 'added';
