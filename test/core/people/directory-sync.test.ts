import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDirectory, type PbxDirectory } from '../../../src/core/pbx/directory.ts';
import { decodeContactDiff } from '../../../src/core/pbx/decode-contacts.ts';
import { PbxHttp } from '../../../src/core/pbx/http.ts';
import { signIn } from '../../../src/core/pbx/sign-in.ts';
import { TokenKeeper } from '../../../src/core/pbx/token-keeper.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { DirectoryWatch } from '../../../src/core/people/directory-watch.ts';
import { syncDirectories } from '../../../src/core/people/directory-sync.ts';
import { People } from '../../../src/core/people/people.ts';
import { people as words } from '../../../src/messages/en/people.ts';
import { DEFAULT_EXTENSIONS } from '../../../src/shared/dial-rules.ts';
import { contractViolations } from '../../pbx/contract.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { silentLog } from '../../support/silent-log.ts';
import { openTestPbx, type TestPbx } from '../../pbx/test-pbx.ts';

const GERMANY = { country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS };

let pbx: TestPbx;
let http: PbxHttp;
let directory: PbxDirectory;
let people: People;

beforeEach(async () => {
  pbx = await openTestPbx({ traffic: false });
  http = new PbxHttp({ origin: pbx.origin, trust: { fingerprint: pbx.fingerprint } });
  const { username, password, domain } = pbx.account;
  const step = await signIn(http, { username, password, domain }, systemClock);
  if (!step.ok || step.value.step !== 'done') throw new Error('not signed in');
  const keeper = new TokenKeeper({
    http,
    tokens: step.value.tokens,
    clock: systemClock,
    onTokens: () => undefined,
    onUnpaced: () => undefined,
    signInAgain: () => Promise.resolve(null),
    onLost: () => undefined,
  });
  directory = createDirectory({ http, keeper });
  people = new People({
    path: ':memory:',
    place: () => GERMANY,
    matchLength: () => null,
    clock: systemClock,
    log: silentLog,
    onNotice: () => undefined,
    onChange: () => undefined,
  });
  pbx.directories.extensions.set({
    id: '1',
    display_name: 'Anna Berg',
    name: 'aberg',
    extension_number: '101',
    mobile_phone: '0171 2345678',
    department: 'Sales',
    favorite: true,
    extension_password: 'Secret-1',
    password: 'Secret-2',
  });
  pbx.directories.company.set({ id: '1', name: 'Berg GmbH', company: 'Berg GmbH', business: '+49 30 12345-0' });
});

afterEach(async () => {
  await people.close();
  await http.close();
  await pbx.close();
});

const shown = (number: string): string => words.shown(people.who({ number, name: '' }).shown, 'DE');
const sync = () => syncDirectories(directory, people);

test('the first reading gets everybody, later readings only the changes', async () => {
  expect((await sync()).map(({ error }) => error)).toEqual([null, null, null, null, null]);
  expect([shown('101'), shown('+491712345678'), shown('+493012345678')]).toEqual([
    'Anna Berg',
    'Anna Berg',
    'Berg GmbH',
  ]);
  pbx.directories.extensions.set({ id: '2', display_name: 'Bo Chen', extension_number: '102' });
  pbx.directories.extensions.delete('1');
  await sync();
  expect([shown('101'), shown('102')]).toEqual(['101', 'Bo Chen']);
  expect(contractViolations(pbx.requests)).toEqual([]);
});

test('a reading continues over several pages', async () => {
  for (let at = 200; at < 260; at += 1)
    pbx.directories.extensions.set({ id: String(at), display_name: `Person ${at}`, extension_number: String(at) });
  pbx.directories.extensions.pageSize = 7;
  await sync();
  expect(people.counts()).toContainEqual({ source: 'pbx:extensions', people: 61 });
});

test('if the PBX rejects the token, everybody is read again and people who are gone are removed', async () => {
  await sync();
  pbx.directories.extensions.forgetTokens();
  pbx.directories.extensions.delete('1');
  pbx.directories.extensions.set({ id: '3', display_name: 'Cleo Dahl', extension_number: '103' });
  expect((await sync()).every(({ error }) => error === null)).toBe(true);
  expect([shown('101'), shown('103')]).toEqual(['101', 'Cleo Dahl']);
});

test('an error in one directory keeps its known people and does not affect other directories', async () => {
  await sync();
  pbx.directories.extensions.forgetTokens();
  pbx.directories.extensions.isForbidden = true;
  pbx.directories.company.set({ id: '2', name: 'Kern AG', company: 'Kern AG', business: '030 9999999' });
  const [extensions, company] = await sync();
  expect(extensions?.error?.code).toBe('directory-forbidden');
  expect(company?.error).toBeNull();
  expect([shown('101'), shown('+49309999999')]).toEqual(['Anna Berg', 'Kern AG']);
});

