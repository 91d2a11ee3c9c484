import { z } from 'zod';
import { keyOf } from '../../core/account/account-key.ts';
import type { AccountStore, SavedAccount, Secrets } from '../../core/account/account-store.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { reportBug } from '../../core/report-bug.ts';
import { SIGN_IN_FLOWS } from '../../core/pbx/tokens.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { DesktopState, TrustedCertificate } from '../../shared/state.ts';
import {
  readAccountFile,
  writeAccountFile,
  type AccountFileContent,
  type AccountFileShape,
  type SealedAccount,
} from './account-file-shape.ts';
import { partlyDamaged, type NoticeBoard } from './file-notices.ts';
import { JsonFile } from './json-file.ts';
import type { SecretBox } from './secret-box.ts';

const secretsSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: z.number(),
  flow: z.enum(SIGN_IN_FLOWS),
  password: z.string().optional(),
});

export interface AccountFileOptions {
  directory: string;
  box: SecretBox;
  /** Whether the user allows secrets in a key store of this strength. */
  mayKeep: (strength: DesktopState['secrets']) => boolean;
  clock: Clock;
  log: Log;
  board: NoticeBoard;
}

/** account.json. Secrets are sealed by the key store and saved only when the user accepts its strength. */
export class AccountFile implements AccountStore {
  readonly #file: JsonFile;
  readonly #box: SecretBox;
  readonly #mayKeep: AccountFileOptions['mayKeep'];
  #content: AccountFileContent;
  /** The last secrets for each account. Older ones that the key store takes later are not saved. */
  readonly #newest = new Map<string, Secrets | null>();

  constructor({ directory, box, mayKeep, clock, log, board }: AccountFileOptions) {
    this.#box = box;
    this.#mayKeep = mayKeep;
    this.#file = new JsonFile({ directory, name: 'account', clock, log, board });
    const { content, leftOut } = readAccountFile(this.#file.value);
    this.#content = content;
    if (leftOut > 0) {
      this.#file.keepCopy((copy) => partlyDamaged(copy, leftOut));
      this.#write(writeAccountFile(content));
    }
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
    return this.#file.value['demo'] === true;
  }

  set demo(demo: boolean) {
    if (demo !== this.demo) this.#write({ demo });
  }

  hasSecrets(key: string): boolean {
    return (this.#find(key)?.sealed ?? null) !== null;
  }

  async loadSecrets(key: string): Promise<Result<Secrets | null>> {
    const sealed = this.#find(key)?.sealed ?? null;
    if (sealed === null) return ok(null);
    const locked = await this.#box.lockOf(sealed);
    if (locked !== null) return err(appError(locked));
    if (!this.#mayKeep(await this.#box.strength())) return ok(null);
    const text = await this.#box.open(sealed);
    if (!text.ok) return text;
    const secrets = parseSecrets(text.value);
    return secrets === undefined ? err(appError('secrets-unreadable')) : ok(secrets);
  }

  saveSecrets(key: string, secrets: Secrets | null): Promise<void> {
    return this.#saveSecrets(key, secrets).catch(reportBug);
  }

  close(): void {
    this.#file.close();
  }

  async #saveSecrets(key: string, secrets: Secrets | null): Promise<void> {
    this.#newest.set(key, secrets);
    const before = this.#find(key)?.sealed ?? null;
    const sealed = secrets === null ? null : await this.#seal(secrets, before);
    if (this.#newest.get(key) !== secrets) return;
    const found = this.#find(key);
    if (found === undefined || found.sealed === sealed) return;
    this.#change({
      accounts: this.#content.accounts.map((entry) => (entry === found ? { ...entry, sealed } : entry)),
    });
  }

  /**
   * While the key store is locked or does not answer, `before` stays, because it can be read later. It is removed when
   * the user does not allow secrets to be saved.
   */
  async #seal(secrets: Secrets, before: string | null): Promise<string | null> {
    const strength = await this.#box.strength();
    if (this.#mayKeep(strength)) return (await this.#box.seal(textOf(secrets))) ?? before;
    return before !== null && (await this.#box.lockOf(before)) !== null ? before : null;
  }

  #find(key: string): SealedAccount | undefined {
    return this.#content.accounts.find(({ account }) => keyOf(account) === key);
  }

  #change(change: Partial<AccountFileContent>): void {
    this.#content = { ...this.#content, ...change };
    this.#write(writeAccountFile(this.#content));
  }

  /** Writes the file. If that fails, a notice reports it, and the user stays signed in. */
  #write(change: Partial<AccountFileShape>): void {
    this.#file.saveEventually({ ...this.#file.value, ...change });
  }
}

/** The tokens in the format of earlier versions, with the password as a further field when it is saved. */
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
