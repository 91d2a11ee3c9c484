import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { AccountPeople } from '../../src/core/people/account-people.ts';
import { ContactFiles } from '../../src/main/contact-files.ts';
import { DEFAULT_EXTENSIONS } from '../../src/shared/dial-rules.ts';
import { ok } from '../../src/shared/result.ts';
import { silentLog } from '../support/silent-log.ts';

const place = () => ({ country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS });
let folder = '';
let chosen: string | null = null;
let people: AccountPeople;
let files: ContactFiles;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-contacts-'));
  people = new AccountPeople({
    files: { path: () => join(folder, 'people.db'), forget: () => undefined },
    place,
    matchLength: () => null,
    clock: systemClock,
    log: silentLog,
    onChange: () => undefined,
  });
  people.open('alex');
  await people.ready;
  files = new ContactFiles({ dialogs: { open: () => Promise.resolve(ok(chosen)) }, people: () => people, place });
});

afterEach(async () => {
  await people.close();
  rmSync(folder, { recursive: true, force: true });
});

async function choose(name: string, text: string) {
  chosen = join(folder, name);
  writeFileSync(chosen, text);
  const answer = await files.choose();
  if (!answer.ok || answer.value === null) throw new Error(JSON.stringify(answer));
  return answer.value;
}

const TABLE = 'Name;Firma;Mobil\nAnna Berg;Berg GmbH;0171 2345678\nBo Chen;;4,93E+11\n;;030 1234567\n';

test('shows the contacts of a file and the rows left out before it stores anything', async () => {
  const preview = await choose('contacts.csv', TABLE);
  expect(preview).toMatchObject({
    file: 'contacts.csv',
    people: 2,
    leftOut: 1,
    columns: [
      { header: 'Name', holds: 'name' },
      { header: 'Firma', holds: 'company' },
      { header: 'Mobil', holds: 'mobile' },
    ],
    moreProblems: 0,
    replaces: false,
  });
  expect(preview.problems.map(({ code, line }) => [code, line])).toEqual([
    ['number-rounded', 3],
    ['no-name', 4],
  ]);
  expect(people.importedFiles()).toEqual([]);
  expect(people.nameOf('+491712345678')).toBe('');
});

test('an imported file names calls, is replaced by a later import of the same file name, and stops naming calls when it is removed', async () => {
  const first = await choose('contacts.csv', TABLE);
  expect(await files.take(first.id)).toEqual(ok(null));
  expect(people.importedFiles()).toEqual([{ file: 'contacts.csv', people: 2 }]);
  expect(people.nameOf('+491712345678')).toBe('Anna Berg');
  const second = await choose('contacts.csv', 'Name;Mobil\nClara Dahl;0171 2345678\n');
  expect(second.replaces).toBe(true);
  expect(await files.take(second.id)).toEqual(ok(null));
  expect(people.nameOf('+491712345678')).toBe('Clara Dahl');
  expect(await people.removeFile('contacts.csv')).toEqual(ok(null));
  expect(people.importedFiles()).toEqual([]);
  expect(people.nameOf('+491712345678')).toBe('');
});

test('only the file that was previewed last can be imported, and only once', async () => {
  const first = await choose('a.csv', TABLE);
  const second = await choose('b.csv', TABLE);
  expect(await files.take(first.id)).toMatchObject({ ok: false, error: { code: 'command-invalid' } });
  expect(await files.take(second.id)).toEqual(ok(null));
  expect(await files.take(second.id)).toMatchObject({ ok: false });
  expect(people.importedFiles().map(({ file }) => file)).toEqual(['b.csv']);
});

test('a file without contacts is an error; cancelling the dialog is not', async () => {
  chosen = join(folder, 'picture.png');
  writeFileSync(chosen, Buffer.from([137, 80, 78, 71, 0, 0, 1, 2]));
  expect(await files.choose()).toMatchObject({ ok: false, error: { code: 'contacts-unreadable' } });
  chosen = folder;
  expect(await files.choose()).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
  chosen = null;
  expect(await files.choose()).toEqual(ok(null));
});
