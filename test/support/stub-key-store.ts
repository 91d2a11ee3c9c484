/** A key store that inverts bytes, so that tests see text in the clear. Fails with Electron's messages. */
export class StubKeyStore {
  backend: 'basic_text' | 'gnome_libsecret' | 'unknown' = 'gnome_libsecret';
  /** The prefix of all encrypted data: `v10` is Chromium's built-in key on Linux. */
  tag = 'v11';
  /** Only what was sealed by the same key can be opened. */
  key = 'mine';
  refuses = false;
  /** How many times it is temporarily unavailable from now on. */
  busyTimes = 0;
  asked = 0;
  /** While set, no call is answered. */
  hanging: Promise<unknown> | null = null;

  /** True as soon as the key store has answered, as in Electron. */
  isAsyncEncryptionAvailable(): Promise<boolean> {
    return Promise.resolve(true);
  }

  getSelectedStorageBackend(): typeof this.backend {
    return this.backend;
  }

  setUsePlainTextEncryption(): void {}

  async encryptStringAsync(text: string): Promise<Buffer> {
    await this.#turn();
    return Buffer.from(`${this.tag}${Buffer.from(`${this.key}:${text}`).reverse().toString('hex')}`);
  }

  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    await this.#turn();
    const text = Buffer.from(sealed.subarray(3).toString(), 'hex').reverse().toString();
    const known = text.startsWith(`${this.key}:`) && sealed.subarray(0, 3).toString() === this.tag;
    if (!known) throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.');
    return { result: text.slice(this.key.length + 1), shouldReEncrypt: false };
  }

  async #turn(): Promise<void> {
    this.asked++;
    await this.hanging;
    if (this.refuses) throw new Error('Encryption is not available.');
    if (this.busyTimes === 0) return;
    this.busyTimes--;
    throw new Error('safeStorage is temporarily unavailable. Please try again.');
  }
}
