import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { keyOf } from '../../core/account/account-key.ts';
import type { AccountStore, SavedAccount, Secrets } from '../../core/account/account-store.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { SIGN_IN_FLOWS } from '../../core/pbx/tokens.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { TrustedCertificate } from '../../shared/state.ts';
import {
  readAccountFile,
  writeAccountFile,
  type AccountFileContent,
  type AccountFileShape,
  type SealedAccount,
} from './account-file-shape.ts';
import { DurableStore } from './durable-store.ts';
import { readOrKeepAside } from './keep-aside.ts';
import type { SecretBox } from './secret-box.ts';

const secretsSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: z.number(),
  flow: z.enum(SIGN_IN_FLOWS),
  password: z.string().optional(),
});

/** account.json. Tokens are kept only where `mayKeepSecrets` says that the key store may be used. */
export class AccountFile implements AccountStore {
  readonly #store: DurableStore<AccountFileShape>;
  readonly #box: SecretBox;
  readonly #mayKeepSecrets: () => Promise<boolean>;
  readonly #log: Log;
  #content: AccountFileContent;
  /** Writes happen one after the other, so that an older token never replaces a newer one. */
  #writing: Promise<void> = Promise.resolve();

  constructor(directory: string, box: SecretBox, mayKeepSecrets: () => Promise<boolean>, clock: Clock, log: Log) {
    const path = join(directory, 'account.json');
    const file = readOrKeepAside(path, clock.now());
    if (file.found === 'broken') {
      log.warn(`account.json could not be read; it was kept as ${file.copy}`);
      rmSync(path, { force: true });
    }
    this.#box = box;
    this.#mayKeepSecrets = mayKeepSecrets;
    this.#log = log;
    this.#store = new DurableStore<AccountFileShape>({ name: 'account', cwd: directory, clearInvalidConfig: false });
    this.#content = readAccountFile(this.#store.store);
  }

  get accounts(): readonly SavedAccount[] {
    return this.#content.accounts.map(({ account }) => account);
  }

  saveAccounts(accounts: readonly SavedAccount[]): void {
    this.#change({
      accounts: accounts.map((account) => ({ account, sealed: this.#find(keyOf(account))?.sealed ?? null })),
    });
  }

  get certificates(): readonly TrustedCertificate[] {
    return this.#content.certificates;
  }

  saveCertificates(certificates: readonly TrustedCertificate[]): void {
    this.#change({ certificates: [...certificates] });
  }

  get demo(): boolean {
    return this.#store.get('demo') === true;
  }

  set demo(demo: boolean) {
    if (demo !== this.demo) this.#write({ demo });
  }

  hasSecrets(key: string): boolean {
    return (this.#find(key)?.sealed ?? null) !== null;
  }

  async loadSecrets(key: string): Promise<Result<Secrets | null>> {
    const sealed = this.#find(key)?.sealed ?? null;
    if (sealed === null || !(await this.#mayKeepSecrets())) return ok(null);
    const text = await this.#box.open(sealed);
    const secrets = text === null ? undefined : parseSecrets(text);
    return secrets === undefined ? err(appError('secrets-unreadable')) : ok(secrets);
  }

  saveSecrets(key: string, secrets: Secrets | null): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const keep = secrets !== null && (await this.#mayKeepSecrets());
      const sealed = keep ? await this.#box.seal(textOf(secrets)) : null;
      const found = this.#find(key);
      if (found === undefined || found.sealed === sealed) return;
      this.#change({
        accounts: this.#content.accounts.map((entry) => (entry === found ? { ...entry, sealed } : entry)),
      });
    });
    return this.#writing;
  }

  #find(key: string): SealedAccount | undefined {
    return this.#content.accounts.find(({ account }) => keyOf(account) === key);
  }

  #change(change: Partial<AccountFileContent>): void {
    this.#content = { ...this.#content, ...change };
    this.#write(writeAccountFile(this.#content));
  }

  /** Who is signed in stays so when it cannot be written down: a write that fails is logged only. */
  #write(change: Partial<AccountFileShape>): void {
    try {
      this.#store.store = { ...this.#store.store, ...change };
    } catch (error) {
      this.#log.warn(`account.json could not be written: ${String(error)}`);
    }
  }
}

/** Tokens alone, as earlier programs write and read them; the password stands beside them where it is kept. */
function textOf({ tokens, password }: Secrets): string {
  return JSON.stringify(password === null ? tokens : { ...tokens, password });
}

function parseSecrets(text: string): Secrets | undefined {
  try {
    const read = secretsSchema.safeParse(JSON.parse(text)).data;
    if (read === undefined) return undefined;
    const { password = null, ...tokens } = read;
    return { tokens, password };
  } catch {
    return undefined;
  }
}
