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
  account: Pick<Account, 'countryHints' | 'numbers' | 'demo' | 'isTenantAsked' | 'key'>;
  settings: () => Settings;
  /** The region of the operating system, ISO 3166-1 alpha-2 or ''. */
  system: string;
  memory: CountryMemory;
  onChange: () => void;
}

/** The country that is found for the account, and whether the window is to show it. */
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

  /** The window has shown it. It goes on showing it until that is dismissed. */
  shown(): void {
    const code = this.#state.found?.code;
    if (this.#state.isNew && code !== undefined) this.#remember(code);
  }

  dismiss(): void {
    this.shown();
    this.find({ dismissed: true });
  }

  /**
   * Derives the country from the evidence again. It is new when all evidence is there and the account has not been
   * shown this country before; not in the demo, which is elsewhere, and not when the user has chosen one.
   */
  find({ dismissed = false } = {}): void {
    const { account, settings, system, memory, onChange } = this.#options;
    const { identity, dialling } = settings();
    const before = this.#state;
    const numbers = [...identity.ownNumbers, ...account.numbers.others];
    const found = findCountry({ hints: account.countryHints, numbers, system });
    const mayShow = account.isTenantAsked && account.demo === null && dialling.country === '' && found !== null;
    const wasShown = mayShow && memory.shownCountries(account.key ?? '').includes(found.code);
    const goesOn = before.isNew && before.found?.code === found?.code;
    this.#state = { found, isNew: mayShow && !dismissed && (goesOn || !wasShown) };
    // The one in use comes first: `traydial explain` reads numbers by it.
    if (wasShown && memory.shownCountries(account.key ?? '')[0] !== found.code) this.#remember(found.code);
    if (!isDeepStrictEqual(before, this.#state)) onChange();
  }

  #remember(code: string): void {
    const { account, memory } = this.#options;
    const key = account.key ?? '';
    memory.saveShownCountries(key, [code, ...memory.shownCountries(key).filter((other) => other !== code)]);
  }
}
