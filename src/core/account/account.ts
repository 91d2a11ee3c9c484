import { appError, type AppError } from '../../shared/errors.ts';
import type { ServerInfo, SignInForm } from '../../shared/ipc.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AccountState } from '../../shared/state.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log-port.ts';
import { parseServerAddress } from '../pbx/server-address.ts';
import { probeServer } from '../pbx/probe.ts';
import { PbxHttp } from '../pbx/http.ts';
import { signIn, type Tokens } from '../pbx/sign-in.ts';
import type { AccountStore, SavedAccount } from './account-store.ts';
import { openConnection, type Connection } from './connection.ts';
import type { DemoAccess } from './demo-access.ts';

export interface AccountOptions {
  clock: Clock;
  store: AccountStore;
  log: Log;
  openDemo: () => Promise<Result<DemoAccess>>;
  /** The state as the window shows it changed. */
  onChange: () => void;
  /** A connection is there and may be used. */
  onConnected: (connection: Connection) => void;
  /** The connection is gone: signed out, or ended by the PBX. */
  onDisconnected: () => void;
}

/**
 * Who the user is to the PBX: signs in, keeps and renews the sign-in, and gives it up.
 * A rejected password is never sent again by itself: five failures make a PBX block the address for an hour.
 */
export class Account {
  readonly #options: AccountOptions;
  #status: AccountState['status'] = 'signed-out';
  #reason: AppError | null = null;
  #saved: SavedAccount | null;
  #connection: Connection | null = null;
  #demo: DemoAccess | null = null;

  constructor(options: AccountOptions) {
    this.#options = options;
    this.#saved = options.store.load();
  }

  get state(): AccountState {
    const saved = this.#saved;
    const shown = saved?.demo === true && this.#status === 'signed-out' ? null : saved;
    return {
      status: this.#status,
      demo: shown?.demo ?? false,
      address: shown?.address ?? '',
      domain: shown?.domain ?? '',
      username: shown?.username ?? '',
      displayName: shown?.displayName ?? '',
      extension: shown?.extension ?? '',
      reason: this.#reason,
    };
  }

  get connection(): Connection | null {
    return this.#connection;
  }

  /** The running demo PBX, to make a call happen; null when the account is a real one. */
  get demo(): DemoAccess | null {
    return this.#demo;
  }

