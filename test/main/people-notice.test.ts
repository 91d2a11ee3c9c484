import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { AccountPeople } from '../../src/core/people/account-people.ts';
import { Desktop, desktopAtStart } from '../../src/main/desktop-state.ts';
import { showPeopleNotice } from '../../src/main/people-notice.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings/defaults.ts';
import { dialRulesOf } from '../../src/core/settings/dial-rules-of.ts';
import { silentLog } from '../support/silent-log.ts';

let folder: string;
let people: AccountPeople;
const desktop = new Desktop(desktopAtStart('1.0.0', 'linux'), () => undefined);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-people-notice-'));
  people = new AccountPeople({
    // A folder is no database.
    files: {
      path: (account) => (account === 'alex' ? folder : join(folder, `${account}.db`)),
      forget: () => undefined,
    },
    place: () => dialRulesOf(DEFAULT_SETTINGS),
    matchLength: () => null,
    clock: systemClock,
    log: silentLog,
    onNotice: (notice) => showPeopleNotice(desktop, notice),
    onChange: () => undefined,
  });
});
afterEach(async () => {
  await people.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = async (account: string): Promise<string[]> => {
  people.open(account);
  await people.ready;
  return desktop.state.notices.map(({ id }) => id);
};

test('a notice says that contacts cannot be stored or were damaged, until an account is opened whose contacts are stored', async () => {
  expect(await open('alex')).toEqual(['contacts-not-kept']);
  expect(await open('bo')).toEqual([]);
  writeFileSync(join(folder, 'cleo.db'), 'no database'.repeat(1_000));
  expect(await open('cleo')).toEqual(['contacts-damaged']);
  expect(await open('bo')).toEqual([]);
});
