import { plainText } from '../../shared/plain-text.ts';

interface Named {
  displayName: string;
  username: string;
  extension: string;
  domain: string;
  address: string;
}

/** Who it is, as people call them. */
export const accountName = (account: Named): string => plainText(account.displayName || account.username, 64);

/** Where they are: "Extension 101 · example.com". */
export function accountPlace({ extension, domain, address }: Named): string {
  const parts = [extension === '' ? '' : `Extension ${extension}`, domain || address];
  return parts
    .map((part) => plainText(part, 64))
    .filter((part) => part !== '')
    .join(' · ');
}
