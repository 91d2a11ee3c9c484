import type { AppError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { keyOf } from './account-key.ts';
import type { SavedAccount, Secrets } from './account-store.ts';
import { openConnection, type Connection } from './connection.ts';
import type { Entry } from './enter.ts';
import type { PushMemory } from './push-access.ts';

export interface CurrentConnectionOptions {
  clock: Clock;
  /** New tokens of an account, also of one whose connection was left a moment ago. */
  onSecrets: (account: SavedAccount, secrets: Secrets) => void;
  /** See AccountOptions. */
  onUnpaced: () => void;
  /** The server said something to a way of signing in for push. */
  onPushMemory: (memory: PushMemory) => void;
  mayTryToken: () => boolean;
  /** The PBX ended the sign-in. The connection is still there. */
  onLost: (error: AppError) => void;
  /** The connection is there no more. */
  onGone: () => void;
}

/** The one connection in use, and whose it is. */
export class CurrentConnection {
  readonly #options: CurrentConnectionOptions;
  #now: { connection: Connection; account: SavedAccount } | null = null;
  /** Connections that were left and may still have something to tell, by the key of their account. */
  readonly #left = new Map<string, Promise<void>>();

  constructor(options: CurrentConnectionOptions) {
    this.#options = options;
  }

  get connection(): Connection | null {
    return this.#now?.connection ?? null;
  }

  get account(): SavedAccount | null {
    return this.#now?.account ?? null;
  }

  open({ account, http, tokens, password }: Entry): Connection {
    const { clock, mayTryToken, onSecrets, onUnpaced, onPushMemory, onLost } = this.#options;
    const connection: Connection = openConnection({
      http,
      tokens,
      clock,
      push: {
        username: account.username,
        domain: account.domain,
        password: () => password,
        mayTryToken,
        memory: account.push,
        onMemory: (memory) => {
          if (this.#now?.connection === connection) onPushMemory(memory);
        },
      },
      onUnpaced,
      onTokens: (tokens) => onSecrets(account, { tokens, password }),
      onLost: (error) => {
        if (this.#now?.connection === connection) onLost(error);
      },
    });
    this.#now = { connection, account };
    return connection;
  }

  /** More is known of the account. */
  update(account: SavedAccount): void {
    if (this.#now !== null) this.#now = { ...this.#now, account };
  }

  /** Lets go of it without signing out at the PBX, so that it can be taken up again. */
  leave(): void {
    const now = this.#take();
    if (now === null) return;
    this.#left.set(keyOf(now.account), now.connection.leave());
    this.#options.onGone();
  }

  /** Ends it before another byte is sent. */
  cut(): void {
    const now = this.#take();
    if (now === null) return;
    void now.connection.close();
    this.#options.onGone();
  }

  /** Ends it, and the sign-in at the PBX as far as that can be reached. Never fails. */
  async signOut(): Promise<void> {
    const now = this.#take();
    if (now === null) return;
    const gone = now.connection.signOut();
    this.#options.onGone();
    await gone;
  }

  /** Kept when the newest tokens of an account are known, even if its connection was left during a refresh. */
  async settled(account: SavedAccount): Promise<void> {
    await this.#left.get(keyOf(account));
  }

  /** At the end of the program: nobody is told. */
  async close(): Promise<void> {
    await this.#take()?.connection.close();
  }

  #take() {
    const now = this.#now;
    this.#now = null;
    return now;
  }
}
