import type { AccountState } from '../../shared/state.ts';
import { parseServerAddress } from '../pbx/server-address.ts';

/** The names by which links can mean the account's own PBX: its host and its SIP domain, in lower case. */
export function ownHosts({ address, domain }: Pick<AccountState, 'address' | 'domain'>): string[] {
  const server = parseServerAddress(address);
  const host = server.ok ? new URL(server.value.origin).hostname : '';
  return [host, domain].filter((name) => name !== '').map((name) => name.toLowerCase());
}
