import type { LinkScheme, LinkStatus } from '../../shared/links.ts';

/** Finds out which program opens the links of a scheme. It changes nothing and never throws. */
export type ReadLinkStatus = (scheme: LinkScheme) => Promise<Pick<LinkStatus, 'state' | 'program'>>;

/** A program that opens links, as the system reports it. */
export interface KnownProgram {
  name: string;
  path: string;
}

// The results of a ReadLinkStatus. `unknown`: the system cannot be asked. `none`: no program opens such links. `broken`: the
// system would start Traydial, but that program is missing.
export const UNKNOWN = { state: 'unknown', program: '' } as const;
export const NOBODY = { state: 'none', program: '' } as const;
export const OURS = { state: 'ours', program: '' } as const;
export const BROKEN = { state: 'broken', program: '' } as const;
