// Opens the program's own stores in the folder that is its argument, changes a value in each, ends, and prints the
// results as JSON. A process of its own, so that a store that hangs can be killed and another user can run it.
import { openCrashStores, readRound, writeRound } from './crash-stores.ts';

export interface StoresReport {
  /** The round that each file held when it was opened. */
  found: Record<string, number | null>;
  /** The notices once the stores are open, and after the changes. */
  opened: string[];
  changed: string[];
  /** The error codes with which a change was answered; null for none. */
  answers: { settings: string | null; favourite: string | null };
}

const ROUND = 7;

const stores = openCrashStores(process.argv[2] ?? '');
const found = await readRound(stores);
const opened = stores.notices.lines;
await writeRound(stores, ROUND);
const setting = stores.settings.change({ polling: { intervalSeconds: 30 } });
const favourite = stores.memory.saveFavourites('account', [{ number: '1002', name: 'Bo', provenance: 'favourite' }]);
const report: StoresReport = {
  found,
  opened,
  changed: stores.notices.lines,
  answers: {
    settings: setting.ok ? null : setting.error.code,
    favourite: favourite.ok ? null : favourite.error.code,
  },
};
for (const store of [stores.settings, stores.memory, stores.accounts]) store.close();
process.stdout.write(JSON.stringify(report));
