/** The links Traydial answers to. electron-builder.config.ts and the installer name the same ones. */
export const LINK_SCHEMES = ['tel', 'callto', 'sip', 'sips', 'traydial'] as const;

export type LinkScheme = (typeof LINK_SCHEMES)[number];

/** Taken only when the user asks for this very scheme: PortSIP ONE for Microsoft Teams does not work without it. */
export const LEFT_TO_OTHERS: readonly LinkScheme[] = ['sips'];

/** Who opens the links of one scheme on this computer, and what would help. */
export interface LinkStatus {
  scheme: LinkScheme;
  /** `broken`: Traydial is set, but what is set leads to a program that is not there. `none`: nobody opens them. */
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
  /** An AppImage: the desktop has to be told where the program is first. */
  | 'add-entry'
  /** A checkout or an unpacked folder: only an installed program can open links. */
  | 'install';

/** An AppImage's own entry in the user's menu; `no` where there is nothing to add or remove. */
export type LinksEntry = 'no' | 'missing' | 'added';
