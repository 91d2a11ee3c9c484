import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AccountStore, SavedAccount } from '../../core/account/account-store.ts';
import { NOTHING_TRIED } from '../../core/account/push-access.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { SIGN_IN_FLOWS, type Tokens } from '../../core/pbx/tokens.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { DurableStore } from './durable-store.ts';
import { readOrKeepAside } from './keep-aside.ts';
import type { SecretBox } from './secret-box.ts';

const pushKind = z.enum(['token', 'password']);
const pushMemorySchema = z.object({ accepted: pushKind.nullable(), refused: z.array(pushKind) });

const accountSchema: z.ZodType<SavedAccount> = z.object({
  address: z.string(),
  domain: z.string(),
  username: z.string(),
  displayName: z.string(),
  extension: z.string(),
  otherNumbers: z.array(z.string()),
  fingerprint: z.string().nullable(),
  flow: z.enum(SIGN_IN_FLOWS).nullable(),
  // Files of the first version do not have it.
  push: pushMemorySchema.default(NOTHING_TRIED),
  remember: z.boolean(),
});

const tokensSchema: z.ZodType<Tokens> = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: z.number(),
  flow: z.enum(SIGN_IN_FLOWS),
});

/** `tokens`: Base64 of what the key store made of them. The file never holds a secret in the clear. */
type File = Record<'account' | 'demo' | 'tokens', unknown>;

/** account.json. Tokens are kept only where `mayKeepSecrets` says that the key store may be used. */
export class AccountFile implements AccountStore {
  readonly #store: DurableStore<File>;
  readonly #box: SecretBox;
  readonly #mayKeepSecrets: () => Promise<boolean>;
  readonly #log: Log;
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
    this.#store = new DurableStore<File>({ name: 'account', cwd: directory, clearInvalidConfig: false });
  }

  load(): SavedAccount | null {
    return accountSchema.safeParse(this.#store.get('account')).data ?? null;
  }

  save(account: SavedAccount): void {
    this.#put('account', account);
  }

  get demo(): boolean {
    return this.#store.get('demo') === true;
  }

  set demo(demo: boolean) {
    if (demo !== this.demo) this.#put('demo', demo);
  }

  async loadTokens(): Promise<Result<Tokens | null>> {
    const sealed = this.#store.get('tokens');
    if (typeof sealed !== 'string') return ok(null);
    if (!(await this.#mayKeepSecrets())) return ok(null);
    const text = await this.#box.open(sealed);
    const tokens = text === null ? undefined : parseTokens(text);
    return tokens === undefined ? err(appError('secrets-unreadable')) : ok(tokens);
  }

  saveTokens(tokens: Tokens | null): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const keep = tokens !== null && (await this.#mayKeepSecrets());
      const sealed = keep ? await this.#box.seal(JSON.stringify(tokens)) : null;
      this.#put('tokens', sealed ?? undefined);
    });
    return this.#writing;
  }

  /** Who is signed in stays so when it cannot be written down: a write that fails is logged only. */
  #put(key: keyof File, value: unknown): void {
    try {
      this.#store.put(key, value);
    } catch (error) {
      this.#log.warn(`account.json could not be written: ${String(error)}`);
    }
  }
}

function parseTokens(text: string): Tokens | undefined {
  try {
    return tokensSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
