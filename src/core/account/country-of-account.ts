import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../../shared/settings.ts';
import type { CountryState } from '../../shared/state.ts';
import { findCountry } from '../numbers/own-country.ts';
import type { Account } from './account.ts';

/** Which countries the window has shown for an account, the one in use first; ISO 3166-1 alpha-2. */
export interface CountryMemory {
  shownCountries(account: string): readonly string[];
  saveShownCountries(account: string, codes: readonly string[]): void;
}

export interface CountryOfAccountOptions {
  account: Pick<Account, 'countryHints' | 'numbers' | 'demo' | 'isTenantSettled' | 'key'>;
  settings: () => Settings;
  /** The region of the operating system, ISO 3166-1 alpha-2 or ''. */
  system: string;
  memory: CountryMemory;
  onChange: () => void;
}

/** The country that was found for the account, and whether the window should show a notice about it. */
export class CountryOfAccount {
  readonly #options: CountryOfAccountOptions;
  #state: CountryState = { found: null, isNew: false };

  constructor(options: CountryOfAccountOptions) {
    this.#options = options;
    this.find();
  }

  get state(): CountryState {
    return this.#state;
  }

  /** Call it when the window has shown the country. The window keeps showing it until the user dismisses it. */
  shown(): void {
    const code = this.#state.found?.code;
    if (this.#state.isNew && code !== undefined) this.#remember(code);
  }

  dismiss(): void {
    this.shown();
    this.find({ dismissed: true });
  }

  /**
   * Derives the country from the evidence again. It is new if all evidence is there and the window has never shown it
   * for this account. It is never new in the demo, whose PBX is elsewhere, or if the user has chosen a country.
   */
  find({ dismissed = false } = {}): void {
    const { account, settings, system, memory, onChange } = this.#options;
    const { identity, dialling } = settings();
    const before = this.#state;
    const numbers = [...identity.ownNumbers, ...account.numbers.others];
    const found = findCountry({ hints: account.countryHints, numbers, system });
    const mayShow = account.isTenantSettled && account.demo === null && dialling.country === '' && found !== null;
    const wasShown = mayShow && memory.shownCountries(account.key ?? '').includes(found.code);
    const staysNew = before.isNew && before.found?.code === found?.code;
    this.#state = { found, isNew: mayShow && !dismissed && (staysNew || !wasShown) };
    // The country in use comes first, because `traydial explain` reads numbers by it.
    if (wasShown && memory.shownCountries(account.key ?? '')[0] !== found.code) this.#remember(found.code);
    if (!isDeepStrictEqual(before, this.#state)) onChange();
  }

  #remember(code: string): void {
    const { account, memory } = this.#options;
    const key = account.key ?? '';
    memory.saveShownCountries(key, [code, ...memory.shownCountries(key).filter((other) => other !== code)]);
  }
}
