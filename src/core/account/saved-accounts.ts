import { isDeepStrictEqual } from 'node:util';
import { ok, type Result } from '../../shared/result.ts';
import type { SignInFlow, Tokens } from '../pbx/tokens.ts';
import { keyOf, sameAccount, sameServer, type AccountName } from './account-key.ts';
import type { AccountStore, SavedAccount } from './account-store.ts';

/**
 * The accounts of this computer, the one used last first, and the tokens of each. Tokens that may not be written down
 * are known until the program quits.
 */
export class SavedAccounts {
  readonly #store: AccountStore;
  #list: readonly SavedAccount[];
  readonly #tokens = new Map<string, Tokens>();

  constructor(store: AccountStore) {
    this.#store = store;
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

  /** The account and its tokens are known no more. */
  remove(account: SavedAccount): void {
    this.#tokens.delete(keyOf(account));
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

  hasTokens(account: SavedAccount): boolean {
    return this.#tokens.has(keyOf(account)) || this.#store.hasTokens(keyOf(account));
  }

  /** Those at the moment of the call; null when there are none. Error: `secrets-unreadable`. */
  tokens(account: SavedAccount): Promise<Result<Tokens | null>> {
    const known = this.#tokens.get(keyOf(account));
    return known === undefined ? this.#store.loadTokens(keyOf(account)) : Promise.resolve(ok(known));
  }

  /** Keeps new tokens, or forgets them; those of an account that was removed meanwhile are dropped. */
  async keep(account: SavedAccount, tokens: Tokens | null): Promise<void> {
    const key = keyOf(account);
    if (this.find(key) === null) return;
    if (tokens === null) this.#tokens.delete(key);
    else this.#tokens.set(key, tokens);
    await this.#store.saveTokens(key, account.remember ? tokens : null);
  }

  /** Whether secrets may be kept here has changed: writes or deletes those of every account. */
  async keepAgain(): Promise<void> {
    for (const account of this.#list) {
      const tokens = await this.tokens(account);
      if (tokens.ok) await this.#store.saveTokens(keyOf(account), account.remember ? tokens.value : null);
    }
  }

  #save(list: readonly SavedAccount[]): void {
    if (isDeepStrictEqual(list, this.#list)) return;
    this.#list = list;
    this.#store.saveAccounts(list);
  }
}
