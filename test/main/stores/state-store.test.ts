import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../support/silent-log.ts';
import { StateStore } from '../../../src/main/stores/state-store.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { Notices } from '../../support/notices.ts';

test('the favourites of all accounts up to the limit are kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const open = () => new StateStore(folder, new ManualClock(), silentLog, new Notices());
  const store = open();
  const accounts = Array.from({ length: 100 }, (_, index) => `account ${index}`);
  for (const account of accounts)
    store.saveFavourites(account, [{ number: '1002', name: account, provenance: 'favourite' }]);
  store.close();
  const kept = accounts.filter((account) => open().favourites(account)[0]?.name === account);
  expect(kept).toEqual(accounts);
});
