import type { SettingsMessages } from '../../messages/settings.ts';
import { OPT_IN_SCHEMES, type LinkStatus } from '../../shared/links.ts';
import { plainText } from '../../shared/plain-text.ts';

type Words = SettingsMessages['links'];

/** The program that opens the links of a scheme. */
export function programOf({ state, program }: LinkStatus, words: Words): string {
  switch (state) {
    case 'ours':
      return words.traydial;
    case 'other':
      return program === '' ? words.another : plainText(program, 64);
    case 'none':
      return words.nothing;
    case 'broken':
      return words.missing;
    case 'unknown':
      return words.unknown;
  }
}

/** The programs that open phone links, as one phrase. Schemes that Traydial opens only on request do not count. */
export function programsOf(links: readonly LinkStatus[], words: Words): string {
  if (links.length === 0) return words.checking;
  const counted = links.filter(({ scheme }) => !OPT_IN_SCHEMES.includes(scheme));
  const open = counted.filter(({ state }) => state !== 'none');
  return words.several([...new Set((open.length === 0 ? counted : open).map((link) => programOf(link, words)))]);
}
