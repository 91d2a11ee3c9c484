import type { Favourite } from '../../shared/dial.ts';
import { ok, type Result } from '../../shared/result.ts';
import { addFavourite, removeFavourite } from './favourites.ts';

export interface FavouriteListOptions {
  /** By account, because the same digits can mean different numbers at different PBXs. */
  load: (account: string) => Favourite[];
  /** Error: storage-failed. */
  save: (account: string, favourites: Favourite[]) => Result<null>;
  forget: (account: string) => void;
  onChange: () => void;
}

/** The favourites of the signed-in user. Those of the demo are not saved. */
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

  /** Opens another account; null is the demo. */
  open(account: string | null): void {
    this.#account = account;
    this.#list = account === null ? [] : this.#options.load(account);
    this.#options.onChange();
  }

  /** Must be called when an account was removed from this computer. */
  forget(account: string): void {
    this.#options.forget(account);
  }

  /** Errors: favourites-full, number-empty, storage-failed. */
  add(favourite: Favourite): Result<null> {
    const added = addFavourite(this.#list, favourite);
    return added.ok ? this.#change(added.value) : added;
  }

  /** Error: storage-failed. */
  remove(party: Pick<Favourite, 'number' | 'external'>): Result<null> {
    return this.#change(removeFavourite(this.#list, party));
  }

  /** Changes the list only when the change could be saved. */
  #change(list: Favourite[]): Result<null> {
    const saved = this.#account === null ? ok(null) : this.#options.save(this.#account, list);
    if (!saved.ok) return saved;
    this.#list = list;
    this.#options.onChange();
    return ok(null);
  }
}
