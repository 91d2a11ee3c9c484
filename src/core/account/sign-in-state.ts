import { appError, type AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { reportBug } from '../report-bug.ts';
import type { HttpPort } from '../pbx/http.ts';
import type { PbxTenant, PbxUser } from '../pbx/types.ts';
import { parseServerAddress } from '../pbx/server-address.ts';
import type { Trust } from '../pbx/tls-trust.ts';
import type { AccountOptions } from './account-options.ts';
import { keyOf } from './account-key.ts';
import { withTenant, withUser, type SavedAccount } from './account-store.ts';
import { openPbxAccess, type PbxAccess } from './pbx-access.ts';
import { DemoLife } from './demo-life.ts';
import type { AcceptedSignIn, PendingTwoFactor } from './sign-in-attempt.ts';
import type { SavedAccounts } from './saved-accounts.ts';
import type { TrustedServers } from './trusted-servers.ts';
import { UntilAnswered } from './until-answered.ts';

/** The state of a sign-in. */
export type SignInState =
  /** `reason`: null if the user signed out. */
  | { status: 'signed-out'; reason: AppError | null }
  | { status: 'signing-in' }
  /** The password was right; a code that the PBX mailed completes the sign-in. */
  | { status: 'awaiting-code'; pending: PendingTwoFactor }
  | SignedIn;

export interface SignedIn {
  status: 'signed-in';
  access: PbxAccess;
  account: SavedAccount;
  readonly user: UntilAnswered<PbxUser>;
  /** The tenant's country and how it compares numbers. Many accounts may not read that, so errors are ignored. */
  readonly tenant: UntilAnswered<PbxTenant>;
}

/** The secrets of a saved sign-in could not be read for now. */
const WAITING: ReadonlySet<ErrorCode> = new Set(['secrets-locked', 'secrets-waiting']);
const SIGNED_OUT: SignInState = { status: 'signed-out', reason: null };

export interface SignInParts extends Pick<
  AccountOptions,
  'clock' | 'log' | 'openDemo' | 'transport' | 'proxyFor' | 'onChange' | 'onUnpaced' | 'onSignedIn' | 'onSignedOut'
> {
  saved: SavedAccounts;
  trusted: TrustedServers;
}

/**
 * The state of the one sign-in, and its changes. Only one attempt is under way at a time: from `begin` on the state is
 * `signing-in` or `awaiting-code`, until `connect` or `setSignedOut`.
 */
export class SignIn {
  readonly #parts: SignInParts;
  #state: SignInState = SIGNED_OUT;
  readonly #demo: DemoLife;
  #activeKey: string | null;
  /** Accounts, by their keys, whose access is being closed and may still report new tokens. */
  readonly #leaving = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(parts: SignInParts) {
    this.#parts = parts;
    this.#demo = new DemoLife(parts.openDemo);
    const { mostRecent } = parts.saved;
    this.#activeKey = mostRecent === null ? null : keyOf(mostRecent);
  }

  get state(): SignInState {
    return this.#state;
  }

  /** null while nobody is signed in. */
  get signedIn(): SignedIn | null {
    return this.#state.status === 'signed-in' ? this.#state : null;
  }

  /** An attempt is under way. */
  get isBusy(): boolean {
    return this.#state.status === 'signing-in' || this.#state.status === 'awaiting-code';
  }

  /** The built-in demo PBX from its start to its end. */
  get demo(): DemoLife {
    return this.#demo;
  }

  get isDemo(): boolean {
    return this.#demo.access !== null;
  }

  /** The account that is signed in or waits for a code, otherwise the active one. */
  get account(): SavedAccount | null {
    if (this.#state.status === 'awaiting-code') return this.#state.pending.account;
    return this.signedIn?.account ?? this.active;
  }

  /** The active saved account, also while the demo runs; null while the form is empty for a new account. */
  get active(): SavedAccount | null {
    return this.#activeKey === null ? null : this.#parts.saved.find(this.#activeKey);
  }

  setActive(account: SavedAccount | null): void {
    this.#activeKey = account === null ? null : keyOf(account);
    if (account !== null) this.#parts.saved.saveAsMostRecent(account);
  }

  /** Aborted when the program ends, which ends everything that is under way. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Leaves the current account and begins an attempt; false if one is under way. Call it before the first `await`. */
  begin(): boolean {
    if (this.isBusy || this.closing.aborted) return false;
    this.#leave();
    this.#become({ status: 'signing-in' });
    return true;
  }

  awaitCode(pending: PendingTwoFactor): void {
    this.#become({ status: 'awaiting-code', pending });
  }

  /** The code was checked, and the attempt goes on. */
  resumeSigningIn(): void {
    this.#state = { status: 'signing-in' };
  }

  /** Signed in: the PBX may be used. */
  connect(accepted: AcceptedSignIn): void {
    const access = this.#open(accepted);
    const { account, isUserKnown } = accepted;
    this.#state = { status: 'signed-in', access, account, ...this.#dataOf(access, isUserKnown) };
    this.#remember(accepted.account);
    this.#parts.onChange('account');
    this.#parts.onSignedIn(access);
    this.signedIn?.tenant.askIfUnanswered();
  }

  /**
   * Leaves the account without signing out at the PBX, so that its tokens stay valid. `reason`: null if the user did
   * it.
   */
  setSignedOut(reason: AppError | null): void {
    this.#leave();
    this.#become({ status: 'signed-out', reason });
  }

  /** Ends the access to the PBX before another byte is sent. */
  cut(reason: AppError): void {
    void this.signedIn?.access.close();
    this.#become({ status: 'signed-out', reason });
  }

  /** Signs out, also at the PBX if it can be reached; resolves when that is done. Never fails. */
  signOut(): Promise<void> {
    const gone = this.signedIn?.access.signOut() ?? Promise.resolve();
    this.#become(SIGNED_OUT);
    return gone;
  }

  /**
   * Signs in with an account's stored secrets. An error means that the PBX could not be asked whether they still work.
   */
  async resume(account: SavedAccount): Promise<AppError | null> {
    try {
      return await this.#resume(account);
    } catch (error) {
      reportBug(error);
      const failure = appError('internal', { detail: String(error) });
      if (this.isBusy) this.setSignedOut(failure);
      return failure;
    }
  }

  /** Resumes the sign-in of the active account if its secrets could not be read so far. */
  async resumeIfWaiting(): Promise<void> {
    const state = this.#state;
    const isWaiting = state.status === 'signed-out' && state.reason !== null && WAITING.has(state.reason.code);
    if (isWaiting && this.active !== null && this.begin()) await this.resume(this.active);
  }

  /** Opens a client for the server at an address; null if the text is not an address. */
  httpTo(address: string, trust: Trust): HttpPort | null {
    const server = parseServerAddress(address);
    const { proxyFor, clock, transport } = this.#parts;
    const signal = this.closing;
    return server.ok ? transport.openHttp({ origin: server.value.origin, trust, proxyFor, clock, signal }) : null;
  }

  /** Requests the user's data again. If that fails, returns the error, and the known data stays. */
  refreshUser(): Promise<AppError | null> {
    return this.signedIn?.user.ask() ?? Promise.resolve(null);
  }

  /** Call it when the PBX answers again. Requests the data for which it has given no answer yet. */
  askIfUnanswered(): void {
    const current = this.signedIn;
    current?.user.askIfUnanswered();
    current?.tenant.askIfUnanswered();
    // An administrator may have assigned an extension since.
    if (current?.account.extension === '') void current.user.ask();
  }

  /** Ends the connection. Nothing is reported after that. */
  async close(): Promise<void> {
    this.#closing.abort();
    const state = this.#state;
    this.#stopAsking();
    this.#state = SIGNED_OUT;
    if (state.status === 'awaiting-code') await state.pending.http.close();
    if (state.status === 'signed-in') await state.access.close();
    await this.#demo.end();
  }

  async #resume(account: SavedAccount): Promise<AppError | null> {
    const { saved, trusted } = this.#parts;
    // A refresh that was under way when the account was left has the newest tokens.
    await this.#leaving.get(keyOf(account));
    const secrets = await saved.secrets(account);
    if (this.closing.aborted) return null;
    const http = this.httpTo(account.address, trusted.trustFor(account.address));
    if (!secrets.ok || secrets.value === null || http === null) {
      this.setSignedOut(secrets.ok ? null : secrets.error);
      return null;
    }
    this.connect({ account, http, ...secrets.value, isUserKnown: false });
    return this.refreshUser();
  }

  #open({ account, http, tokens, password }: AcceptedSignIn): PbxAccess {
    const { clock, saved, onUnpaced } = this.#parts;
    const access: PbxAccess = openPbxAccess({
      http,
      tokens,
      clock,
      push: {
        username: account.username,
        domain: account.domain,
        password: () => password,
        // The demo PBX accepts a token, and never blocks anybody.
        mayTryToken: () => this.isDemo,
        memory: account.push,
        onMemory: (push) => {
          const current = this.signedIn;
          if (current?.access === access) this.#remember({ ...current.account, push });
        },
      },
      onUnpaced,
      onTokens: (fresh) => void saved.setSecrets(account, { tokens: fresh, password }),
      onLost: (error) => {
        if (this.signedIn?.access === access) this.#lost(error, this.signedIn.account);
      },
    });
    return access;
  }

  #dataOf(access: PbxAccess, isUserKnown: boolean): Pick<SignedIn, 'user' | 'tenant'> {
    const { clock, onUnpaced } = this.#parts;
    const dataFrom = <T>(read: () => Promise<Result<T>>, add: (account: SavedAccount, data: T) => SavedAccount) => ({
      clock,
      request: () => {
        onUnpaced();
        return read();
      },
      onResult: (data: T | null) => this.#learn(access, (account) => (data === null ? account : add(account, data))),
    });
    return {
      user: new UntilAnswered({ ...dataFrom(() => access.pbx.me(), withUser), isAnswered: isUserKnown }),
      tenant: new UntilAnswered(dataFrom(() => access.pbx.tenant(), withTenant)),
    };
  }

  #learn(access: PbxAccess, change: (account: SavedAccount) => SavedAccount): void {
    const current = this.signedIn;
    if (current?.access !== access) return;
    this.#remember(change(current.account));
    this.#parts.onChange('account');
  }

  #stopAsking(): void {
    this.signedIn?.user.stop();
    this.signedIn?.tenant.stop();
  }

  #lost(error: AppError, account: SavedAccount): void {
    this.#parts.log.warn(`The PBX ended the sign-in: ${error.detail ?? error.code}`);
    if (!this.isDemo) void this.#parts.saved.setSecrets(account, null);
    this.setSignedOut(error);
    void this.#demo.end();
  }

  #remember(account: SavedAccount): void {
    const current = this.signedIn;
    if (current !== null) this.#state = { ...current, account };
    if (!this.isDemo) this.setActive(account);
  }

  #leave(): void {
    const current = this.signedIn;
    if (current !== null) this.#leaving.set(keyOf(current.account), current.access.leave());
  }

  #become(state: SignInState): void {
    const wasConnected = this.signedIn !== null;
    this.#stopAsking();
    this.#state = state;
    if (wasConnected) this.#parts.onSignedOut();
    this.#parts.onChange('account');
  }
}
