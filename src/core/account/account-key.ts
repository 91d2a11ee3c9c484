import { parseServerAddress } from '../pbx/server-address.ts';

/** What identifies an account. */
export interface AccountName {
  /** host or host:port as typed. */
  address: string;
  domain: string;
  username: string;
}

/** The key of an account. Files of earlier versions contain it, so it must not change. */
export const keyOf = ({ username, domain, address }: AccountName): string => `${username}@${domain} ${address}`;

/** host:port of what was typed as an address, e.g. "pbx.example.com:8887"; null if it is not an address. */
export function serverOf(address: string): string | null {
  const parsed = parseServerAddress(address);
  return parsed.ok ? parsed.value.origin.replace('https://', '') : null;
}

/** Whether the two are the same user at the same server, however its address was typed. */
export function sameAccount(one: AccountName, other: AccountName): boolean {
  return (
    one.username === other.username &&
    one.domain.toLowerCase() === other.domain.toLowerCase() &&
    sameServer(one.address, other.address)
  );
}

/** Whether both addresses lead to the same server; false if one of them is not an address. */
export function sameServer(one: string, other: string): boolean {
  const server = serverOf(one);
  return server !== null && server === serverOf(other);
}
