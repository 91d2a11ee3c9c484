import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { keyOf } from '../../../src/core/account/account-key.ts';
import type { SavedAccount, Secrets } from '../../../src/core/account/account-store.ts';
import { silentLog } from '../../support/silent-log.ts';
import { onBug } from '../../../src/core/report-bug.ts';
import type { Tokens } from '../../../src/core/pbx/tokens.ts';
import { AccountFile } from '../../../src/main/stores/account-file.ts';
import { SecretBox } from '../../../src/main/stores/secret-box.ts';
import type { TrustedCertificate } from '../../../src/shared/state.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { Notices } from '../../support/notices.ts';
import { StubKeyStore } from '../../support/stub-key-store.ts';

let folder: string;
let store: StubKeyStore;
let notices: Notices;

const tokens: Tokens = { accessToken: 'access-secret', refreshToken: 'refresh-secret', expiresAt: 5, flow: 'json' };
const account: SavedAccount = {
  address: 'pbx.example.com',
  domain: 'office.example.com',
  username: 'alex',
  displayName: 'Alex Morgan',
  extension: '1001',
  otherNumbers: ['+12015550100'],
  country: { line: 'US', tenant: '', zone: '' },
  matchLength: 7,
  flow: 'json',
  push: { accepted: null, refused: [] },
  remember: true,
};

const secrets: Secrets = { tokens, password: null };

const KEY = keyOf(account);

/** A new store, as after a restart. */
function open(mayKeep = true): AccountFile {
  notices = new Notices();
  const clock = new ManualClock();
  const box = new SecretBox({ safe: store, platform: 'linux', clock, log: silentLog });
  return new AccountFile({ directory: folder, box, mayKeep: () => mayKeep, clock, log: silentLog, board: notices });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-account-'));
  store = new StubKeyStore();
});
/** Saves the account too, because tokens without an account are not saved. */
function openSaved(mayKeep = true): AccountFile {
  const file = open(mayKeep);
  file.saveAccounts([account]);
  return file;
}
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('an account and its tokens survive a restart, and the file contains no plain token', async () => {
  const file = open();
  file.saveAccounts([account]);
  await file.saveSecrets(KEY, secrets);
  const text = readFileSync(join(folder, 'account.json'), 'utf8');
  expect(text).toContain('pbx.example.com');
  expect(text).not.toContain('secret');
  expect(open().accounts).toEqual([account]);
  expect(await open().loadSecrets(KEY)).toEqual({ ok: true, value: secrets });
});

test('a saved password survives a restart, and the file does not contain it in plain text', async () => {
  await openSaved().saveSecrets(KEY, { tokens, password: 'pass-phrase' });
  expect(readFileSync(join(folder, 'account.json'), 'utf8')).not.toContain('pass-phrase');
  expect(await open().loadSecrets(KEY)).toEqual({ ok: true, value: { tokens, password: 'pass-phrase' } });
});

test('tokens that cannot be decrypted are an error that asks to sign in again', async () => {
  await openSaved().saveSecrets(KEY, secrets);
  store.key = 'another';
  expect(await open().loadSecrets(KEY)).toMatchObject({ ok: false, error: { code: 'secrets-unreadable' } });
});

test.each([
  ['a key ring that was not unlocked, so that the built-in key is used', { tag: 'v10', key: 'built-in' }],
  ['a key store that refuses', { refuses: true }],
])('with %s the saved sign-in is locked, and another sign-in does not change it', async (_what, state) => {
  await openSaved().saveSecrets(KEY, secrets);
  Object.assign(store, state);
  const file = open(false);
  expect(file.hasSecrets(KEY)).toBe(true);
  expect(await file.loadSecrets(KEY)).toMatchObject({ ok: false, error: { code: 'secrets-locked' } });
  await file.saveSecrets(KEY, { ...secrets, tokens: { ...tokens, accessToken: 'newer' } });
  store = new StubKeyStore();
  expect(await open().loadSecrets(KEY)).toEqual({ ok: true, value: secrets });
});

