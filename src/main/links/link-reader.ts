import type { LinkScheme, LinkStatus } from '../../shared/links.ts';

/** Finds out who opens the links of a scheme. Reading never changes anything, and never throws. */
export type ReadLink = (scheme: LinkScheme) => Promise<Pick<LinkStatus, 'state' | 'program'>>;

/** The facts about a program from Electron and `reg`. */
export interface KnownProgram {
  name: string;
  path: string;
}

export const UNKNOWN = { state: 'unknown', program: '' } as const;
export const NOBODY = { state: 'none', program: '' } as const;
export const OURS = { state: 'ours', program: '' } as const;
export const BROKEN = { state: 'broken', program: '' } as const;
