import { LINK_SCHEMES } from '../../shared/links.ts';

const LINK = new RegExp(`^(["']?)((?:${LINK_SCHEMES.join('|')}):.*)$`, 'is');

/** The link in one argument, without quotes around it, or null. */
export function linkIn(argument: string): string | null {
  const [, quote = '', link] = LINK.exec(argument.trim()) ?? [];
  if (link === undefined) return null;
  const end = quote === '' ? -1 : link.indexOf(quote);
  return end === -1 ? link : link.slice(0, end);
}

/**
 * The first link in a command line (argv of a cold start or of a second instance), or null. Switches such as
 * Chromium's and paths are passed over; what follows the link is ignored, so that nothing can ride on it.
 * Always a piece of one argument, unread: readDial judges it.
 */
export function findLink(argv: readonly string[]): string | null {
  for (const argument of argv) {
    const link = linkIn(argument);
    if (link !== null) return link;
  }
  return null;
}
