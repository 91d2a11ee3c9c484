import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../src/core/clock.ts';
import { HISTORY_MIGRATIONS } from '../../src/core/history/tables.ts';
import type { NumberPlace } from '../../src/core/numbers/national-number.ts';
import { People } from '../../src/core/people/people.ts';
import { peopleFiles } from '../../src/main/stores/people-files.ts';
import { manyCalls, openHistoryFile } from '../../test/core/history/support/many-calls.ts';
import { manyPeople } from '../../test/core/people/support/many-people.ts';
import { launchOnHost } from '../../test/e2e/support/host-driver.ts';
import { WindowPage } from '../../test/e2e/support/window-page.ts';
import { openTestPbx, type TestPbx } from '../../test/pbx/test-pbx.ts';
import { finishSetup } from '../../test/support/finished-setup.ts';
import { readyDatabase } from '../../test/support/ready-database.ts';
import { silentLog } from '../../test/support/silent-log.ts';

/** From the start of the program to the first picture of a signed-in account, in ms, in order. */
export interface Starts {
  empty: number[];
  full: number[];
}

export interface Stores {
  people: number;
  calls: number;
}

/** Starts a program whose stores are empty and one whose stores are full, in turns. */
export async function measureStarts(rounds: number, stores: Stores): Promise<Starts> {
  const pbx = await openTestPbx({ traffic: false, push: 'none' });
  const profiles = { empty: mkdtempSync(join(tmpdir(), 'bench-')), full: mkdtempSync(join(tmpdir(), 'bench-')) };
  const starts: Starts = { empty: [], full: [] };
  try {
    for (const profile of Object.values(profiles)) await signIn(profile, pbx);
    await fill(profiles.full, stores);
    for (let round = 0; round < rounds; round++) {
      starts.empty.push(await startOnce(profiles.empty));
      starts.full.push(await startOnce(profiles.full));
    }
    return starts;
  } finally {
    await pbx.close();
    for (const profile of Object.values(profiles)) rmSync(profile, { recursive: true, force: true });
  }
}

async function signIn(profile: string, pbx: TestPbx): Promise<void> {
  finishSetup(profile);
  const app = await launchOnHost({ profile });
  const window = new WindowPage(app.page);
  await window.signIn(pbx);
  await window.dialField.waitFor();
  await app.stop();
}

async function startOnce(profile: string): Promise<number> {
  const started = performance.now();
  const app = await launchOnHost({ profile });
  await new WindowPage(app.page).dialField.waitFor();
  const ms = performance.now() - started;
  await app.stop();
  return ms;
}

async function fill(profile: string, { people, calls }: Stores): Promise<void> {
  const path = join(profile, 'history.db');
  const account = accountIn(path);
  const { history, close } = openHistoryFile(path, systemClock, undefined, account);
  if (!(await history.addAll(manyCalls(calls, Date.now()), () => false))) throw new Error('not written');
  close();
  const file = peopleFiles(profile, silentLog).path(account) ?? '';
  const place = placeIn(file);
  const directory = new People({
    path: file,
    place: () => place,
    matchLength: () => null,
    clock: systemClock,
    log: silentLog,
    onNotice: () => undefined,
    onChange: () => undefined,
  });
  // No directory of the PBX, because the PBX would have it deleted.
  await directory.replace('file:many.csv', manyPeople(people));
  await directory.close();
}

/** The place for which the program reads numbers; at its next start it would read all people again for another one. */
function placeIn(path: string): NumberPlace {
  const database = new DatabaseSync(path, { readOnly: true });
  const row = database.prepare("SELECT value FROM meta WHERE key = 'reading'").get();
  database.close();
  const [, country, areaCode, extensions] = JSON.parse(String(row?.['value'])) as [unknown, string, string, string];
  return { country, areaCode, extensions };
}

function accountIn(path: string): string {
  const database = readyDatabase({ path, migrations: HISTORY_MIGRATIONS, clock: systemClock, log: silentLog });
  const row = database.prepare("SELECT account FROM place WHERE account <> ''").get();
  database.close();
  if (typeof row?.['account'] !== 'string') throw new Error('nobody has signed in');
  return row['account'];
}
