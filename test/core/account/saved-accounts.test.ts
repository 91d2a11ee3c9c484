import { expect, test } from 'vitest';
import { keyOf } from '../../../src/core/account/account-key.ts';
import type { SavedAccount, Secrets } from '../../../src/core/account/account-store.ts';
import { NOTHING_TRIED } from '../../../src/core/account/push-access.ts';
import { SavedAccounts } from '../../../src/core/account/saved-accounts.ts';
import { NO_COUNTRY_HINTS } from '../../../src/core/numbers/own-country.ts';
import { MemoryAccounts } from '../support/test-desk.ts';

const anna: SavedAccount = {
  address: 'pbx.example',
  domain: 'example.com',
  username: 'anna',
  displayName: 'Anna',
  extension: '1001',
  otherNumbers: [],
  country: NO_COUNTRY_HINTS,
  matchLength: null,
  flow: null,
  push: NOTHING_TRIED,
  remember: true,
};

const secretsWith = (accessToken: string): Secrets => ({
  tokens: { flow: 'json', accessToken, refreshToken: 'refresh', expiresAt: 0 },
  password: null,
});

/** Reads the stored secrets slowly; `done` ends the reading. */
function slowStore(): { store: MemoryAccounts; saved: SavedAccounts; done: () => void } {
  const store = new MemoryAccounts();
  store.saveAccounts([anna]);
  store.sealed.set(keyOf(anna), secretsWith('old'));
  const { promise, resolve } = Promise.withResolvers<null>();
  store.slow = promise;
  return { store, saved: new SavedAccounts(store, () => false), done: () => resolve(null) };
}

test('does not replace tokens that are renewed while the policy for secrets is applied with older ones', async () => {
  const { store, saved, done } = slowStore();
  const applied = saved.applySecretPolicy();
  await saved.setSecrets(anna, secretsWith('renewed'));
  done();
  await applied;
  expect(store.sealed.get(keyOf(anna))?.tokens.accessToken).toBe('renewed');
});

test('keeps no secrets of an account that is removed while the policy for secrets is applied', async () => {
  const { store, saved, done } = slowStore();
  const applied = saved.applySecretPolicy();
  saved.remove(anna);
  done();
  await applied;
  expect(store.sealed.size).toBe(0);
});

test('keeps no secrets after a sign-out while the policy for secrets is applied', async () => {
  const { store, saved, done } = slowStore();
  const applied = saved.applySecretPolicy();
  await saved.setSecrets(anna, null);
  done();
  await applied;
  expect(store.sealed.size).toBe(0);
});

test('does not use secrets that are read while the user signs out', async () => {
  const { saved, done } = slowStore();
  const read = saved.secrets(anna);
  await saved.setSecrets(anna, null);
  done();
  expect(await read).toEqual({ ok: true, value: null });
});

test('knows a password that may no longer be stored until the program quits', async () => {
  const { store, saved, done } = slowStore();
  store.sealed.set(keyOf(anna), { ...secretsWith('old'), password: 'typed last week' });
  done();
  await saved.secrets(anna);
  await saved.applySecretPolicy();
  expect(store.sealed.get(keyOf(anna))?.password).toBeNull();
  expect(await saved.secrets(anna)).toMatchObject({ value: { password: 'typed last week' } });
});
