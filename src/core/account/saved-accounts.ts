import { isDeepStrictEqual } from 'node:util';
import { ok, type Result } from '../../shared/result.ts';
import type { SignInFlow } from '../pbx/tokens.ts';
import { keyOf, sameAccount, sameServer, type AccountName } from './account-key.ts';
import type { AccountStore, SavedAccount, Secrets } from './account-store.ts';

/**
 * The accounts of this computer, the one used last first, and the secrets of each. Secrets that may not be written down
 * are known until the program quits.
 */
export class SavedAccounts {
  readonly #store: AccountStore;
  #list: readonly SavedAccount[];
  readonly #mayKeepPassword: () => boolean;
  readonly #secrets = new Map<string, Secrets>();

  constructor(store: AccountStore, mayKeepPassword: () => boolean) {
    this.#store = store;
    this.#mayKeepPassword = mayKeepPassword;
    this.#list = store.accounts;
  }

  get list(): readonly SavedAccount[] {
    return this.#list;
  }

  get latest(): SavedAccount | null {
    return this.#list[0] ?? null;
  }

  find(key: string): SavedAccount | null {
    return this.#list.find((account) => keyOf(account) === key) ?? null;
  }

  /** The same user at the same server, perhaps with its address written in another way. */
  like(name: AccountName): SavedAccount | null {
    return this.#list.find((account) => sameAccount(account, name)) ?? null;
  }

  at(address: string): SavedAccount[] {
    return this.#list.filter((account) => sameServer(account.address, address));
  }

  /** Saves an account as the one used last. */
  use(account: SavedAccount): void {
    const others = this.#list.filter((other) => keyOf(other) !== keyOf(account));
    this.#save([account, ...others]);
  }

  /** The account and its secrets are known no more. */
  remove(account: SavedAccount): void {
    this.#secrets.delete(keyOf(account));
    this.#save(this.#list.filter((other) => keyOf(other) !== keyOf(account)));
  }

  /** The API that was last signed in to by at this server. */
  flowAt(address: string): SignInFlow | null {
    return this.at(address).find(({ flow }) => flow !== null)?.flow ?? null;
  }

  forgetFlowAt(address: string): void {
    if (this.flowAt(address) === null) return;
    this.#save(
      this.#list.map((account) => (sameServer(account.address, address) ? { ...account, flow: null } : account)),
    );
  }

  hasSecrets(account: SavedAccount): boolean {
    return this.#secrets.has(keyOf(account)) || this.#store.hasSecrets(keyOf(account));
  }

  /** Those at the moment of the call; null when there are none. Error: `secrets-unreadable`. */
  secrets(account: SavedAccount): Promise<Result<Secrets | null>> {
    const known = this.#secrets.get(keyOf(account));
    return known === undefined ? this.#store.loadSecrets(keyOf(account)) : Promise.resolve(ok(known));
  }

  /** Keeps new secrets, or forgets them; those of an account that was removed meanwhile are dropped. */
  async keep(account: SavedAccount, secrets: Secrets | null): Promise<void> {
    const key = keyOf(account);
    if (this.find(key) === null) return;
    if (secrets === null) this.#secrets.delete(key);
    else this.#secrets.set(key, secrets);
    await this.#store.saveSecrets(key, this.#toWrite(account, secrets));
  }

  /** Which secrets may be kept here has changed: writes or deletes those of every account. */
  async keepAgain(): Promise<void> {
    for (const account of this.#list) {
      const secrets = await this.secrets(account);
      if (secrets.ok) await this.#store.saveSecrets(keyOf(account), this.#toWrite(account, secrets.value));
    }
  }

  #toWrite(account: SavedAccount, secrets: Secrets | null): Secrets | null {
    if (secrets === null || !account.remember) return null;
    return this.#mayKeepPassword() ? secrets : { ...secrets, password: null };
  }

  #save(list: readonly SavedAccount[]): void {
    if (isDeepStrictEqual(list, this.#list)) return;
    this.#list = list;
    this.#store.saveAccounts(list);
  }
}
