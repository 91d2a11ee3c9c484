import { plainText } from '../../shared/plain-text.ts';
import type { LinkScheme } from '../../shared/links.ts';
import { BROKEN, NOBODY, OURS, type KnownProgram, type ReadLinkStatus } from './link-reader.ts';

export interface MacReaderOptions {
  isDefault: (scheme: LinkScheme) => boolean;
  /** The program that Launch Services would start; null if there is none. */
  programFor: (scheme: LinkScheme) => Promise<KnownProgram | null>;
  fileExists: (path: string) => boolean;
}

/** Asks Launch Services on macOS. It takes a while until Launch Services forgets a bundle that was deleted. */
export function macReader({ isDefault, programFor, fileExists }: MacReaderOptions): ReadLinkStatus {
  return async (scheme) => {
    if (isDefault(scheme)) return OURS;
    const found = await programFor(scheme);
    if (found === null) return NOBODY;
    if (/(^|\/)Traydial(\.app)?$/.test(found.path) && !fileExists(found.path)) return BROKEN;
    return { state: 'other', program: plainText(found.name.replace(/\.app$/, ''), 60) };
  };
}
