import type { Favourite } from '../../shared/dial.ts';
import { ok, type Result } from '../../shared/result.ts';
import { addFavourite, removeFavourite } from './favourites.ts';

export interface FavouriteListOptions {
  /** By account: what was dialled at one PBX means something else at another. */
  load: (account: string) => Favourite[];
  save: (account: string, favourites: Favourite[]) => void;
  onChange: () => void;
}

/** The favourites of whoever is signed in; those of the demo are gone with it. */
export class FavouriteList {
  readonly #options: FavouriteListOptions;
  #account: string | null = null;
  #list: Favourite[] = [];

  constructor(options: FavouriteListOptions) {
    this.#options = options;
  }

  get all(): Favourite[] {
    return this.#list;
  }

  /** Another account; null is the demo. */
  open(account: string | null): void {
    this.#account = account;
    this.#list = account === null ? [] : this.#options.load(account);
    this.#options.onChange();
  }

  /** An account was removed from this computer. */
  forget(account: string): void {
    this.#options.save(account, []);
  }

  /** Errors: favourites-full, number-empty. */
  add(favourite: Favourite): Result<null> {
    const added = addFavourite(this.#list, favourite);
    if (!added.ok) return added;
    this.#change(added.value);
    return ok(null);
  }

  remove(number: string): void {
    this.#change(removeFavourite(this.#list, number));
  }

  #change(list: Favourite[]): void {
    this.#list = list;
    if (this.#account !== null) this.#options.save(this.#account, list);
    this.#options.onChange();
  }
}
