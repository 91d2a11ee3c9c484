import { plainText } from '../../shared/plain-text.ts';
import { LEFT_TO_OTHERS, LINK_SCHEMES, type LinkScheme, type LinkStatus } from '../../shared/links.ts';
import type { Notice } from '../../shared/state.ts';

/** A scheme that was ours and that another program has taken. */
export interface TakenLink {
  scheme: LinkScheme;
  /** '' when the system does not name it. */
  program: string;
}

export interface LinkMemory {
  linksOurs: LinkScheme[];
  linksTaken: TakenLink[];
}

/**
 * What to remember after a look. A scheme counts as taken once, when it was ours and is another program's now; it no
 * longer does once it is ours again. A state that could not be read changes nothing. LEFT_TO_OTHERS may be taken. Pure.
 */
export function compare(before: LinkMemory, now: readonly LinkStatus[]): LinkMemory {
  const stateOf = (scheme: LinkScheme): LinkStatus | undefined => now.find((status) => status.scheme === scheme);
  const unread = (scheme: LinkScheme): boolean => (stateOf(scheme)?.state ?? 'unknown') === 'unknown';
  const fresh = now
    .filter(({ scheme, state }) => state === 'other' && before.linksOurs.includes(scheme))
    .filter(({ scheme }) => !LEFT_TO_OTHERS.includes(scheme))
    .map(({ scheme, program }) => ({ scheme, program }));
  return {
    linksOurs: LINK_SCHEMES.filter((scheme) =>
      unread(scheme) ? before.linksOurs.includes(scheme) : stateOf(scheme)?.state === 'ours',
    ),
    linksTaken: [
      ...before.linksTaken.filter(
        ({ scheme }) => stateOf(scheme)?.state !== 'ours' && !fresh.some((taken) => taken.scheme === scheme),
      ),
      ...fresh,
    ],
  };
}

/** The words for it, or null when nothing was taken. */
export function takenNotice(taken: readonly TakenLink[]): Notice | null {
  if (taken.length === 0) return null;
  const links = taken.map(({ scheme }) => `${scheme}:`).join(' and ');
  const names = [...new Set(taken.map(({ program }) => program))];
  const who = names.length === 1 && names[0] !== '' ? (names[0] ?? '') : 'Another program';
  return {
    id: 'links-taken',
    message: `${who} now opens ${links} links.`,
    action: 'If that was not your wish, change it under Settings, Links.',
  };
}

/** Both read what a file holds, whatever it is. */
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
