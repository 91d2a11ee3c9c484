/* eslint-disable @typescript-eslint/no-deprecated -- a stand-in has the old calls, too */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { SafeStorage } from 'electron/main';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';
import type { Sim } from '../sim.ts';

const NOT_AVAILABLE = 'Encryption is not available.';
const BUSY = 'safeStorage is temporarily unavailable. Please try again.';
/** Prefixes of data sealed with the key ring's key and with Chromium's built-in key. */
type KeyName = 'v11' | 'v10';

let plainTextAllowed = false;
/** How many more calls find the key store unavailable. */
let busyCalls = 2;
/** Calls that wait for a key store that hangs. */
const unanswered: (() => void)[] = [];

/** Encrypts with a public key phrase: enough to show that nothing is saved in plain text. */
const simulated: Pick<
  SafeStorage,
  | 'isEncryptionAvailable'
  | 'isAsyncEncryptionAvailable'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
  | 'encryptString'
  | 'encryptStringAsync'
  | 'decryptString'
  | 'decryptStringAsync'
> = {
  isEncryptionAvailable: () => desktop.ready && maySeal(),
  // True after `ready` whatever the key store is like: a failure shows only when something is sealed
  // (electron_api_safe_storage.cc).
  isAsyncEncryptionAvailable: () => Promise.resolve(desktop.ready),
  getSelectedStorageBackend: () => {
    if (!desktop.ready) return 'unknown';
    return desktop.sim.safeStorage === 'basic_text' ? 'basic_text' : 'gnome_libsecret';
  },
  setUsePlainTextEncryption: (allowed) => {
    plainTextAllowed = allowed;
  },
  encryptString: encrypt,
  encryptStringAsync: (text) => whenFree(() => encrypt(text)),
  decryptString: decrypt,
  decryptStringAsync: (bytes) => whenFree(() => ({ result: decrypt(bytes), shouldReEncrypt: false })),
};

async function whenFree<T>(task: () => T): Promise<T> {
  await Promise.resolve();
  if (desktop.sim.safeStorage === 'hangs') await new Promise<void>((resolve) => unanswered.push(resolve));
  if (desktop.sim.safeStorage === 'busy' && busyCalls-- > 0) throw new Error(BUSY);
  return task();
}

/** From now on the key store is like that; the calls that wait for one that hung are answered. */
export function keyStoreIs(safeStorage: Exclude<Sim['safeStorage'], 'hangs'>): void {
  desktop.sim = { ...desktop.sim, safeStorage };
  for (const answer of unanswered.splice(0)) answer();
}

/** false where the key store refuses, and for the built-in key before the app has asked for it. */
function maySeal(): boolean {
  const { safeStorage } = desktop.sim;
  return safeStorage !== 'refuses' && (safeStorage !== 'basic_text' || plainTextAllowed);
}

function encrypt(text: string): Buffer {
  if (!desktop.ready || !maySeal())
    throw new Error(`Error while encrypting the text provided to safeStorage. ${NOT_AVAILABLE}`);
  const name = sealsBy();
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key(name), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from(name), nonce, cipher.getAuthTag(), sealed]);
}

function decrypt(bytes: Buffer): string {
  const failed = new Error('Error while decrypting the ciphertext provided to safeStorage.');
  const name = bytes.subarray(0, 3).toString();
  const known = name === 'v10' || (name === 'v11' && sealsBy() === 'v11');
  if (!desktop.ready || !maySeal() || !known) throw failed;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key(name), bytes.subarray(3, 15)).setAuthTag(
      bytes.subarray(15, 31),
    );
    return decipher.update(bytes.subarray(31), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    throw failed;
  }
}

/** Without a key ring, or with a locked one, Chromium uses its built-in key without an error. */
function sealsBy(): KeyName {
  const { safeStorage } = desktop.sim;
  return safeStorage === 'basic_text' || safeStorage === 'locked' ? 'v10' : 'v11';
}

function key(name: KeyName): Buffer {
  const secret = name === 'v10' ? 'built-in' : `key ring ${desktop.sim.safeStorageKey}`;
  return createHash('sha256').update(`host ${secret}`).digest();
}

export const safeStorage = guarded('safeStorage', simulated);
