import type { SettingsPage } from '../../messages/settings.ts';

interface Position {
  /** How far the page was scrolled, in px. */
  top: number;
  /** Id of the control that had the focus last; '' if none had it. */
  focus: string;
}

const TOP: Position = { top: 0, focus: '' };

/** Where the user is in the settings. It is kept when they leave the view, so that they return to the same place. */
export class SettingsPlace {
  /** The page that is open; null for the list of pages. */
  page = $state<SettingsPage | null>(null);
  /** The text in the search field. */
  search = $state('');
  // It need not be reactive, because nothing on the screen depends on it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #positions = new Map<SettingsPage | null, Position>();

  /** The position on the current page. */
  get position(): Position {
    return this.#positions.get(this.page) ?? TOP;
  }

  keep(change: Partial<Position>): void {
    this.#positions.set(this.page, { ...this.position, ...change });
  }

  /** Opens a page from the list, at its top. */
  open(page: SettingsPage): void {
    this.#positions.delete(page);
    this.page = page;
  }
}
