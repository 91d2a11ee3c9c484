import { basename } from 'node:path';
import type { PeopleNotice } from '../core/people/people.ts';
import type { Desktop } from './desktop-state.ts';

/** Shows what is wrong with the file of contacts; null: another one is opened. */
export function showPeopleNotice(desktop: Pick<Desktop, 'showNotice' | 'withdraw'>, notice: PeopleNotice | null): void {
  if (notice === null) {
    desktop.withdraw('contacts-not-kept');
    desktop.withdraw('contacts-damaged');
  } else if (notice.notice === 'damaged') {
    desktop.showNotice({ id: 'contacts-damaged', kept: basename(notice.aside) });
  } else if (notice.why !== 'no-sqlite') {
    // Without SQLite nothing is wrong with the file; only old versions of Electron have none.
    desktop.showNotice({ id: 'contacts-not-kept', why: notice.why });
  }
}
