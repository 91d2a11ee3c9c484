import { appError, type AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AccountState } from '../../shared/state.ts';
import { reportBug } from '../report-bug.ts';
import { openHttps, type HttpPort } from '../pbx/http.ts';
import { parseServerAddress } from '../pbx/server-address.ts';
import type { Trust } from '../pbx/tls-trust.ts';
import type { AccountOptions } from './account-options.ts';
import { keyOf } from './account-key.ts';
import type { SavedAccount } from './account-store.ts';
import { CodeStep } from './code-step.ts';
import { CurrentConnection } from './current-connection.ts';
import { DemoLife } from './demo-life.ts';
import type { Entrance, Entry } from './enter.ts';
import type { SavedAccounts } from './saved-accounts.ts';
import type { TrustedServers } from './trusted-servers.ts';

/**
 * Whether somebody is signed in, and the one attempt that may be under way: from its first line to its end the status
 * is `signing-in`, and no other begins.
 */
export class Admission {
  readonly #options: AccountOptions;
  readonly #saved: SavedAccounts;
  readonly #trusted: TrustedServers;
  readonly demo: DemoLife;
  readonly code: CodeStep;
  /** Of the active account or the demo's. */
  readonly current: CurrentConnection;
  #status: AccountState['status'] = 'signed-out';
  #reason: AppError | null = null;
  #activeKey: string | null;
  readonly #closing = new AbortController();

  constructor(options: AccountOptions, saved: SavedAccounts, trusted: TrustedServers) {
    this.#options = options;
    this.#saved = saved;
    this.#trusted = trusted;
    this.demo = new DemoLife(options.openDemo);
    this.code = new CodeStep(options.clock);
    this.current = new CurrentConnection({
      clock: options.clock,
      onSecrets: (account, secrets) => void saved.keep(account, secrets),
      onUnpaced: options.onUnpaced,
      onPushMemory: (push) => {
        const { account } = this.current;
        if (account !== null) this.#remember({ ...account, push });
      },
      // The demo PBX is known to take one, and to block nobody.
      mayTryToken: () => this.demo.access !== null,
      onLost: (error) => this.#lost(error),
      onGone: options.onDisconnected,
    });
    this.#activeKey = saved.latest === null ? null : keyOf(saved.latest);
  }

  get status(): AccountState['status'] {
    return this.#status;
  }

  /** Why nobody is signed in, when it was not the user's own wish. */
  get reason(): AppError | null {
    return this.#reason;
  }

  /** Aborted when the account is closed: ends everything that is under way. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** The real account, also while the demo is on; null when the form is to be filled in for a new one. */
  get active(): SavedAccount | null {
    return this.#activeKey === null ? null : this.#saved.find(this.#activeKey);
  }

  set active(account: SavedAccount | null) {
    this.#activeKey = account === null ? null : keyOf(account);
    if (account !== null) this.#saved.use(account);
  }

