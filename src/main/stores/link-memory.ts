import { LINK_SCHEMES, type LinkScheme } from '../../shared/links.ts';
import { plainText } from '../../shared/plain-text.ts';

/** A scheme that Traydial opened before and that another program opens now. */
export interface TakenLink {
  scheme: LinkScheme;
  /** '' when the system does not name it. */
  program: string;
}

export interface LinkMemory {
  linksOurs: LinkScheme[];
  linksTaken: TakenLink[];
}

/** `readSchemes` and `readTaken` accept any content of a file. */
export function readSchemes(raw: unknown): LinkScheme[] {
  const items: readonly unknown[] = Array.isArray(raw) ? raw : [];
  return LINK_SCHEMES.filter((scheme) => items.includes(scheme));
}

export function readTaken(raw: unknown): TakenLink[] {
  const items: readonly unknown[] = Array.isArray(raw) ? raw : [];
  return LINK_SCHEMES.flatMap((scheme) => {
    const found = items.find((item) => isTaken(item) && item.scheme === scheme);
    return isTaken(found) ? [{ scheme, program: plainText(found.program, 60) }] : [];
  });
}

function isTaken(item: unknown): item is { scheme: unknown; program: string } {
  return (
    typeof item === 'object' &&
    item !== null &&
    'scheme' in item &&
    'program' in item &&
    typeof item.program === 'string'
  );
}