test('contacts of the CRM are read, and trusted less than the company’s', async () => {
  pbx.directories.crm.set({ id: '7', name: 'Cleo Dahl', company: 'Dahl AG', did_number: '+49 30 777', type: 'lead' });
  pbx.directories.crm.set({ id: '8', name: 'Berg (old)', business: '+49 30 12345-0' });
  await sync();
  expect([shown('+4930777'), shown('+493012345678')]).toEqual(['Cleo Dahl', 'Berg GmbH']);
  pbx.directories.crm.forgetTokens();
  pbx.directories.crm.isForbidden = true;
  expect((await sync()).find(({ source }) => source === 'crm')?.error?.code).toBe('directory-forbidden');
  expect(shown('+4930777')).toBe('Cleo Dahl');
  expect(contractViolations(pbx.requests)).toEqual([]);
});

test('a PBX of 22.3 answers with GET what changed in the CRM', async () => {
  pbx.directories.crm.set({ id: '7', name: 'Cleo Dahl', business: '+49 30 777' });
  pbx.faults.add({ method: 'POST', path: /crm_contacts.*diff$/, times: Infinity, action: { status: 405 } });
  await sync();
  expect(shown('+4930777')).toBe('Cleo Dahl');
  expect(contractViolations(pbx.requests)).toEqual([]);
});

test('requests what the PBX refused again a day later, and everything else every hour', async () => {
  pbx.directories.crm.isForbidden = true;
  const clock = new ManualClock();
  const watch = new DirectoryWatch({ directory, people, clock, log: silentLog });
  const asked = (path: RegExp): number => pbx.requests.filter((request) => path.test(request.path)).length;
  const read = async (hours: number, readings: number): Promise<void> => {
    await clock.advance(hours * 3_600_000 + 2_000);
    await vi.waitFor(() => expect(asked(/ring_groups$/)).toBe(readings));
    // The next reading is planned when this one is complete.
    await vi.waitFor(() => expect(clock.pending()).toHaveLength(1));
  };
  watch.start();
  await read(0, 1);
  await read(1, 2);
  await read(1, 3);
  expect(asked(/crm_contacts/)).toBe(1);
  // The reading that was already planned takes place in the first of these hours.
  await read(24, 4);
  await read(1, 5);
  expect(asked(/crm_contacts/)).toBe(2);
  watch.stop();
});

test('queues and ring groups have names', async () => {
  pbx.directories.queues.push({ id: '1', name: 'Support', extension_number: '8000' });
  pbx.directories.ringGroups.push({ id: '2', name: 'Sales', extension_number: '6000' });
  await sync();
  expect([shown('8000'), shown('6000')]).toEqual(['Support', 'Sales']);
});

test('if the PBX refuses one kind of group, the known ones keep their names, and the other kind is read', async () => {
  pbx.directories.queues.push({ id: '1', name: 'Support', extension_number: '8000' });
  pbx.directories.ringGroups.push({ id: '2', name: 'Sales', extension_number: '6000' });
  await sync();
  pbx.faults.add({ method: 'GET', path: /call_queues$/, times: 1, action: { status: 403 } });
  pbx.directories.ringGroups.splice(0, 1, { id: '2', name: 'Sales and marketing', extension_number: '6000' });
  expect((await sync()).every(({ error }) => error === null)).toBe(true);
  expect([shown('8000'), shown('6000')]).toEqual(['Support', 'Sales and marketing']);
  pbx.directories.queues.splice(0);
  await sync();
  expect(shown('8000')).toBe('8000');
});

test('groups that an earlier version stored without their kind keep their names while the PBX refuses that kind', async () => {
  const group = (number: string, name: string) => ({
    id: number,
    source: '',
    name,
    company: '',
    department: '',
    email: '',
    numbers: [{ kind: 'extension' as const, written: number }],
    favourite: false,
  });
  await people.replace('pbx:groups', [group('8000', 'Support'), group('6000', 'Sales')]);
  pbx.faults.add({ method: 'GET', path: /call_queues$/, times: 1, action: { status: 403 } });
  pbx.directories.ringGroups.push({ id: '2', name: 'Sales and marketing', extension_number: '6000' });
  await sync();
  expect([shown('8000'), shown('6000')]).toEqual(['Support', 'Sales and marketing']);
  await sync();
  expect(shown('8000')).toBe('8000');
});

test('passwords in answers of the PBX are not stored', () => {
  const body = {
    token: 't',
    items: [
      { id: '1', display_name: 'Anna', extension_number: '101', password: 'Secret-2', extension_password: 'Secret-1' },
    ],
  };
  expect(JSON.stringify(decodeContactDiff(body, 't'))).not.toContain('Secret');
});

test('the name from the directory is shown instead of the name that the caller sends', async () => {
  await sync();
  const { shown: said } = people.who({ number: '+491712345678', name: 'Your Bank' });
  expect(words.shown(said, 'DE')).toBe('Anna Berg');
});