  /** At program start: takes up the sign-in of last time, if there is one. */
  async resume(): Promise<void> {
    const saved = this.#saved;
    if (saved === null) return;
    if (saved.demo) {
      await this.startDemo();
      return;
    }
    const tokens = await this.#options.store.loadTokens();
    if (!tokens.ok) {
      this.#signedOut(tokens.error);
      return;
    }
    const server = parseServerAddress(saved.address);
    if (tokens.value === null || !server.ok || this.#status !== 'signed-out') return;
    const http = new PbxHttp({ origin: server.value.origin, trust: { fingerprint: saved.fingerprint } });
    this.#connected(saved, this.#open(saved, http, tokens.value));
    await this.refreshUser();
  }

  /** Looks at the server without signing in. */
  async test(form: Pick<SignInForm, 'address' | 'domain' | 'trustFingerprint'>): Promise<Result<ServerInfo>> {
    const address = parseServerAddress(form.address);
    if (!address.ok) return address;
    return probeServer({ address: address.value, domain: form.domain, trust: { fingerprint: this.#trustFor(form) } });
  }

  async signIn(form: SignInForm): Promise<Result<null>> {
    if (this.#status === 'signing-in') return err(appError('sign-in-busy'));
    this.#dropConnection();
    await this.#closeDemo();
    return this.#enter(form);
  }

  /** Starts the built-in demo PBX and signs in to it. */
  async startDemo(): Promise<Result<null>> {
    if (this.#status === 'signing-in') return err(appError('sign-in-busy'));
    this.#dropConnection();
    await this.#closeDemo();
    const demo = await this.#options.openDemo();
    if (!demo.ok) return demo;
    this.#demo = demo.value;
    const { address, domain, username, password, fingerprint } = demo.value;
    return this.#enter({ address, domain, username, password, trustFingerprint: fingerprint, remember: true });
  }

  /** Ends the sign-in at the PBX as well, as far as it can be reached; never fails. */
  async signOut(): Promise<void> {
    const connection = this.#connection;
    this.#signedOut(null);
    if (this.#saved?.demo === true) this.#remember(null);
    await this.#options.store.saveTokens(null);
    if (connection !== null) await connection.signOut();
    await this.#closeDemo();
  }

  /** Asks the PBX again who the user is; kept as it was when the PBX cannot be asked. */
  async refreshUser(): Promise<void> {
    const connection = this.#connection;
    const saved = this.#saved;
    if (connection === null || saved === null) return;
    const user = await connection.pbx.me();
    if (!user.ok || this.#connection !== connection) return;
    const { displayName, extension, otherNumbers } = user.value;
    this.#remember({ ...saved, displayName, extension, otherNumbers });
    this.#options.onChange();
  }

  /** The numbers that the PBX says are the user's. */
  get numbers(): { extension: string; others: readonly string[] } {
    return { extension: this.#saved?.extension ?? '', others: this.#saved?.otherNumbers ?? [] };
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    await connection?.close();
    await this.#closeDemo();
  }

  async #enter(form: SignInForm): Promise<Result<null>> {
    this.#reason = null;
    this.#status = 'signing-in';
    this.#options.onChange();
    const answer = await this.#signInAt(form);
    if (!answer.ok) {
      this.#options.log.warn(`Signing in failed: ${answer.error.code} ${answer.error.detail ?? ''}`);
      this.#status = 'signed-out';
      await this.#closeDemo();
      this.#options.onChange();
    }
    return answer;
  }

  async #signInAt(form: SignInForm): Promise<Result<null>> {
    const address = parseServerAddress(form.address);
    if (!address.ok) return address;
    const fingerprint = this.#trustFor(form);
    // The server is looked at before it is told the password: a wrong address must not learn it.
    const server = await probeServer({ address: address.value, domain: form.domain, trust: { fingerprint } });
    if (!server.ok) return server;
    const account: SavedAccount = {
      demo: this.#demo !== null,
      address: form.address.trim(),
      domain: form.domain.trim(),
      username: form.username.trim(),
      displayName: '',
      extension: '',
      otherNumbers: [],
      fingerprint,
      remember: form.remember,
    };
    const http = new PbxHttp({ origin: server.value.origin, trust: { fingerprint } });
    const { username, domain } = account;
    const tokens = await signIn(http, { username, domain, password: form.password }, this.#options.clock);
    if (!tokens.ok) {
      await http.close();
      return tokens;
    }
    await this.#options.store.saveTokens(this.#keepsTokens(account) ? tokens.value : null);
    const connection = this.#open(account, http, tokens.value);
    // Whose phone is whose must be known before the first look at the calls.
    const user = await connection.pbx.me();
    if (user.ok) {
      const { displayName, extension, otherNumbers } = user.value;
      Object.assign(account, { displayName, extension, otherNumbers });
    } else if (user.error.code === 'session-expired') {
      await connection.close();
      return user;
    }
    this.#connected(account, connection);
    return ok(null);
  }

  #open(account: SavedAccount, http: PbxHttp, tokens: Tokens): Connection {
    const connection: Connection = openConnection({
      http,
      tokens,
      clock: this.#options.clock,
      onTokens: (next) => {
        if (this.#connection === connection && this.#keepsTokens(account)) void this.#options.store.saveTokens(next);
      },
      onLost: (error) => {
        if (this.#connection !== connection) return;
        this.#options.log.warn(`The PBX ended the sign-in: ${error.detail ?? error.code}`);
        void this.#options.store.saveTokens(null);
        this.#signedOut(error);
      },
    });
    return connection;
  }

  #connected(account: SavedAccount, connection: Connection): void {
    this.#connection = connection;
    this.#status = 'signed-in';
    this.#reason = null;
    this.#remember(account);
    this.#options.onChange();
    this.#options.onConnected(connection);
  }

  #signedOut(reason: AppError | null): void {
    this.#dropConnection();
    this.#status = 'signed-out';
    this.#reason = reason;
    this.#options.onChange();
  }

  /** A connection that is left behind finishes what it is doing by itself; nobody listens to it any more. */
  #dropConnection(): void {
    if (this.#connection === null) return;
    this.#connection = null;
    this.#options.onDisconnected();
  }

  #remember(account: SavedAccount | null): void {
    this.#saved = account;
    this.#options.store.save(account);
  }

  /** The demo has a new password at each start, so there is nothing worth keeping. */
  #keepsTokens(account: SavedAccount): boolean {
    return account.remember && !account.demo;
  }

  /** The fingerprint that the user has just confirmed, or the one confirmed for this server before. */
  #trustFor(form: Pick<SignInForm, 'address' | 'trustFingerprint'>): string | null {
    if (form.trustFingerprint !== null) return form.trustFingerprint;
    return this.#saved?.address === form.address.trim() ? this.#saved.fingerprint : null;
  }

  async #closeDemo(): Promise<void> {
    const demo = this.#demo;
    this.#demo = null;
    await demo?.close();
  }
}
