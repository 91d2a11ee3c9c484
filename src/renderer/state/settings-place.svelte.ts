import type { SettingsPage } from '../../messages/settings.ts';

interface Place {
  /** How far the page was scrolled, in px. */
  top: number;
  /** Id of the control that had the focus last; '' for none. */
  focus: string;
}

const TOP: Place = { top: 0, focus: '' };

/** Where the user is in the settings. It outlives the view, so that they come back to the same place. */
export class SettingsPlace {
  /** null: the list of pages. */
  page = $state<SettingsPage | null>(null);
  /** What is searched for among all pages; '' when nothing is. */
  search = $state('');
  // Nothing is shown by it, so it need not be reactive.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #places = new Map<SettingsPage | null, Place>();

  /** The place on the current page. */
  get place(): Place {
    return this.#places.get(this.page) ?? TOP;
  }

  keep(change: Partial<Place>): void {
    this.#places.set(this.page, { ...this.place, ...change });
  }

  /** Shows a page; one that is opened from the list begins at its top. */
  open(page: SettingsPage): void {
    this.#places.delete(page);
    this.page = page;
  }
}
