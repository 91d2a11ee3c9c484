import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock, SystemClock } from '../../src/core/clock.ts';
import { SqliteHistories } from '../../src/core/history/sqlite-histories.ts';
import { HISTORY_MIGRATIONS } from '../../src/core/history/tables.ts';
import type { Database } from '../../src/core/store/database.ts';
import { contractViolations } from '../pbx/contract.ts';
import * as dialects from '../pbx/dialects.ts';
import { DECLINED, TAKEN } from '../pbx/staging.ts';
import { startTestPbx } from '../pbx/start-test-pbx.ts';
import type { TestPbx, TestPbxOptions } from '../pbx/test-pbx.ts';
import { readyDatabase } from '../support/ready-database.ts';
import { silentLog } from '../support/silent-log.ts';
import { formFor, MemoryAccounts, openTestDesk, until, type TestDesk } from './support/test-desk.ts';

const MAPLE = '+12015550123';
const FOR_ME = { caller: MAPLE, callerName: 'Maple & Sons Joinery', callee: '1001', trunk: 'Main' };

let folder: string;
let database: Database | null = null;
let pbx: TestPbx;
let it: TestDesk | null = null;
let accounts: MemoryAccounts;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-desk-history-'));
  accounts = new MemoryAccounts();
});
afterEach(async () => {
  await stop();
  await pbx.close();
  rmSync(folder, { recursive: true, force: true });
});

const startPbx = async (options: TestPbxOptions = {}): Promise<void> => {
  pbx = await startTestPbx({ pace: 10, ...options });
};

/** Without random delays. */
const clock = Object.assign(new SystemClock(), { random: () => 0 });

/** Starts the program with the history of its last run. */
async function start(): Promise<TestDesk> {
  const path = join(folder, 'history.db');
  database = readyDatabase({ path, migrations: HISTORY_MIGRATIONS, clock: systemClock, log: silentLog });
  const histories = new SqliteHistories({
    database,
    clock: systemClock,
    log: silentLog,
    keepDays: () => 365,
    storedElsewhere: () => [],
  });
  const made = openTestDesk({ accounts, histories, clock });
  it = made;
  if (accounts.accounts.length === 0) await made.desk.accounts.signIn(formFor(pbx));
  else await made.desk.accounts.resume();
  await until(() => expect(made.desk.calls.list.status).toBe('live'));
  return made;
}

async function stop(): Promise<void> {
  await it?.desk.close();
  it = null;
  database?.close();
  database = null;
}

const shown = ({ desk }: TestDesk): string[] =>
  desk.recents.map(({ direction, outcome, number, name }) => `${direction} ${outcome} ${number} ${name}`.trim());

/** Waits until the records of the PBX were read again. */
const diffs = (): number => pbx.requests.filter(({ path }) => path.endsWith('/diff')).length;
const readAgain = async (): Promise<void> => {
  const before = diffs();
  await until(() => expect(diffs()).toBeGreaterThan(before));
};

test('a call that the program saw and the PBX recorded is listed once', async () => {
  await startPbx();
  const made = await start();
  await until(() => expect(diffs()).toBe(1));
  const id = pbx.addSession({ legs: [FOR_ME] });
  await until(() => expect(made.events.some(({ type }) => type === 'for-me')).toBe(true));
  pbx.answer(id);
  await until(() => expect(made.events.some(({ type }) => type === 'answered')).toBe(true));
  pbx.endSession(id);
  await readAgain();
  expect(shown(made)).toEqual([`incoming connected ${MAPLE} Maple & Sons Joinery`]);
});

test('calls from while the program did not run are listed once after the next start', async () => {
  await startPbx();
  const before = await start();
  const seen = pbx.addSession({ legs: [FOR_ME] });
  await until(() => expect(before.events.some(({ type }) => type === 'for-me')).toBe(true));
  // This call rings when the program ends.
  await stop();
  pbx.endSession(seen);
  pbx.endSession(pbx.addSession({ legs: [{ ...FOR_ME, caller: '+442079460321' }] }), DECLINED);
  const after = await start();
  await until(() => expect(shown(after).toSorted()).toHaveLength(2));
  expect(shown(after).toSorted()).toEqual([`incoming declined +442079460321`, `incoming missed ${MAPLE}`]);
  await stop();
  const asked = diffs();
  const again = await start();
  await until(() => expect(diffs()).toBeGreaterThan(asked));
  expect(shown(again)).toHaveLength(2);
});

