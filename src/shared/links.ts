/** The schemes of the links that Traydial can open. electron-builder.config.ts and the installer name the same ones. */
export const LINK_SCHEMES = ['tel', 'callto', 'sip', 'sips', 'traydial'] as const;

export type LinkScheme = (typeof LINK_SCHEMES)[number];

/** Schemes that Traydial registers only if the user asks for them. PortSIP ONE for Microsoft Teams needs `sips`. */
export const OPT_IN_SCHEMES: readonly LinkScheme[] = ['sips'];

/** Which program opens the links of one scheme on this computer, and what the user can do. */
export interface LinkStatus {
  scheme: LinkScheme;
  /** `broken`: Traydial is registered, but the registered program does not exist. `none`: no program opens them. */
  state: 'ours' | 'other' | 'none' | 'broken' | 'unknown';
  /** The name of the other program as plain text; '' when it is not known. */
  program: string;
  action: LinkAction | null;
}

export type LinkAction =
  /** Traydial can register itself as the default program. */
  | 'make-default'
  /** The user must choose the program on a page of the system's settings, which Traydial can open. */
  | 'choose'
  /** An AppImage needs an entry in the user's menu before it can open links. */
  | 'add-entry'
  /** The user must install Traydial, because a program from a checkout or an unpacked folder cannot open links. */
  | 'install';

/** Whether an AppImage has its entry in the user's menu; `no` if there is nothing to add or remove. */
export type LinksEntry = 'no' | 'missing' | 'added';
