import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportContacts, exportHistory } from '../../src/main/export-file.ts';
import { ok } from '../../src/shared/result.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const saveAs = (path: string | null) => ({ save: () => Promise.resolve(ok(path)) });

test('calls are written with a byte order mark for spreadsheets, contacts without', async () => {
  expect(await exportHistory(saveAs(join(folder, 'calls.csv')), () => ['a,b\r\n', 'c,d\r\n'])).toEqual(ok(true));
  expect(readFileSync(join(folder, 'calls.csv'), 'utf8')).toBe('\uFEFFa,b\r\nc,d\r\n');
  expect(await exportContacts(saveAs(join(folder, 'all.vcf')), () => ['BEGIN:VCARD\r\n'])).toEqual(ok(true));
  expect(readFileSync(join(folder, 'all.vcf'), 'utf8')).toBe('BEGIN:VCARD\r\n');
});

test('a cancelled dialog writes no file', async () => {
  expect(await exportContacts(saveAs(null), () => ['x'])).toEqual(ok(false));
});

test('an export that fails leaves the file as it was', async () => {
  const path = join(folder, 'all.vcf');
  writeFileSync(path, 'before');
  function* failing(): Generator<string> {
    yield 'half';
    throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
  }
  expect(await exportContacts(saveAs(path), failing)).toMatchObject({ error: { code: 'file-unwritable' } });
  expect(readFileSync(path, 'utf8')).toBe('before');
});
