import { appError, type AppError } from '../../shared/errors.ts';
import type { ServerInfo, SignInForm } from '../../shared/ipc.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AccountState } from '../../shared/state.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log-port.ts';
import { PbxHttp } from '../pbx/http.ts';
import { probeServer } from '../pbx/probe.ts';
import type { ProxyFor } from '../pbx/proxies.ts';
import { parseServerAddress } from '../pbx/server-address.ts';
import type { AccountStore, SavedAccount } from './account-store.ts';
import { CodeStep } from './code-step.ts';
import { openConnection, type Connection } from './connection.ts';
import type { DemoAccess } from './demo-access.ts';
import { DemoLife } from './demo-life.ts';
import { enter, type Entrance, type Entry, type Waiting } from './enter.ts';

export interface AccountOptions {
  clock: Clock;
  store: AccountStore;
  log: Log;
  openDemo: () => Promise<Result<DemoAccess>>;
  /** This computer's proxy for an address. */
  proxyFor: ProxyFor;
  /** The state as the window shows it changed. */
  onChange: () => void;
  /** A connection is there and may be used. */
  onConnected: (connection: Connection) => void;
  /** The connection is gone: signed out, ended by the PBX, or left for another. */
  onDisconnected: () => void;
}

/**
 * Who the user is to the PBX: signs in, keeps and renews the sign-in, and gives it up. One thing at a time: from the
 * first line of an attempt to its end the status is `signing-in`, and no other attempt begins.
 * A rejected password is never sent again by itself: five failures make a PBX block the address for an hour.
 */
export class Account {
  readonly #options: AccountOptions;
  #status: AccountState['status'] = 'signed-out';
  #reason: AppError | null = null;
  /** The real account, also while the demo is on. */
  #saved: SavedAccount | null;
  /** The account of the connection: the saved one or the demo's. */
  #current: SavedAccount | null = null;
  #connection: Connection | null = null;
  readonly #demo: DemoLife;
  readonly #code: CodeStep;
  #closed = false;

  constructor(options: AccountOptions) {
    this.#options = options;
    this.#demo = new DemoLife(options.openDemo);
    this.#code = new CodeStep(options.clock);
    this.#saved = options.store.load();
  }

