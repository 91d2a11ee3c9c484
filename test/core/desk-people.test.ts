import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { recentsHistories } from '../../src/core/history/recents-history.ts';
import { peopleFiles } from '../../src/main/stores/people-files.ts';
import { startTestPbx } from '../pbx/start-test-pbx.ts';
import type { TestPbx } from '../pbx/test-pbx.ts';
import type { OwnContact } from '../../src/shared/contacts.ts';
import { silentLog } from '../support/silent-log.ts';
import { formFor, MemoryAccounts, openTestDesk, until, type TestDesk } from './support/test-desk.ts';

let folder = '';
let pbx: TestPbx;
let open: TestDesk[] = [];
const accounts = { current: new MemoryAccounts() };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-desk-people-'));
  accounts.current = new MemoryAccounts();
  pbx = await startTestPbx({ traffic: false });
  pbx.directories.extensions.set({ id: '1', display_name: 'Priya Raman', extension_number: '1002' });
  pbx.directories.company.set({
    id: '1',
    name: 'Anna Berg',
    company: 'Berg GmbH',
    business: '+12015550123',
  });
  for (const [id, name] of ['Bo Chen', 'Cleo Dahl'].entries())
    pbx.directories.company.set({ id: `2${id}`, name, mobile_phone: '+12015550177' });
  pbx.directories.ringGroups.push({ id: '1', name: 'Sales', extension_number: '6000' });
});

