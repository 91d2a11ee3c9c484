import type { CountryMemory } from './account/country-of-account.ts';
import type { Histories } from './history/history.ts';
import type { Log } from './log-port.ts';
import type { AccountPeople } from './people/account-people.ts';
import type { FavouriteList } from './people/favourite-list.ts';

interface KeptOfAccounts {
  histories: Pick<Histories, 'forget'>;
  favourites: Pick<FavouriteList, 'forget'>;
  people: Pick<AccountPeople, 'forget'>;
  countries: Pick<CountryMemory, 'saveShownCountries'>;
  log: Log;
}

/** Deletes what is kept of an account. What cannot be deleted stops neither the rest nor the sign-out. */
export function forgetAccount(key: string, { histories, favourites, people, countries, log }: KeptOfAccounts): void {
  const attempt = async (work: () => void | Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.warn(`Not everything of a removed account was deleted: ${String(error)}`);
    }
  };
  void attempt(() => histories.forget(key));
  void attempt(() => favourites.forget(key));
  void attempt(() => people.forget(key));
  void attempt(() => countries.saveShownCountries(key, []));
}
