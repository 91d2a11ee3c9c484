import { plainText } from '../../shared/plain-text.ts';

interface Named {
  displayName: string;
  username: string;
  extension: string;
  domain: string;
  address: string;
}

/** The name of the user of an account. */
export const accountName = (account: Named): string => plainText(account.displayName || account.username, 64);

/**
 * The extension and domain of an account: "101 · example.com". If an account in `among` has the same domain on
 * another server, the address of the server takes the place of the domain.
 */
export function accountPlace({ extension, domain, address }: Named, among: readonly Named[] = []): string {
  const servers = new Set(among.filter((other) => other.domain === domain).map((other) => other.address));
  return [extension, servers.size > 1 || domain === '' ? address : domain]
    .map((part) => plainText(part, 64))
    .filter((part) => part !== '')
    .join(' · ');
}
