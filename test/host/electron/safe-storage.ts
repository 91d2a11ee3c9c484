/* eslint-disable @typescript-eslint/no-deprecated -- a stand-in has the old calls, too */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { SafeStorage } from 'electron/main';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';

let plainTextAllowed = false;

/** Encrypts for real, but with a key that anyone can read here: good enough to see that nothing is kept in clear. */
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
  isEncryptionAvailable: isAvailable,
  isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable()),
  getSelectedStorageBackend: () => {
    const { safeStorage } = desktop.sim;
    return !desktop.ready || safeStorage === 'none' ? 'unknown' : safeStorage;
  },
  setUsePlainTextEncryption: (allowed) => {
    plainTextAllowed = allowed;
  },
  encryptString: encrypt,
  encryptStringAsync: (text) => Promise.resolve(text).then(encrypt),
  decryptString: decrypt,
  decryptStringAsync: (bytes) =>
    Promise.resolve(bytes).then((given) => ({ result: decrypt(given), shouldReEncrypt: false })),
};

/** On Linux false before `ready`, without a keyring, and for the built-in key unless the app asked for it. */
function isAvailable(): boolean {
  const { safeStorage } = desktop.sim;
  if (!desktop.ready || safeStorage === 'none') return false;
  return safeStorage !== 'basic_text' || plainTextAllowed;
}

function encrypt(text: string): Buffer {
  if (!isAvailable())
    throw new Error(
      'Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available.',
    );
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key(), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from('v11'), nonce, cipher.getAuthTag(), sealed]);
}

function decrypt(bytes: Buffer): string {
  const failed = new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
  if (!isAvailable() || bytes.subarray(0, 3).toString() !== 'v11') throw failed;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(3, 15)).setAuthTag(bytes.subarray(15, 31));
    return decipher.update(bytes.subarray(31), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    throw failed;
  }
}

function key(): Buffer {
  return createHash('sha256').update(`host ${desktop.sim.safeStorage} ${desktop.sim.safeStorageKey}`).digest();
}

export const safeStorage = guarded('safeStorage', simulated);
