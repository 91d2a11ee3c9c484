import type { SafeStorage } from 'electron';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { DesktopState } from '../../shared/state.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';

type Safe = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
>;

export interface SecretBoxOptions {
  safe: Safe;
  platform: NodeJS.Platform;
  clock: Clock;
  log: Log;
  /** The strength that was last seen differs from the one before. */
  onStrength?: (strength: DesktopState['secrets']) => void;
}

/** Waits between the tries while the key store is temporarily unavailable, for example while it is being unlocked. */
const RETRIES_MS = [500, 1_000, 2_000, 4_000];

/**
 * Maximum wait for an answer, in ms, longer than all retries. A key ring that asks the user for its password may answer
 * much later, or never if its program hangs.
 */
const LIMIT_MS = 10_000;

/** One use asks for the strength more than once, and a key ring must not ask the user again within it. */
const FAILURE_HOLDS_MS = 2_000;

/**
 * Encrypts secrets with the key store of the platform. On Linux without a keyring, Chromium uses `basic_text`, a key
 * that is the same in every copy of the program. That key store is called weak and used only with the user's consent.
 */
export class SecretBox {
  readonly #safe: Safe;
  readonly #platform: NodeJS.Platform;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onStrength: (strength: DesktopState['secrets']) => void;
  #strength: Promise<DesktopState['secrets']> | null = null;
  #last: DesktopState['secrets'] | null = null;
  /** When the key store last failed (monotonic, ms). */
  #failedAt = -Infinity;

  constructor({ safe, platform, clock, log, onStrength = () => undefined }: SecretBoxOptions) {
    this.#safe = safe;
    this.#platform = platform;
    this.#clock = clock;
    this.#log = log;
    this.#onStrength = onStrength;
  }

  /**
   * How well the key store protects secrets. Tested by encrypting a text and decrypting it, because a key store may
   * refuse its key; tested again at the next use after the key store failed. Call it only after the app is ready. A key
   * ring may ask the user for its password; if it takes longer than LIMIT_MS, the strength is `no-answer` until it
   * answers.
   */
  strength(): Promise<DesktopState['secrets']> {
    const failed = this.#failedAt > -Infinity && this.#clock.elapsed() - this.#failedAt >= FAILURE_HOLDS_MS;
    if (this.#strength === null || failed) {
      this.#failedAt = -Infinity;
      this.#strength = this.#limited(this.#probe()).then(
        (strength) => this.#saw(strength),
        () => 'no-answer',
      );
    }
    return this.#strength;
  }

  /**
   * The secret as base64 that only this user on this computer can read; null when the key store refused. Call it with a
   * weak key store only if the user agreed.
   */
  async seal(secret: string): Promise<string | null> {
    try {
      this.#allowWeak();
      const sealed = await this.#limited(this.#retried(() => this.#safe.encryptStringAsync(secret)));
      return sealed.toString('base64');
    } catch (error) {
      this.#log.warn(`The key store did not take a secret: ${String(error)}`);
      if (!(error instanceof NoAnswer)) this.#failed();
      return null;
    }
  }

  /**
   * Opens a sealed secret. Errors: `secrets-locked` when the key may be available later, `secrets-waiting` while the key
   * store does not answer, `secrets-unreadable` when the key is gone (another user, another computer, a reset keyring).
   */
  async open(sealed: string): Promise<Result<string>> {
    const locked = await this.lockOf(sealed);
    if (locked !== null) return err(appError(locked));
    try {
      this.#allowWeak();
      const bytes = Buffer.from(sealed, 'base64');
      const opened = await this.#limited(this.#retried(() => this.#safe.decryptStringAsync(bytes)));
      return ok(opened.result);
    } catch (error) {
      this.#log.warn(`The key store could not read a secret: ${String(error)}`);
      if (error instanceof NoAnswer) return err(appError('secrets-waiting'));
      this.#failed();
      return err(appError(isTemporary(error) ? 'secrets-locked' : 'secrets-unreadable'));
    }
  }

  /**
   * Why the key store does not give its key at the moment, for example because the key ring is locked; null if it
   * does.
   */
  async lockOf(sealed: string): Promise<'secrets-locked' | 'secrets-waiting' | null> {
    const strength = await this.strength();
    if (strength === 'no-answer') return 'secrets-waiting';
    const isLocked = strength === 'none' || (strength === 'weak' && keyOf(Buffer.from(sealed, 'base64')) === 'own');
    if (isLocked) this.#failed();
    return isLocked ? 'secrets-locked' : null;
  }

  #saw(strength: DesktopState['secrets']): DesktopState['secrets'] {
    if (strength === 'none') this.#failed();
    if (strength !== this.#last) this.#onStrength(strength);
    this.#last = strength;
    return strength;
  }

  /** Counts from the first failure, so that many uses in a row do not put off the next test. */
  #failed(): void {
    if (this.#failedAt === -Infinity) this.#failedAt = this.#clock.elapsed();
  }

  async #probe(): Promise<DesktopState['secrets']> {
    try {
      if (this.#isWeak()) return 'weak';
      if (!(await this.#safe.isAsyncEncryptionAvailable())) return 'none';
      const sealed = await this.#retried(() => this.#safe.encryptStringAsync('probe'));
      const { result } = await this.#retried(() => this.#safe.decryptStringAsync(sealed));
      if (result !== 'probe') return 'none';
      // On Linux Electron reports "available" even when no keyring answered and the built-in key is used.
      return this.#platform === 'linux' && keyOf(sealed) !== 'own' ? 'weak' : 'strong';
    } catch (error) {
      this.#log.warn(`The key store cannot be used: ${String(error)}`);
      return 'none';
    }
  }

  /** Rejects with NoAnswer if the key store takes longer than LIMIT_MS. */
  #limited<T>(task: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = this.#clock.after(LIMIT_MS, () => {
        this.#missAnswer(task);
        reject(new NoAnswer());
      });
      task.then(resolve, reject).finally(stop);
    });
  }

  /** Until the late task ends, the key store is not asked again, so that its questions to the user do not pile up. */
  #missAnswer(late: Promise<unknown>): void {
    this.#failedAt = -Infinity;
    this.#strength = Promise.resolve(this.#saw('no-answer'));
    const askAgain = (): void => {
      this.#strength = null;
      void this.strength();
    };
    late.then(askAgain, askAgain);
  }

  async #retried<T>(ask: () => Promise<T>): Promise<T> {
    for (const ms of RETRIES_MS) {
      try {
        return await ask();
      } catch (error) {
        if (!isTemporary(error)) throw error;
        await new Promise<void>((resolve) => void this.#clock.after(ms, resolve));
      }
    }
    return ask();
  }

  #isWeak(): boolean {
    return this.#platform === 'linux' && this.#safe.getSelectedStorageBackend() === 'basic_text';
  }

  /** Some of Electron's calls refuse the built-in key until it is explicitly allowed. */
  #allowWeak(): void {
    if (this.#isWeak()) this.#safe.setUsePlainTextEncryption(true);
  }
}

class NoAnswer extends Error {
  constructor() {
    super(`no answer within ${LIMIT_MS / 1000} s`);
  }
}

/** Sealed data starts with the name of the key; on Linux `v10` is the built-in key (components/os_crypt). */
function keyOf(sealed: Buffer): 'own' | 'built-in' {
  const name = sealed.subarray(0, 3).toString('latin1');
  return /^v\d\d$/.test(name) && name !== 'v10' ? 'own' : 'built-in';
}

/** Electron's message while the system's key store is being opened (electron_api_safe_storage.cc). */
const isTemporary = (error: unknown): boolean => /temporarily unavailable/i.test(String(error));
