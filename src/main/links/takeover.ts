import { OPT_IN_SCHEMES, LINK_SCHEMES, type LinkScheme, type LinkStatus } from '../../shared/links.ts';
import type { Notice } from '../../shared/notice.ts';
import type { LinkMemory, TakenLink } from '../stores/link-memory.ts';

/**
 * Compares a check with the one before and returns what to store. If another program opens a scheme instead of
 * Traydial, the scheme is reported as taken, but only once until Traydial opens it again. A state that could not be
 * read changes nothing. OPT_IN_SCHEMES are never reported. Pure.
 */
export function compare(before: LinkMemory, now: readonly LinkStatus[]): LinkMemory {
  const stateOf = (scheme: LinkScheme): LinkStatus | undefined => now.find((status) => status.scheme === scheme);
  const unread = (scheme: LinkScheme): boolean => (stateOf(scheme)?.state ?? 'unknown') === 'unknown';
  const fresh = now
    .filter(({ scheme, state }) => state === 'other' && before.linksOurs.includes(scheme))
    .filter(({ scheme }) => !OPT_IN_SCHEMES.includes(scheme))
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

/** The notice about taken schemes; null if there are none. */
export function takenNotice(taken: readonly TakenLink[]): Notice | null {
  if (taken.length === 0) return null;
  const programs = [...new Set(taken.map(({ program }) => program))];
  const program = programs.length === 1 ? (programs[0] ?? '') : '';
  return { id: 'links-taken', schemes: taken.map(({ scheme }) => scheme), program };
}
