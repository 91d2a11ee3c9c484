import { LINK_SCHEMES } from '../../shared/links.ts';

const LINK = new RegExp(`^(["']?)((?:${LINK_SCHEMES.join('|')}):.*)$`, 'is');

/** Returns the link in one argument without the quotes around it; null if the argument is no link. */
export function linkIn(argument: string): string | null {
  const [, quote = '', link] = LINK.exec(argument.trim()) ?? [];
  if (link === undefined) return null;
  const end = quote === '' ? -1 : link.indexOf(quote);
  return end === -1 ? link : link.slice(0, end);
}

/**
 * Returns the first link in the arguments of a start or of a second start; null if there is none. It skips switches (of
 * Chromium, for example) and paths. It ignores the arguments after the link, so that a link cannot bring others with it.
 * The link is not checked here: readDial does that.
 */
export function findLink(argv: readonly string[]): string | null {
  for (const argument of argv) {
    const link = linkIn(argument);
    if (link !== null) return link;
  }
  return null;
}
