import type { Desk } from '../core/desk.ts';
import type { FavouriteList } from '../core/people/favourite-list.ts';
import type { Pushes } from '../shared/ipc.ts';
import type { Settings } from '../shared/settings.ts';
import type { NumberForms, SliceName, State } from '../shared/state.ts';
import type { Authorities } from './authorities.ts';
import type { Desktop } from './desktop-state.ts';
import { FormattedNumbers } from './number-forms.ts';

interface Parts {
  desk: Desk;
  authorities: Authorities;
  favourites: FavouriteList;
  settings: { get(): Settings };
  desktop: Desktop;
}

/** Everything the window shows, put together from the parts of the program that hold it. */
export class WindowState {
  readonly numbers = new FormattedNumbers();
  readonly #parts: Parts;
  #pushed: NumberForms = {};

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get(): State {
    const { desk, authorities, favourites, settings, desktop } = this.#parts;
    const slices = {
      account: desk.account,
      trust: { certificates: desk.trusted, ...authorities.state },
      calls: desk.calls,
      dial: desk.dial,
      recents: desk.recents,
      presences: desk.presences,
      favourites: desk.people.favourites(favourites.all),
      settings: settings.get(),
      country: desk.country,
      desktop: desktop.state,
    };
    return { ...slices, numbers: this.numbers.forState(slices) };
  }

  /**
   * The messages to the window after a slice changed: the forms of new numbers first, then the slice that shows them.
   */
  pushes(slice: SliceName): Pushes['state'][] {
    const state = this.get();
    const changed = { slice, value: state[slice] } as Pushes['state'];
    if (state.numbers === this.#pushed) return [changed];
    this.#pushed = state.numbers;
    return [{ slice: 'numbers', value: state.numbers }, changed];
  }
}
