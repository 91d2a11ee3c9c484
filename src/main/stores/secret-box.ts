import type { SafeStorage } from 'electron';
import type { DesktopState } from '../../shared/state.ts';
import type { Log } from '../../core/log-port.ts';

type Safe = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
>;

/**
 * Secrets through the platform's key store. On Linux without a keyring Chromium falls back to `basic_text`,
 * a key that is the same in every copy of the program: that is called weak and used only with the user's consent.
 */
export class SecretBox {
  readonly #safe: Safe;
  readonly #platform: NodeJS.Platform;
  readonly #log: Log;

  constructor(safe: Safe, platform: NodeJS.Platform, log: Log) {
    this.#safe = safe;
    this.#platform = platform;
    this.#log = log;
  }

  /** After the app is ready. */
  async strength(): Promise<DesktopState['secrets']> {
    try {
      if (this.#isWeak()) return 'weak';
      if (!(await this.#safe.isAsyncEncryptionAvailable())) return 'none';
      return this.#platform !== 'linux' || (await this.#sealsWithOwnKey()) ? 'strong' : 'weak';
    } catch (error) {
      this.#log.warn(`The key store could not be asked: ${String(error)}`);
      return 'none';
    }
  }

  /**
   * The secret as base64 that only this user on this computer can read; null when the key store refused.
   * On a weak one, to be called with the user's consent only.
   */
  async seal(secret: string): Promise<string | null> {
    try {
      this.#admitWeak();
      return (await this.#safe.encryptStringAsync(secret)).toString('base64');
    } catch (error) {
      this.#log.warn(`The key store did not take a secret: ${String(error)}`);
      return null;
    }
  }

  /** The secret again; null when it cannot be read (another user, another computer, a reset keyring). */
  async open(sealed: string): Promise<string | null> {
    try {
      this.#admitWeak();
      return (await this.#safe.decryptStringAsync(Buffer.from(sealed, 'base64'))).result;
    } catch (error) {
      this.#log.warn(`The key store could not read a secret: ${String(error)}`);
      return null;
    }
  }

  /**
   * On Linux Electron says "available" also when no keyring answered and the built-in key is used. What it seals tells:
   * it begins with the name of the key, and `v10` is the built-in one (Chromium, components/os_crypt).
   */
  async #sealsWithOwnKey(): Promise<boolean> {
    const key = (await this.#safe.encryptStringAsync('probe')).subarray(0, 3).toString('latin1');
    return /^v\d\d$/.test(key) && key !== 'v10';
  }

  #isWeak(): boolean {
    return this.#platform === 'linux' && this.#safe.getSelectedStorageBackend() === 'basic_text';
  }

  /** Some of Electron's calls refuse the built-in key until they are told that this is meant. */
  #admitWeak(): void {
    if (this.#isWeak()) this.#safe.setUsePlainTextEncryption(true);
  }
}
