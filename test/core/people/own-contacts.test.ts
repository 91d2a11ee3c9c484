import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { readNumbers } from '../../../src/core/numbers/read-numbers.ts';
import { AccountPeople } from '../../../src/core/people/account-people.ts';
import type { OwnContact } from '../../../src/shared/contacts.ts';
import { placedCall, samplePlan } from '../../support/samples.ts';
import { silentLog } from '../../support/silent-log.ts';

const PLACE = { country: 'US', areaCode: '', extensions: '' };

let folder = '';
let people: AccountPeople;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-own-contacts-'));
  people = await start();
});
afterEach(async () => {
  await people.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<AccountPeople> {
  const made = new AccountPeople({
    files: { path: () => join(folder, 'people.db'), forget: () => undefined },
    place: () => PLACE,
    matchLength: () => null,
    clock: systemClock,
    log: silentLog,
    onChange: () => undefined,
  });
  made.open('alex');
  await made.ready;
  return made;
}

const ANNA: OwnContact = {
  id: null,
  name: 'Anna Berg',
  company: 'Berg GmbH',
  numbers: [
    { kind: 'work', number: '+1 201 555 0123' },
    { kind: 'mobile', number: '+1 201 555 0177' },
  ],
};

test('a contact names its numbers, before the directory and after a restart', async () => {
  await people.importFile('list.csv', [
    {
      id: '1',
      source: '',
      name: 'Somebody Else',
      company: '',
      department: '',
      email: '',
      favourite: false,
      numbers: [{ kind: 'work', written: '+12015550123' }],
    },
  ]);
  expect(people.nameOf('+12015550123')).toBe('Somebody Else');
  expect(await people.saveContact(ANNA)).toMatchObject({ ok: true });
  expect(people.nameOf('+12015550123')).toBe('Anna Berg');
  await people.close();
  people = await start();
  expect(people.nameOf('+12015550177')).toBe('Anna Berg');
  expect(people.ownContacts('')).toEqual({ contacts: [{ ...ANNA, id: expect.any(String) as string }], more: 0 });
  expect(people.find('berg').map(({ number, kind }) => [number, kind])).toEqual([
    ['+12015550123', 'work'],
    ['+12015550177', 'mobile'],
  ]);
});

test('numbers with an extension are found with it', async () => {
  await people.saveContact({
    ...ANNA,
    numbers: [
      { kind: 'work', number: '+1 201 555 0123 ext. 12' },
      { kind: 'home', number: '+1 201 555 0123 ext. 13' },
    ],
  });
  const found = people.find('berg').map(({ number }) => number);
  expect(found).toEqual(['+12015550123 ext. 12', '+12015550123 ext. 13']);
  const [read] = found.map((number) => readNumbers(number, { provenance: 'directory', place: PLACE }));
  expect(read).toMatchObject({ found: 'one', number: { e164: '+12015550123', digitsAfterAnswer: '12' } });
});

test('a contact is changed and deleted', async () => {
  await people.saveContact(ANNA);
  const [kept] = people.ownContacts('').contacts;
  await people.saveContact({ ...(kept ?? ANNA), name: 'Anna Berg-Chen', numbers: ANNA.numbers.slice(1) });
  expect(people.nameOf('+12015550177')).toBe('Anna Berg-Chen');
  expect(people.nameOf('+12015550123')).toBe('');
  expect(people.ownContacts('').contacts).toHaveLength(1);
  expect(await people.deleteContact(kept?.id ?? '')).toMatchObject({ ok: true });
  expect(people.nameOf('+12015550177')).toBe('');
  expect(people.ownContacts('')).toEqual({ contacts: [], more: 0 });
});

test('a filter reads names without accents, companies and parts of numbers; a long list is cut', async () => {
  await people.saveContact({ ...ANNA, name: 'Ánna Bérg' });
  for (let n = 0; n < 110; n += 1)
    await people.saveContact({
      ...ANNA,
      name: `Person ${n}`,
      company: '',
      numbers: [{ kind: 'home', number: `30${n}` }],
    });
  for (const text of ['anna', 'BERG', 'gmbh', '555 0123', 'anna 0177'])
    expect(people.ownContacts(text).contacts.map(({ name }) => name)).toEqual(['Ánna Bérg']);
  expect(people.ownContacts('nobody')).toEqual({ contacts: [], more: 0 });
  const all = people.ownContacts('');
  expect([all.contacts.length, all.more]).toEqual([100, 11]);
});

test('a contact without a name or without a number is refused', async () => {
  expect(await people.saveContact({ ...ANNA, name: ' ', company: '' })).toMatchObject({
    error: { code: 'command-invalid' },
  });
  expect(await people.saveContact({ ...ANNA, numbers: [{ kind: 'work', number: 'none' }] })).toMatchObject({
    error: { code: 'number-empty' },
  });
  // A company without a person is a valid contact.
  await people.saveContact({ ...ANNA, name: '' });
  expect(people.nameOf('+12015550123')).toBe('Berg GmbH');
});

test('the export has all contacts, and no people of a directory or a file', async () => {
  await people.saveContact(ANNA);
  await people.saveContact({ ...ANNA, name: 'Bo Chen' });
  let text = '';
  for await (const part of people.ownCards()) text += part;
  expect(text.match(/^FN:.*$/gmu)?.toSorted()).toEqual(['FN:Anna Berg', 'FN:Bo Chen']);
});

test('a placed call whose end becomes known in steps is counted once', async () => {
  const call = (name: string, number: string) => ({ ...ANNA, name, numbers: [{ kind: 'work' as const, number }] });
  await people.saveContact(call('Anna Berg', '+12015550123'));
  await people.saveContact(call('Zoe Berg', '+12015550177'));
  const placed = (key: string, number: string): void =>
    people.placed(placedCall('ended', { key, plan: samplePlan({ number, e164: number }) }));
  for (let report = 0; report < 3; report++) placed('1-1', '+12015550123');
  for (const key of ['1-2', '1-3']) placed(key, '+12015550177');
  expect(people.find('berg').map(({ name }) => name)).toEqual(['Zoe Berg', 'Anna Berg']);
});