afterEach(async () => {
  await Promise.all(open.map(({ desk }) => desk.close()));
  open = [];
  await pbx.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program with the data of its last run. */
function start(more: Parameters<typeof openTestDesk>[0] = {}): TestDesk {
  const made = openTestDesk({
    ...more,
    accounts: accounts.current,
    people: peopleFiles(folder, silentLog),
    settings: { polling: { intervalSeconds: 2, requestsPerMinute: 600 } },
  });
  open.push(made);
  return made;
}

async function openSignedIn(): Promise<TestDesk> {
  const made = start();
  expect(await made.desk.accounts.signIn(formFor(pbx))).toMatchObject({ ok: true });
  await until(() => expect(made.desk.calls.list.status).toBe('live'));
  return made;
}

/** Waits until the directory is read, and returns who has a number. */
async function read(made: TestDesk): Promise<void> {
  await until(() =>
    expect(made.desk.people.favourites([{ number: '6000', name: '', provenance: 'typed' }])[0]?.name).toBe('Sales'),
  );
}

function rings(caller: string, callerName: string, callee = '1001'): string {
  return pbx.addSession({ legs: [{ caller, callerName, callee, trunk: 'Main' }] });
}

const otherOf = ({ desk }: TestDesk, id: string) => desk.calls.calls.find((call) => call.id === id)?.other;

test("a call shows the directory's name and company, whatever name the caller sends", async () => {
  const made = await openSignedIn();
  await read(made);
  const id = rings('+12015550123', 'Your Bank');
  made.desk.refresh();
  await until(() =>
    expect(otherOf(made, id)).toEqual({ number: '+12015550123', name: 'Anna Berg', company: 'Berg GmbH' }),
  );
  const announced = made.events.filter(({ type, call }) => type === 'for-me' && call.id === id);
  expect(announced.map(({ call }) => call.other.name)).toEqual(['Anna Berg']);
  pbx.endSession(id);
  await until(() => expect(made.desk.recents[0]).toMatchObject({ name: 'Anna Berg', company: 'Berg GmbH' }));
});

test("a stranger who sends a colleague's name has no name, and any other name that they send is marked as claimed", async () => {
  const made = await openSignedIn();
  await read(made);
  const impostor = rings('+12015550166', 'Priya Raman');
  const stranger = rings('+12015550167', 'Nadia Petrova');
  made.desk.refresh();
  await until(() => expect(otherOf(made, impostor)).toEqual({ number: '+12015550166', name: '' }));
  await until(() =>
    expect(otherOf(made, stranger)).toEqual({ number: '+12015550167', name: 'Nadia Petrova', claimed: true }),
  );
});

test('a number of several people shows all of them', async () => {
  const made = await openSignedIn();
  await read(made);
  const id = rings('+12015550177', '');
  made.desk.refresh();
  await until(() => expect(otherOf(made, id)).toEqual({ number: '+12015550177', name: '', several: 2 }));
});

test('a call that rings while the directory is read gets its name afterwards', async () => {
  const made = await openSignedIn();
  const id = rings('+12015550123', '');
  made.desk.refresh();
  await until(() => expect(otherOf(made, id)?.name).toBe('Anna Berg'));
});

test('names stay known without the PBX and after a restart, and are removed with the account', async () => {
  const made = await openSignedIn();
  await read(made);
  await made.desk.close();
  open = [];
  await pbx.close();
  const again = start();
  void again.desk.accounts.resume();
  await until(() =>
    expect(again.desk.people.favourites([{ number: '1002', name: '', provenance: 'typed' }])[0]?.name).toBe(
      'Priya Raman',
    ),
  );
  const [saved] = again.desk.account.saved;
  await until(() => expect(again.desk.account.status).not.toBe('signing-in'));
  await again.desk.accounts.remove(saved?.key ?? '');
  await until(() => expect(readdirSync(folder).filter((name) => name.startsWith('people-'))).toEqual([]));
});

test('an account is removed with its contacts although its history cannot be deleted', async () => {
  const histories = recentsHistories({ load: () => [], save: () => undefined }, systemClock);
  const forget = (): never => {
    throw new Error('disk I/O error');
  };
  const made = start({ histories: { ...histories, forget } });
  expect(await made.desk.accounts.signIn(formFor(pbx))).toMatchObject({ ok: true });
  await read(made);
  expect(await made.desk.accounts.remove(made.desk.account.saved[0]?.key ?? '')).toMatchObject({ ok: true });
  expect(made.desk.account.status).toBe('signed-out');
  await until(() => expect(readdirSync(folder).filter((name) => name.startsWith('people-'))).toEqual([]));
});

test('a forbidden directory does not affect the other directories and the calls', async () => {
  pbx.directories.company.isForbidden = true;
  const made = await openSignedIn();
  await read(made);
  expect(made.desk.people.favourites([{ number: '1002', name: '', provenance: 'typed' }])[0]?.name).toBe('Priya Raman');
  expect(made.desk.calls.list.status).toBe('live');
});

test('a call placed by number shows who has the number', async () => {
  const made = await openSignedIn();
  await read(made);
  const placed = await made.desk.dialCommands.place('+1 201 555 0123', 'typed');
  expect(placed).toMatchObject({ ok: true, value: { name: 'Anna Berg' } });
});

/** How GET /tenant says that numbers are compared. */
function tenantMatches(rule: object): void {
  const body = { region: 'USA', ...rule };
  pbx.faults.add({ method: 'GET', path: '/api/tenant', times: Infinity, action: { status: 200, body } });
}

test.each([
  ['by the last 7 digits', { contact_match_type: 'MATCH_LENGTH', contact_match_length: 7 }, 'Dana Ives'],
  ['exactly', { contact_match_type: 'MATCH_EXACTLY', contact_match_length: 7 }, ''],
  ['not at all', { contact_match_type: 'DISABLE', contact_match_length: 7 }, ''],
  ['in a way that is not documented', { contact_match_type: 'MATCH_ALL', contact_match_length: 7 }, ''],
  ['by the last 0 digits', { contact_match_type: 'MATCH_LENGTH', contact_match_length: 0 }, ''],
])('a tenant that compares numbers %s', async (_how, rule, name) => {
  pbx.directories.company.set({ id: '5', name: 'Dana Ives', business: '5550144' });
  tenantMatches(rule);
  const made = await openSignedIn();
  await read(made);
  const id = rings('+12015550144', '');
  made.desk.refresh();
  await until(() => expect(otherOf(made, id)).toEqual({ number: '+12015550144', name }));
});

test('the tenant’s comparison of numbers is kept for a restart without the PBX', async () => {
  pbx.directories.company.set({ id: '5', name: 'Dana Ives', business: '5550144' });
  tenantMatches({ contact_match_type: 'MATCH_LENGTH', contact_match_length: 7 });
  const nameIn = ({ desk }: TestDesk) =>
    desk.people.favourites([{ number: '+12015550144', name: '', provenance: 'typed' }])[0]?.name;
  const made = await openSignedIn();
  await until(() => expect(nameIn(made)).toBe('Dana Ives'));
  await made.desk.close();
  open = [];
  await pbx.close();
  const again = start();
  await until(() => expect(nameIn(again)).toBe('Dana Ives'));
});

/** The name that the window, a notification and the history show for a call. */
async function shownOf(made: TestDesk, leg: { caller: string; callerName?: string; trunk: string }) {
  const id = pbx.addSession({ legs: [{ callerName: '', callee: '1001', ...leg }] });
  made.desk.refresh();
  await until(() => expect(otherOf(made, id)).toBeDefined());
  await until(() => expect(made.events.some(({ type, call }) => type === 'for-me' && call.id === id)).toBe(true));
  const names = [otherOf(made, id)?.name, made.events.find(({ call }) => call.id === id)?.call.other.name];
  pbx.endSession(id);
  const recent = () => made.desk.recents.find((one) => one.id === id);
  await until(() => expect(recent()).toBeDefined());
  return [...names, recent()?.name];
}

test("a caller from outside who sends a colleague's extension does not get that colleague's name", async () => {
  const made = await openSignedIn();
  await read(made);
  expect(await shownOf(made, { caller: '1002', trunk: 'Main' })).toEqual(['', '', '']);
  expect(await shownOf(made, { caller: '1002', callerName: 'Your Bank', trunk: 'Main' })).toEqual([
    'Your Bank',
    'Your Bank',
    'Your Bank',
  ]);
  expect(made.desk.recents.filter(({ claimed }) => claimed)).toMatchObject([{ number: '1002', name: 'Your Bank' }]);
  expect(await shownOf(made, { caller: '6000', trunk: 'Main' })).toEqual(['', '', '']);
});

test('a call of a colleague has the colleague’s name', async () => {
  const made = await openSignedIn();
  await read(made);
  expect(await shownOf(made, { caller: '1002', trunk: '' })).toEqual(['Priya Raman', 'Priya Raman', 'Priya Raman']);
});

test('an account that was removed and added again keeps its contacts', async () => {
  const made = await openSignedIn();
  const key = () => made.desk.account.saved[0]?.key ?? '';
  expect(await made.desk.accounts.remove(key())).toMatchObject({ ok: true });
  expect(await made.desk.accounts.signIn(formFor(pbx))).toMatchObject({ ok: true });
  const contact: OwnContact = {
    id: null,
    name: 'Dana Ives',
    company: '',
    numbers: [{ kind: 'work', number: '+12015550144' }],
  };
  await until(() => expect(made.desk.people.ownContacts('')).toEqual({ contacts: [], more: 0 }));
  await until(() => expect(made.desk.people.isKnown('1002')).toBe(true));
  expect(await made.desk.people.saveContact(contact)).toMatchObject({ ok: true });
  await made.desk.close();
  open = [];
  const again = start();
  await until(() => expect(again.desk.people.ownContacts('').contacts).toMatchObject([{ name: 'Dana Ives' }]));
});

test('names are still found after a call could not be counted for the search', async () => {
  const made = await openSignedIn();
  await read(made);
  const [file] = readdirSync(folder).filter((name) => /^people-.*\.db$/.test(name));
  const other = new DatabaseSync(join(folder, file ?? ''));
  other.exec('DROP TABLE standing');
  other.close();
  expect(await shownOf(made, { caller: '1002', trunk: '' })).toEqual(['Priya Raman', 'Priya Raman', 'Priya Raman']);
  // Counting its end failed. Numbers that were not looked up before still get their names.
  expect(await shownOf(made, { caller: '+12015550123', trunk: 'Main' })).toEqual([
    'Anna Berg',
    'Anna Berg',
    'Anna Berg',
  ]);
});

test('the question about a number does not show a name that a caller sent with it', async () => {
  const made = await openSignedIn();
  await read(made);
  expect(await shownOf(made, { caller: '+12015550188', callerName: 'Your Bank', trunk: 'Main' })).toContain(
    'Your Bank',
  );
  await made.desk.dialCommands.place('+12015550188', 'caller');
  await until(() => expect(made.desk.dial.question).toMatchObject({ name: '' }));
});