  /** Takes the turn for one attempt; false when another has it. Nothing may be awaited before this. */
  begin(): boolean {
    if (this.#status === 'signing-in' || this.closing.aborted) return false;
    this.#status = 'signing-in';
    this.#reason = null;
    this.current.leave();
    this.#options.onChange('account');
    return true;
  }

  /** A part that throws against its promise must not leave the status at `signing-in` for ever. */
  async attempt(attempt: () => Promise<Result<Entrance>>): Promise<Result<Entrance>> {
    try {
      return await attempt();
    } catch (error) {
      reportBug(error);
      return err(appError('internal', { detail: String(error) }));
    }
  }

  /** Goes on with what is kept of an account. The error, if any, is why it is not known whether that still works. */
  async takeUp(account: SavedAccount): Promise<AppError | null> {
    try {
      return await this.#takeUp(account);
    } catch (error) {
      reportBug(error);
      const failure = appError('internal', { detail: String(error) });
      if (this.#status === 'signing-in') this.signedOut(failure);
      return failure;
    }
  }

  /** null where the address is none. */
  httpTo(address: string, trust: Trust): HttpPort | null {
    const server = parseServerAddress(address);
    const { proxyFor, clock, openHttp = openHttps } = this.#options;
    const signal = this.closing;
    return server.ok ? openHttp({ origin: server.value.origin, trust, proxyFor, clock, signal }) : null;
  }

  async finish(entrance: Result<Entrance>): Promise<Result<null>> {
    if (!entrance.ok) {
      this.#options.log.warn(`Signing in failed: ${entrance.error.code} ${entrance.error.detail ?? ''}`);
      await this.demo.end();
      this.signedOut(null);
      return entrance;
    }
    if (this.closing.aborted) {
      const { http } = entrance.value.step === 'in' ? entrance.value.entry : entrance.value.waiting;
      await http.close();
      await this.demo.end();
      return err(appError('signed-out'));
    }
    if (entrance.value.step === 'code') {
      const sent = await this.code.open(entrance.value.waiting);
      if (!sent.ok) return this.finish(sent);
      this.#options.onChange('account');
      return ok(null);
    }
    const { entry } = entrance.value;
    this.#options.store.demo = this.demo.access !== null;
    this.#connected(this.demo.access === null ? await this.#keep(entry) : entry);
    return ok(null);
  }

  /** Asks the PBX again who the user is; kept as it was, with the error, when the PBX cannot be asked. */
  async refreshUser(): Promise<AppError | null> {
    const { connection } = this.current;
    if (connection !== null) this.#options.onUnpaced();
    const user = await connection?.pbx.me();
    if (user?.ok === false) return user.error;
    const { account } = this.current;
    if (user === undefined || this.current.connection !== connection || account === null) return null;
    const { displayName, extension, otherNumbers } = user.value;
    this.#remember({ ...account, displayName, extension, otherNumbers });
    this.#options.onChange('account');
    return null;
  }

  signedOut(reason: AppError | null): void {
    this.#status = 'signed-out';
    this.#reason = reason;
    this.#options.onChange('account');
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const code = this.code.leave();
    if (code.ok) await code.value;
    await this.current.close();
    await this.demo.end();
  }

  /** Saves who has just signed in, and by which certificate. */
  async #keep(entry: Entry): Promise<Entry> {
    const known = this.#saved.like(entry.account);
    // The same account, its address typed in another way, stays one account.
    const { address, domain } = known ?? entry.account;
    const account = { ...entry.account, address, domain };
    this.#saved.use(account);
    const { fingerprint } = entry.http.way.trust;
    if (fingerprint !== null) this.#trusted.trust(address, fingerprint);
    await this.#saved.keep(account, { tokens: entry.tokens, password: entry.password });
    return { ...entry, account };
  }

  async #takeUp(account: SavedAccount): Promise<AppError | null> {
    await this.current.settled(account);
    const secrets = await this.#saved.secrets(account);
    if (this.closing.aborted) return null;
    const trust = this.#trusted.trustFor(account.address);
    const http = this.httpTo(account.address, trust);
    if (!secrets.ok || secrets.value === null || http === null) {
      this.signedOut(secrets.ok ? null : secrets.error);
      return null;
    }
    this.#connected({ account, http, ...secrets.value });
    return this.refreshUser();
  }

  #connected(entry: Entry): void {
    const connection = this.current.open(entry);
    this.#status = 'signed-in';
    this.#reason = null;
    this.#remember(entry.account);
    this.#options.onChange('account');
    this.#options.onConnected(connection);
  }

  #lost(error: AppError): void {
    const { account } = this.current;
    this.#options.log.warn(`The PBX ended the sign-in: ${error.detail ?? error.code}`);
    if (this.demo.access === null && account !== null) void this.#saved.keep(account, null);
    this.current.leave();
    this.signedOut(error);
    void this.demo.end();
  }

  #remember(account: SavedAccount): void {
    this.current.update(account);
    if (this.demo.access !== null) return;
    this.active = account;
  }
}