  get state(): AccountState {
    const shown = this.#code.account ?? this.#current ?? this.#saved;
    return {
      status: this.#status,
      awaitingCode: this.#code.account !== null,
      demo: this.#demo.access !== null,
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
    return this.#demo.access;
  }

  /** Tells accounts apart; null for the demo, of which nothing is worth keeping. */
  get key(): string | null {
    if (this.#demo.access !== null) return null;
    const account = this.#current ?? this.#saved;
    return account === null ? '' : `${account.username}@${account.domain} ${account.address}`;
  }

  /** The numbers that the PBX says are the user's. */
  get numbers(): { extension: string; others: readonly string[] } {
    return { extension: this.#current?.extension ?? '', others: this.#current?.otherNumbers ?? [] };
  }

  /** At program start: takes up the sign-in of last time, if there is one. */
  async resume(): Promise<void> {
    if (this.#options.store.demo) {
      await this.startDemo();
      return;
    }
    const saved = this.#saved;
    if (saved === null || !this.#begin()) return;
    const tokens = await this.#options.store.loadTokens();
    const server = parseServerAddress(saved.address);
    if (!tokens.ok || tokens.value === null || !server.ok) {
      this.#signedOut(tokens.ok ? null : tokens.error);
      return;
    }
    const trust = { fingerprint: saved.fingerprint };
    const http = new PbxHttp({ origin: server.value.origin, trust, proxyFor: this.#options.proxyFor });
    this.#connected({ account: saved, http, tokens: tokens.value });
    await this.refreshUser();
  }

  /** Looks at the server without signing in. */
  async test(form: Pick<SignInForm, 'address' | 'domain' | 'trustFingerprint'>): Promise<Result<ServerInfo>> {
    const address = parseServerAddress(form.address);
    if (!address.ok) return address;
    const trust = { fingerprint: this.#trustFor(form) };
    return probeServer({ address: address.value, domain: form.domain, trust, proxyFor: this.#options.proxyFor });
  }

  async signIn(form: SignInForm): Promise<Result<null>> {
    if (!this.#begin()) return err(appError('sign-in-busy'));
    await this.#demo.end();
    return this.#finish(await this.#attempt(() => this.#enter(form, this.#trustFor(form))));
  }

  /** Ends a two-factor sign-in with the code that was mailed. `two-factor-wrong` leaves room for another. */
  async enterCode(code: string): Promise<Result<null>> {
    const { over, entry } = await this.#code.enter(code);
    if (over) return this.#finish(entry.ok ? ok({ step: 'in', entry: entry.value }) : entry);
    return entry.ok ? ok(null) : entry;
  }

  /** Has the code mailed once more. */
  sendCode(): Promise<Result<null>> {
    return this.#code.sendAgain();
  }

  /** Back to the form. */
  async cancelCode(): Promise<void> {
    const left = this.#code.leave();
    if (!left.ok) return;
    this.#signedOut(null);
    await left.value;
  }

  /** Starts the built-in demo PBX and signs in to it. The real account stays as it is, for afterwards. */
  async startDemo(): Promise<Result<null>> {
    if (!this.#begin()) return err(appError('sign-in-busy'));
    await this.#demo.end();
    return this.#finish(await this.#attempt(() => this.#enterDemo()));
  }

  /** Ends the sign-in at the PBX as well, as far as it can be reached; never fails. */
  async signOut(): Promise<void> {
    if (this.#status !== 'signed-in') return;
    const connection = this.#connection;
    const demo = this.#demo.take();
    this.#connection = null;
    this.#options.store.demo = false;
    const forgotten = demo === null ? this.#options.store.saveTokens(null) : Promise.resolve();
    this.#signedOut(null);
    this.#options.onDisconnected();
    await forgotten;
    await connection?.signOut();
    await demo?.close();
  }

  /** Asks the PBX again who the user is; kept as it was when the PBX cannot be asked. */
  async refreshUser(): Promise<void> {
    const connection = this.#connection;
    const user = await connection?.pbx.me();
    if (user?.ok !== true || this.#connection !== connection || this.#current === null) return;
    const { displayName, extension, otherNumbers } = user.value;
    this.#remember({ ...this.#current, displayName, extension, otherNumbers });
    this.#options.onChange();
  }

  /** The certificate trusted for the saved server is trusted no longer: the next sign-in shows the new one and asks. */
  forgetCertificate(): void {
    if (this.#saved === null || this.#status !== 'signed-out') return;
    this.#saved = { ...this.#saved, fingerprint: null };
    this.#options.store.save(this.#saved);
  }

  /** The user changed their mind about keeping secrets here: writes or deletes them now. */
  async keepSecretsAgain(): Promise<void> {
    const tokens = this.#connection?.tokens() ?? null;
    if (this.#demo.access !== null || this.#current === null || tokens === null) return;
    await this.#keep(this.#current, tokens);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const connection = this.#connection;
    this.#connection = null;
    const code = this.#code.leave();
    if (code.ok) await code.value;
    await connection?.close();
    await this.#demo.end();
  }

  /** Takes the turn for one attempt; false when another has it. Nothing may be awaited before this. */
  #begin(): boolean {
    if (this.#status === 'signing-in' || this.#closed) return false;
    this.#status = 'signing-in';
    this.#reason = null;
    this.#leave();
    this.#options.onChange();
    return true;
  }

  /** A part that throws against its promise must not leave the status at `signing-in` for ever. */
  async #attempt(attempt: () => Promise<Result<Entrance>>): Promise<Result<Entrance>> {
    try {
      return await attempt();
    } catch (error) {
      return err(appError('internal', { detail: String(error) }));
    }
  }

  #enter(form: SignInForm, fingerprint: string | null): Promise<Result<Entrance>> {
    const { proxyFor, clock } = this.#options;
    const lastFlow = this.#isSavedServer(form.address) ? (this.#saved?.flow ?? null) : null;
    return enter(form, { fingerprint, lastFlow, proxyFor, clock });
  }

  async #enterDemo(): Promise<Result<Entrance>> {
    const demo = await this.#demo.start();
    if (!demo.ok) return demo;
    const { address, domain, username, password, fingerprint } = demo.value;
    const form = { address, domain, username, password, trustFingerprint: fingerprint, remember: false };
    return this.#enter(form, fingerprint);
  }

  async #finish(entrance: Result<Entrance>): Promise<Result<null>> {
    if (!entrance.ok) {
      this.#options.log.warn(`Signing in failed: ${entrance.error.code} ${entrance.error.detail ?? ''}`);
      await this.#demo.end();
      // The next attempt begins with the newest API: after an upgrade only that may be able to ask for a code.
      if (entrance.error.code === 'sign-in-refused' && this.#saved !== null)
        this.#saved = { ...this.#saved, flow: null };
      this.#signedOut(null);
      return entrance;
    }
    if (this.#closed) {
      const { http } = entrance.value.step === 'in' ? entrance.value.entry : entrance.value.waiting;
      await http.close();
      await this.#demo.end();
      return err(appError('signed-out'));
    }
    if (entrance.value.step === 'code') return this.#askForCode(entrance.value.waiting);
    const { entry } = entrance.value;
    this.#options.store.demo = this.#demo.access !== null;
    if (this.#demo.access === null) await this.#keep(entry.account, entry.tokens);
    this.#connected(entry);
    return ok(null);
  }

  async #askForCode(waiting: Waiting): Promise<Result<null>> {
    const sent = await this.#code.open(waiting);
    if (!sent.ok) return this.#finish(sent);
    this.#options.onChange();
    return ok(null);
  }

  #connected({ account, http, tokens }: Entry): void {
    const connection: Connection = openConnection({
      http,
      tokens,
      clock: this.#options.clock,
      onTokens: (next) => {
        if (this.#connection === connection && this.#demo.access === null) void this.#keep(account, next);
      },
      onLost: (error) => {
        if (this.#connection !== connection) return;
        this.#options.log.warn(`The PBX ended the sign-in: ${error.detail ?? error.code}`);
        if (this.#demo.access === null) void this.#options.store.saveTokens(null);
        this.#leave();
        this.#signedOut(error);
        void this.#demo.end();
      },
    });
    this.#connection = connection;
    this.#status = 'signed-in';
    this.#reason = null;
    this.#remember(account);
    this.#options.onChange();
    this.#options.onConnected(connection);
  }

  #signedOut(reason: AppError | null): void {
    this.#status = 'signed-out';
    this.#reason = reason;
    this.#current = null;
    this.#options.onChange();
  }

  /** Lets go of the connection without signing out at the PBX. */
  #leave(): void {
    const connection = this.#connection;
    if (connection === null) return;
    this.#connection = null;
    this.#options.onDisconnected();
    void connection.close();
  }

  #remember(account: SavedAccount): void {
    this.#current = account;
    if (this.#demo.access !== null) return;
    this.#saved = account;
    this.#options.store.save(account);
  }

  #keep(account: SavedAccount, tokens: Parameters<AccountStore['saveTokens']>[0]): Promise<void> {
    return this.#options.store.saveTokens(account.remember ? tokens : null);
  }

  /** The fingerprint that the user has just confirmed, or the one confirmed for this server before. */
  #trustFor(form: Pick<SignInForm, 'address' | 'trustFingerprint'>): string | null {
    if (form.trustFingerprint !== null) return form.trustFingerprint;
    return this.#isSavedServer(form.address) ? (this.#saved?.fingerprint ?? null) : null;
  }

  #isSavedServer(address: string): boolean {
    const [typed, known] = [address, this.#saved?.address ?? ''].map((text) => parseServerAddress(text));
    return typed?.ok === true && known?.ok === true && typed.value.origin === known.value.origin;
  }
}
