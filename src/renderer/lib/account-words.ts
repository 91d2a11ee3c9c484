import { plainText } from '../../shared/plain-text.ts';
import { messages } from '../state/messages.svelte.ts';

interface Named {
  displayName: string;
  username: string;
  extension: string;
  domain: string;
  address: string;
}

/** Who it is, as people call them. */
export const accountName = (account: Named): string => plainText(account.displayName || account.username, 64);

/**
 * Where they are: "Extension 101 · example.com"; the server instead of the domain when that is needed to distinguish
 * them from another of `among`.
 */
export function accountPlace({ extension, domain, address }: Named, among: readonly Named[] = []): string {
  const servers = new Set(among.filter((other) => other.domain === domain).map((other) => other.address));
  const parts = [
    extension === '' ? '' : messages().frame.extension(extension),
    servers.size > 1 || domain === '' ? address : domain,
  ];
  return parts
    .map((part) => plainText(part, 64))
    .filter((part) => part !== '')
    .join(' · ');
}