test('signing out removes the saved sign-in even while it is locked', async () => {
  await openSaved().saveSecrets(KEY, secrets);
  store.refuses = true;
  await open().saveSecrets(KEY, null);
  expect(open().hasSecrets(KEY)).toBe(false);
});

test('while the key store does not answer, a sign-out is saved at once, and another sign-in changes nothing', async () => {
  await openSaved().saveSecrets(KEY, secrets);
  store.hanging = new Promise(() => undefined);
  const file = open();
  void file.saveSecrets(KEY, { ...secrets, tokens: { ...tokens, accessToken: 'newer' } });
  expect(open().hasSecrets(KEY)).toBe(true);
  await file.saveSecrets(KEY, null);
  expect(open().hasSecrets(KEY)).toBe(false);
});

test('what the key store takes late is not saved after a sign-out', async () => {
  const answers = Promise.withResolvers<null>();
  store.hanging = answers.promise;
  const file = openSaved();
  const saved = file.saveSecrets(KEY, secrets);
  await file.saveSecrets(KEY, null);
  answers.resolve(null);
  await saved;
  expect(open().hasSecrets(KEY)).toBe(false);
});

test('no secrets are saved without consent to a weak key store, and saved ones are removed', async () => {
  store.tag = 'v10';
  await openSaved().saveSecrets(KEY, secrets);
  await open(false).saveSecrets(KEY, secrets);
  expect(await open().loadSecrets(KEY)).toEqual({ ok: true, value: null });
});

test('the last of several writes wins', async () => {
  const file = openSaved();
  void file.saveSecrets(KEY, secrets);
  void file.saveSecrets(KEY, null);
  await file.saveSecrets(KEY, { ...secrets, tokens: { ...tokens, accessToken: 'newest' } });
  expect(await open().loadSecrets(KEY)).toMatchObject({ ok: true, value: { tokens: { accessToken: 'newest' } } });
});

test('a write that throws does not stop later ones', async () => {
  const bugs: string[] = [];
  onTestFinished(onBug((bug) => bugs.push(bug.message)));
  let broken = true;
  const clock = new ManualClock();
  const box = new SecretBox({ safe: store, platform: 'linux', clock, log: silentLog });
  const mayKeep = (): boolean => {
    if (broken) throw new Error('a bug');
    return true;
  };
  const file = new AccountFile({ directory: folder, box, mayKeep, clock, log: silentLog, board: new Notices() });
  file.saveAccounts([account]);
  await file.saveSecrets(KEY, secrets);
  broken = false;
  await file.saveSecrets(KEY, secrets);
  expect(bugs).toEqual(['a bug']);
  expect(await open().loadSecrets(KEY)).toEqual({ ok: true, value: secrets });
});

test('a broken file is kept aside, and the program starts signed out', () => {
  writeFileSync(join(folder, 'account.json'), '[]');
  expect(open().accounts).toEqual([]);
  expect(readFileSync(join(folder, 'account.broken-2026-01-05T09-00-00.json'), 'utf8')).toBe('[]');
  expect(notices.lines).toEqual([expect.stringMatching(/^account-broken: .* were damaged\. Sign in again\. Copy: /)]);
});

const lena: SavedAccount = { ...account, username: 'lena', address: '10.0.0.5:9000', displayName: 'Lena Fischer' };
const pinned: TrustedCertificate = {
  server: 'pbx.example.com:8887',
  sha256: 'AA:BB',
  certificate: { subject: 'CN=pbx', issuer: 'CN=pbx', validFrom: 1, validTo: 2, sha256: 'AA:BB' },
  trustedAt: 3,
};
const inFile = () => JSON.parse(readFileSync(join(folder, 'account.json'), 'utf8')) as Record<string, unknown>;
/** Exactly as version 0.1 wrote it. */
const writeOld = (fingerprint: string | null, tokens?: unknown) =>
  writeFileSync(
    join(folder, 'account.json'),
    JSON.stringify({ account: { ...account, fingerprint }, tokens, demo: false }),
  );

