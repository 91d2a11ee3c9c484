import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Authorities, readAuthoritiesFile } from '../../src/main/authorities.ts';
import { makeCertificate, type TestCertificate } from '../core/pbx/support/certificate.ts';

let folder: string;
let authority: TestCertificate;
let leaf: TestCertificate;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-authorities-'));
  authority = await makeCertificate('Office CA');
  leaf = await makeCertificate('pbx', { authority });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(folder, 'ca.pem');
  writeFileSync(path, text);
  return path;
}

test('a file of authorities returns their names and nothing else', () => {
  const found = readAuthoritiesFile(file(`Office\n${authority.cert}\n${leaf.cert}\n${authority.key}`));
  expect(found).toMatchObject({ ok: true, value: { names: ['CN=Office CA', 'CN=pbx'] } });
  expect(JSON.stringify(found)).not.toContain('PRIVATE');
});

test("the PBX's own certificate is rejected as an authority", () => {
  expect(readAuthoritiesFile(file(leaf.cert))).toMatchObject({ ok: false, error: { code: 'tls-ca-none' } });
});

test.each([
  ['a text', () => file('root:x:0:0:the-secret:/root:/bin/sh\n')],
  ['half a certificate', () => file(authority.cert.slice(0, 300))],
  ['an empty file', () => file('')],
  ['more than a megabyte', () => file(`${'the-secret '.repeat(100_000)}${authority.cert}`)],
  ['a folder', () => folder],
  ['a file that is not there', () => join(folder, 'nothing.pem')],
  ['part of a path', () => 'ca.pem'],
  ['a path with a NUL in it', () => `${folder}/ca\0.pem`],
])('%s is rejected, and the error quotes nothing from it', (_what, make) => {
  const found = readAuthoritiesFile(make());
  expect(found).toMatchObject({ ok: false, error: { code: 'tls-ca-unreadable' } });
  expect(JSON.stringify(found)).not.toMatch(/the-secret|root:/);
});

test.skipIf(process.platform === 'win32')('a pipe, which would block forever, is rejected', () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect(readAuthoritiesFile(pipe)).toMatchObject({ error: { code: 'tls-ca-unreadable' } });
});

test.each(['\\\\server\\share\\ca.pem', '//server/share/ca.pem', '\\\\?\\C:\\ca.pem'])(
  'on Windows %s is never opened, because that would send credentials',
  (path) => {
    expect(readAuthoritiesFile(path, 'win32')).toMatchObject({ error: { code: 'tls-ca-unreadable' } });
  },
);

test('a file of authorities that cannot be used is reported, unlike a missing file', () => {
  const authorities = new Authorities();
  expect(authorities.pem).toBeUndefined();
  authorities.use(file(authority.cert));
  expect(authorities.pem).toBe(authority.cert.trim());
  authorities.use(join(folder, 'gone.pem'));
  expect(authorities.pem).toBe('');
  expect(authorities.state).toMatchObject({ authorities: [], authoritiesProblem: { code: 'tls-ca-unreadable' } });
  authorities.use('');
  expect(authorities.pem).toBeUndefined();
});