test('a search of the history finds a call by the name that the directory has for its number', async () => {
  await startPbx();
  // Before the start, so that the first records have it: the list and push may both miss a call that ends at once.
  pbx.endSession(pbx.addSession({ legs: [{ ...FOR_ME, callerName: 'WIRELESS CALLER' }] }));
  const made = await start();
  await until(() => expect(made.desk.recents).toHaveLength(1));
  const found = async (text: string) => (await made.desk.history.page({ text, only: null }, null)).entries.length;
  expect(await found('berg')).toBe(0);
  const numbers = [{ kind: 'work' as const, written: MAPLE }];
  const anna = { id: '1', source: '', name: 'Anna Berg', company: 'Berg GmbH', department: '', email: '', numbers };
  await made.desk.people.importFile('people.csv', [{ ...anna, favourite: false }]);
  expect(await found('berg')).toBe(1);
  await made.desk.people.removeFile('people.csv');
  expect(await found('berg')).toBe(0);
});

test('the records of the last day are read again if the PBX does not know the sync token any more', async () => {
  await startPbx();
  pbx.endSession(pbx.addSession({ legs: [FOR_ME] }));
  const before = await start();
  await until(() => expect(shown(before)).toEqual([`incoming missed ${MAPLE}`]));
  await stop();
  pbx.forgetSyncTokens();
  pbx.endSession(pbx.addSession({ legs: [{ ...FOR_ME, caller: '1002' }] }));
  const after = await start();
  await until(() => expect(shown(after)).toHaveLength(2));
});

test.each(Object.entries(dialects).filter(([name]) => name.startsWith('ELSEWHERE')))(
  'a call that a colleague took is not missed (%s)',
  async (_name, dialect) => {
    await startPbx({ dialect: dialect as TestPbxOptions['dialect'] & object });
    const made = await start();
    await until(() => expect(diffs()).toBe(1));
    const id = pbx.addSession({ dialled: '6000', legs: [FOR_ME, { ...FOR_ME, callee: '1002' }] });
    await until(() => expect(made.events.some(({ type }) => type === 'for-me')).toBe(true));
    pbx.answer(id, '1002');
    pbx.calls.dropLeg(id, '1001', TAKEN);
    await until(() => expect(made.desk.calls.calls.some(({ mine }) => mine)).toBe(false));
    pbx.endSession(id);
    await readAgain();
    expect(made.desk.recents.filter(({ outcome }) => outcome === 'missed')).toEqual([]);
    expect(made.desk.history.missed).toBe(0);
  },
);

test('new voicemails are counted by a documented request, and the count is hidden if the PBX refuses it', async () => {
  await startPbx();
  const voicemail = { sender: MAPLE, created_at: '2026-01-15T09:00:00Z', duration: 12 };
  pbx.directories.voicemails = [
    { ...voicemail, id: '1', status: 'UNREAD' },
    { ...voicemail, id: '2', status: 'READ' },
  ];
  const made = await start();
  expect(made.desk.waiting).toEqual({ people: 0, voicemails: null });
  const asked = () => pbx.requests.filter(({ path }) => path === '/api/voicemails');
  await vi.waitFor(() => expect(made.desk.waiting.voicemails).toBe(1), { timeout: 60_000, interval: 100 });
  expect(contractViolations(asked())).toEqual([]);
  await stop();
  pbx.directories.voicemails = 'forbidden';
  const again = await start();
  await vi.waitFor(() => expect(asked()).toHaveLength(2), { timeout: 60_000, interval: 100 });
  expect(again.desk.waiting.voicemails).toBeNull();
});
