import type { SavedAccountInfo } from '../../shared/state.ts';
import { keyOf } from './account-key.ts';
import type { SavedAccount } from './account-store.ts';
import type { SavedAccounts } from './saved-accounts.ts';

/** The saved accounts as the window shows them, in the order of their names, whichever is active. */
export function savedInfo(saved: SavedAccounts, active: SavedAccount | null): SavedAccountInfo[] {
  const activeKey = active === null ? null : keyOf(active);
  return saved.list
    .map((account) => {
      const { address, domain, username, displayName, extension } = account;
      const key = keyOf(account);
      const hasSecret = saved.hasSecrets(account);
      return { key, address, domain, username, displayName, extension, active: key === activeKey, hasSecret };
    })
    .sort((a, b) => (a.displayName || a.username).localeCompare(b.displayName || b.username) || byKey(a, b));
}

const byKey = (a: SavedAccountInfo, b: SavedAccountInfo): number => (a.key < b.key ? -1 : 1);
