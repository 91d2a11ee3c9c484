import { isDeepStrictEqual } from 'node:util';
import { ok, type Result } from '../../shared/result.ts';
import type { SignInFlow } from '../pbx/tokens.ts';
import { reportBug } from '../report-bug.ts';
import { keyOf, sameAccount, sameServer, type AccountName } from './account-key.ts';
import type { AccountStore, SavedAccount, Secrets } from './account-store.ts';

/**
 * The accounts saved on this computer, most recently used first, and their secrets. Secrets of this run stay in memory
 * until the program quits; those that must not be stored exist only there.
 */
export class SavedAccounts {
  readonly #store: AccountStore;
  #list: readonly SavedAccount[];
  readonly #mayStorePassword: () => boolean;
  readonly #secrets = new Map<string, Secrets>();
  /** How often an account's secrets were replaced or deleted. Secrets that were read before that are out of date. */
  readonly #versions = new Map<string, number>();

  constructor(store: AccountStore, mayStorePassword: () => boolean) {
    this.#store = store;
    this.#mayStorePassword = mayStorePassword;
    this.#list = store.accounts;
  }

  get list(): readonly SavedAccount[] {
    return this.#list;
  }

  get mostRecent(): SavedAccount | null {
    return this.#list[0] ?? null;
  }

  find(key: string): SavedAccount | null {
    return this.#list.find((account) => keyOf(account) === key) ?? null;
  }

  /** The saved account of the same user at the same server, even if the address was typed differently. */
  findEquivalent(name: AccountName): SavedAccount | null {
    return this.#list.find((account) => sameAccount(account, name)) ?? null;
  }

  /** The accounts at this server, however its address is written. */
  atServer(address: string): SavedAccount[] {
    return this.#list.filter((account) => sameServer(account.address, address));
  }

  /** Adds or updates an account and moves it to the front of the list. */
  saveAsMostRecent(account: SavedAccount): void {
    const others = this.#list.filter((other) => keyOf(other) !== keyOf(account));
    this.#save([account, ...others]);
  }

  /** Removes an account and its secrets. The store deletes the stored ones with the account. */
  remove(account: SavedAccount): void {
    this.#replace(keyOf(account), null);
    this.#save(this.#list.filter((other) => keyOf(other) !== keyOf(account)));
  }

  /** The API of the latest sign-in at this server; null if it is not known. */
  lastFlowAt(address: string): SignInFlow | null {
    return this.atServer(address).find(({ flow }) => flow !== null)?.flow ?? null;
  }

  forgetFlowAt(address: string): void {
    this.#save(
      this.#list.map((account) => (sameServer(account.address, address) ? { ...account, flow: null } : account)),
    );
  }

  hasSecrets(account: SavedAccount): boolean {
    return this.#secrets.has(keyOf(account)) || this.#store.hasSecrets(keyOf(account));
  }

  /** The account's secrets as they are now; null if there are none. Error: `secrets-unreadable`. */
  async secrets(account: SavedAccount): Promise<Result<Secrets | null>> {
    const key = keyOf(account);
    const known = this.#secrets.get(key);
    if (known !== undefined) return ok(known);
    const version = this.#versions.get(key);
    const loaded = await this.#store.loadSecrets(key);
    if (version !== this.#versions.get(key)) {
      // The secrets of an account that was removed are needed to sign it out.
      return this.find(key) === null ? loaded : ok(this.#secrets.get(key) ?? null);
    }
    if (loaded.ok && loaded.value !== null) this.#secrets.set(key, loaded.value);
    return loaded;
  }

  /**
   * Replaces an account's secrets; null deletes them. Ignored if the account was removed meanwhile. The new ones are in
   * use at once; resolves when they are stored, for which a key store can take its time. Never rejects.
   */
  async setSecrets(account: SavedAccount, secrets: Secrets | null): Promise<void> {
    const key = keyOf(account);
    if (this.find(key) === null) return;
    this.#replace(key, secrets);
    await this.#store.saveSecrets(key, this.#storablePart(account, secrets)).catch(reportBug);
  }

  /** The user changed which secrets may be stored: stores or deletes those of every account accordingly. */
  async applySecretPolicy(): Promise<void> {
    for (const account of this.#list) {
      const key = keyOf(account);
      const version = this.#versions.get(key);
      const stored = await this.secrets(account);
      // Secrets that were replaced meanwhile were stored according to the new policy.
      if (!stored.ok || version !== this.#versions.get(key)) continue;
      await this.#store.saveSecrets(key, this.#storablePart(account, stored.value));
    }
  }

  #replace(key: string, secrets: Secrets | null): void {
    this.#versions.set(key, (this.#versions.get(key) ?? 0) + 1);
    if (secrets === null) this.#secrets.delete(key);
    else this.#secrets.set(key, secrets);
  }

  #storablePart(account: SavedAccount, secrets: Secrets | null): Secrets | null {
    if (secrets === null || !account.remember) return null;
    return this.#mayStorePassword() ? secrets : { ...secrets, password: null };
  }

  #save(list: readonly SavedAccount[]): void {
    if (isDeepStrictEqual(list, this.#list)) return;
    this.#list = list;
    this.#store.saveAccounts(list);
  }
}
