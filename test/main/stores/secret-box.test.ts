import { beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../support/silent-log.ts';
import { SecretBox } from '../../../src/main/stores/secret-box.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { StubKeyStore } from '../../support/stub-key-store.ts';

let store: StubKeyStore;
let clock: ManualClock;
const boxOn = (platform: NodeJS.Platform) => new SecretBox({ safe: store, platform, clock, log: silentLog });

beforeEach(() => {
  store = new StubKeyStore();
  clock = new ManualClock();
});

test.each([
  ['linux', 'basic_text', 'weak'],
  ['linux', 'gnome_libsecret', 'strong'],
  ['win32', 'unknown', 'strong'],
  ['darwin', 'unknown', 'strong'],
] as const)('on %s the backend %s is %s', async (platform, backend, strength) => {
  store.backend = backend;
  expect(await boxOn(platform).strength()).toBe(strength);
});

test('on Linux the built-in key is recognised by its sealed data, on any desktop', async () => {
  store.tag = 'v10';
  expect(await boxOn('linux').strength()).toBe('weak');
  expect(await boxOn('darwin').strength()).toBe('strong');
});

test.each(['linux', 'darwin', 'win32'] as const)(
  'on %s a key store that is available but fails counts as missing, and its secrets are locked',
  async (platform) => {
    const sealed = (await boxOn(platform).seal('word')) ?? '';
    store.refuses = true;
    const box = boxOn(platform);
    expect(await box.strength()).toBe('none');
    expect(await box.seal('word')).toBeNull();
    expect(await box.open(sealed)).toMatchObject({ ok: false, error: { code: 'secrets-locked' } });
  },
);

test('a key store that encrypts but cannot decrypt counts as missing', async () => {
  const box = new SecretBox({
    safe: Object.assign(store, { decryptStringAsync: () => Promise.reject(new Error('no')) }),
    platform: 'darwin',
    clock,
    log: silentLog,
  });
  expect(await box.strength()).toBe('none');
});

test('a key store that is temporarily unavailable is tried again and is then strong', async () => {
  store.busyTimes = 3;
  const strength = boxOn('darwin').strength();
  await settle();
  await clock.advance(10_000);
  expect(await strength).toBe('strong');
});

test('a secret is locked while the key store is unavailable, and can be opened again afterwards', async () => {
  const box = boxOn('darwin');
  const sealed = (await box.seal('word')) ?? '';
  await box.strength();
  store.busyTimes = 2;
  const opened = box.open(sealed);
  await settle();
  await clock.advance(10_000);
  expect(await opened).toEqual({ ok: true, value: 'word' });

  store.busyTimes = Infinity;
  const locked = box.open(sealed);
  await settle();
  await clock.advance(10_000);
  expect(await locked).toMatchObject({ ok: false, error: { code: 'secrets-locked' } });
});

test('a secret that another key sealed is unreadable', async () => {
  const sealed = (await boxOn('linux').seal('word')) ?? '';
  store.key = 'another';
  expect(await boxOn('linux').open(sealed)).toMatchObject({ ok: false, error: { code: 'secrets-unreadable' } });
});

test('a key store that failed at the start is tested again at its next use, and the reported strength is updated', async () => {
  const seen: string[] = [];
  const box = new SecretBox({
    safe: store,
    platform: 'linux',
    clock,
    log: silentLog,
    onStrength: (strength) => seen.push(strength),
  });
  const sealed = (await boxOn('linux').seal('word')) ?? '';
  store.refuses = true;
  expect(await box.open(sealed)).toMatchObject({ ok: false, error: { code: 'secrets-locked' } });
  // Within one use it is not tested again, because that may open a dialog.
  const { asked } = store;
  expect(await box.strength()).toBe('none');
  expect(store.asked).toBe(asked);
  store.refuses = false;
  await clock.advance(2_000);
  expect(await box.open(sealed)).toEqual({ ok: true, value: 'word' });
  store.refuses = true;
  expect(await box.seal('word')).toBeNull();
  await clock.advance(2_000);
  expect(await box.strength()).toBe('none');
  expect(seen).toEqual(['none', 'strong', 'none']);
});

test('a keyring that answers late is used at the next request for a secret', async () => {
  const sealed = (await boxOn('linux').seal('word')) ?? '';
  store.tag = 'v10';
  const box = boxOn('linux');
  expect(await box.lockOf(sealed)).toBe('secrets-locked');
  store.tag = 'v11';
  await clock.advance(2_000);
  expect(await box.open(sealed)).toEqual({ ok: true, value: 'word' });
});

test('a key store that works is probed only once', async () => {
  const box = boxOn('linux');
  await Promise.all([box.strength(), box.strength()]);
  expect(store.asked).toBe(2);
});

test('a key store that does not answer keeps nobody waiting, is not asked twice, and is used once it answers', async () => {
  const seen: string[] = [];
  const sealed = (await boxOn('linux').seal('word')) ?? '';
  const answers = Promise.withResolvers<null>();
  store.hanging = answers.promise;
  const onStrength = (strength: string): void => void seen.push(strength);
  const box = new SecretBox({ safe: store, platform: 'linux', clock, log: silentLog, onStrength });
  const strength = box.strength();
  const opened = box.open(sealed);
  await settle();
  await clock.advance(10_000);
  expect(await strength).toBe('no-answer');
  expect(await opened).toMatchObject({ ok: false, error: { code: 'secrets-waiting' } });
  const { asked } = store;
  await clock.advance(60_000);
  expect(await box.open(sealed)).toMatchObject({ ok: false, error: { code: 'secrets-waiting' } });
  expect(store.asked).toBe(asked);
  store.hanging = null;
  answers.resolve(null);
  await settle();
  expect(seen).toEqual(['no-answer', 'strong']);
  expect(await box.open(sealed)).toEqual({ ok: true, value: 'word' });
});

test.each(['seal', 'open'] as const)(
  'a key store that stops answering in the middle keeps no %s waiting',
  async (use) => {
    const seen: string[] = [];
    const onStrength = (strength: string): void => void seen.push(strength);
    const box = new SecretBox({ safe: store, platform: 'darwin', clock, log: silentLog, onStrength });
    const sealed = (await box.seal('word')) ?? '';
    await box.strength();
    const answers = Promise.withResolvers<null>();
    store.hanging = answers.promise;
    const used = use === 'seal' ? box.seal('more') : box.open(sealed);
    await settle();
    await clock.advance(10_000);
    if (use === 'seal') expect(await used).toBeNull();
    else expect(await used).toMatchObject({ ok: false, error: { code: 'secrets-waiting' } });
    store.hanging = null;
    answers.resolve(null);
    await settle();
    expect(seen).toEqual(['strong', 'no-answer', 'strong']);
  },
);