test('several accounts survive a restart in order, each with its own tokens', async () => {
  const file = open();
  file.saveAccounts([lena, account]);
  await file.saveSecrets(KEY, secrets);
  await file.saveSecrets(keyOf(lena), { ...secrets, tokens: { ...tokens, accessToken: 'of-lena' } });
  const again = open();
  expect(again.accounts).toEqual([lena, account]);
  expect(await again.loadSecrets(KEY)).toMatchObject({ value: { tokens: { accessToken: 'access-secret' } } });
  expect(await again.loadSecrets(keyOf(lena))).toMatchObject({ value: { tokens: { accessToken: 'of-lena' } } });
});

test('removing an account removes its tokens, and tokens without an account are not saved', async () => {
  const file = openSaved();
  await file.saveSecrets(KEY, secrets);
  file.saveAccounts([lena]);
  await file.saveSecrets(KEY, secrets);
  file.saveAccounts([lena, account]);
  expect(file.hasSecrets(KEY)).toBe(false);
  expect(await open().loadSecrets(KEY)).toEqual({ ok: true, value: null });
});

test('the file of a version with a single account is read, with its certificate', async () => {
  await openSaved().saveSecrets(KEY, secrets);
  const { tokens: sealed } = inFile();
  writeOld('AA:BB', sealed);
  const file = open();
  expect(file.accounts).toEqual([account]);
  expect(await file.loadSecrets(KEY)).toEqual({ ok: true, value: secrets });
  expect(file.certificates).toEqual([
    { server: 'pbx.example.com:8887', sha256: 'AA:BB', certificate: null, trustedAt: null },
  ]);
});

test('a version with a single account finds the account that was used last', async () => {
  const file = open();
  file.saveAccounts([account, lena]);
  await file.saveSecrets(KEY, secrets);
  file.saveCertificates([pinned]);
  expect(inFile()).toMatchObject({
    account: { ...account, fingerprint: 'AA:BB' },
    tokens: expect.any(String) as unknown,
  });
});

test.each([
  ['trusted another certificate', 'CC:DD', ['CC:DD']],
  ['forgot the certificate', null, []],
  ['left the certificate alone', 'AA:BB', ['AA:BB']],
])('later changes by a version with a single account are used: it %s', (_what, fingerprint, expected) => {
  const file = openSaved();
  file.saveCertificates([pinned]);
  const raw = inFile();
  writeFileSync(join(folder, 'account.json'), JSON.stringify({ ...raw, account: { ...account, fingerprint } }));
  expect(open().certificates.map(({ sha256 }) => sha256)).toEqual(expected);
});

test('damaged entries of the list are left out and the file is kept aside; the other entries are used', () => {
  const file = open();
  file.saveAccounts([account, lena]);
  file.saveCertificates([pinned]);
  const raw = inFile();
  const others = [{ account: { ...lena, username: 7 } }, null, 'x', { account: lena, tokens: 5 }, { account: lena }];
  const certificates = [null, { server: 1 }, { ...pinned, certificate: 'x', trustedAt: 'x' }];
  writeFileSync(join(folder, 'account.json'), JSON.stringify({ ...raw, others, certificates }));
  const again = open();
  expect(again.accounts).toEqual([account, lena]);
  expect(again.hasSecrets(keyOf(lena))).toBe(false);
  expect(again.certificates).toEqual([{ ...pinned, certificate: null, trustedAt: null }]);
  expect(notices.lines).toEqual([
    "account-broken: 5 entries of your accounts and trusted certificates can't be used. Check your accounts. " +
      'Copy: account.broken-2026-01-05T09-00-00.json',
  ]);
  const kept = readFileSync(join(folder, 'account.broken-2026-01-05T09-00-00.json'), 'utf8');
  expect(JSON.parse(kept)).toMatchObject({ others, certificates });
  open();
  expect(notices.lines).toEqual([]);
});

test('a file with 20,000 accounts is read up to the limit, and kept aside as a whole', () => {
  openSaved();
  const others = Array.from({ length: 20_000 }, (_, n) => ({ account: { ...lena, username: `user-${n}` } }));
  writeFileSync(join(folder, 'account.json'), JSON.stringify({ ...inFile(), others }));
  expect(open().accounts).toHaveLength(100);
  expect(notices.lines).toEqual([expect.stringContaining('19,901 entries of your accounts')]);
});
