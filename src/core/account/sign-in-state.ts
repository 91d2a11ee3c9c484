import { appError, type AppError } from '../../shared/errors.ts';
import { reportBug } from '../report-bug.ts';
import type { HttpPort } from '../pbx/http.ts';
import { parseServerAddress } from '../pbx/server-address.ts';
import type { Trust } from '../pbx/tls-trust.ts';
import type { AccountOptions } from './account-options.ts';
import { keyOf } from './account-key.ts';
import { withTenant, withUser, type SavedAccount } from './account-store.ts';
import { openPbxAccess, type PbxAccess } from './pbx-access.ts';
import { DemoLife } from './demo-life.ts';
import type { Entry, Waiting } from './enter.ts';
import type { SavedAccounts } from './saved-accounts.ts';
import type { TrustedServers } from './trusted-servers.ts';

/** The state of a sign-in. */
export type SignInState =
  /** `reason`: why, unless the user signed out. */
  | { status: 'signed-out'; reason: AppError | null }
  | { status: 'signing-in' }
  /** The password was right; a code that the PBX mailed completes the sign-in. */
  | { status: 'code-wanted'; waiting: Waiting }
  | SignedIn;

export interface SignedIn {
  status: 'signed-in';
  access: PbxAccess;
  account: SavedAccount;
  /** The PBX was asked where the tenant is, whatever it answered. */
  isPlaceAsked: boolean;
}

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
 * `signing-in` or `code-wanted`, until `connect` or `signedOut`.
 */
export class SignIn {
  readonly #parts: SignInParts;
  #state: SignInState = SIGNED_OUT;
  readonly #demo: DemoLife;
  #activeKey: string | null;
  /** Connections that were left but may still report tokens, by account key. */
  readonly #left = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(parts: SignInParts) {
    this.#parts = parts;
    this.#demo = new DemoLife(parts.openDemo);
    const { latest } = parts.saved;
    this.#activeKey = latest === null ? null : keyOf(latest);
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
    return this.#state.status === 'signing-in' || this.#state.status === 'code-wanted';
  }

  /** The built-in demo PBX from its start to its end. */
  get demo(): DemoLife {
    return this.#demo;
  }

  get isDemo(): boolean {
    return this.#demo.access !== null;
  }

  /** The account that is signed in or on its way, otherwise the active one. */
  get account(): SavedAccount | null {
    if (this.#state.status === 'code-wanted') return this.#state.waiting.account;
    return this.signedIn?.account ?? this.active;
  }

  /** The real account, also while the demo runs; null when the form is to be filled in for a new one. */
  get active(): SavedAccount | null {
    return this.#activeKey === null ? null : this.#parts.saved.find(this.#activeKey);
  }

  setActive(account: SavedAccount | null): void {
    this.#activeKey = account === null ? null : keyOf(account);
    if (account !== null) this.#parts.saved.use(account);
  }

  /** Aborted when the account is closed: ends everything that is under way. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Begins an attempt, and leaves the account in use; false when another is under way. Await nothing before this. */
  begin(): boolean {
    if (this.isBusy || this.closing.aborted) return false;
    this.#leave();
    this.#become({ status: 'signing-in' });
    return true;
  }

  wantCode(waiting: Waiting): void {
    this.#become({ status: 'code-wanted', waiting });
  }

  /** The code was checked, and the attempt goes on. */
  codeChecked(): void {
    this.#state = { status: 'signing-in' };
  }

  /** Signed in: the PBX may be used. */
  connect(entry: Entry): void {
    const access = this.#open(entry);
    this.#state = { status: 'signed-in', access, account: entry.account, isPlaceAsked: false };
    this.#remember(entry.account);
    this.#parts.onChange('account');
    this.#parts.onSignedIn(access);
    void this.#askTenant(access);
  }

  /** Signed out; the account in use is left, so that its tokens can be used again. */
  signedOut(reason: AppError | null): void {
    this.#leave();
    this.#become({ status: 'signed-out', reason });
  }

  /** Ends the access to the PBX before another byte is sent. */
  cut(reason: AppError): void {
    void this.signedIn?.access.close();
    this.#become({ status: 'signed-out', reason });
  }

  /** Signs out at the PBX, too, as far as it can be reached; kept when that is done. Never fails. */
  signOut(): Promise<void> {
    const gone = this.signedIn?.access.signOut() ?? Promise.resolve();
    this.#become(SIGNED_OUT);
    return gone;
  }

  /** Continues with the saved secrets of an account. The error, if any, says why it is unknown whether they still work. */
  async resume(account: SavedAccount): Promise<AppError | null> {
    try {
      return await this.#resume(account);
    } catch (error) {
      reportBug(error);
      const failure = appError('internal', { detail: String(error) });
      if (this.isBusy) this.signedOut(failure);
      return failure;
    }
  }

  /** null if the text is not an address. */
  httpTo(address: string, trust: Trust): HttpPort | null {
    const server = parseServerAddress(address);
    const { proxyFor, clock, transport } = this.#parts;
    const signal = this.closing;
    return server.ok ? transport.openHttp({ origin: server.value.origin, trust, proxyFor, clock, signal }) : null;
  }

  /** Asks the PBX again who the user is; kept as it was, with the error, when the PBX cannot be asked. */
  async refreshUser(): Promise<AppError | null> {
    const asked = this.signedIn?.access;
    if (asked === undefined) return null;
    this.#parts.onUnpaced();
    const user = await asked.pbx.me();
    if (!user.ok) return user.error;
    this.#learn(asked, (account) => withUser(account, user.value));
    return null;
  }

  /** Reports nothing any more. */
  async close(): Promise<void> {
    this.#closing.abort();
    const state = this.#state;
    this.#state = SIGNED_OUT;
    if (state.status === 'code-wanted') await state.waiting.http.close();
    if (state.status === 'signed-in') await state.access.close();
    await this.#demo.end();
  }

  async #resume(account: SavedAccount): Promise<AppError | null> {
    const { saved, trusted } = this.#parts;
    // The newest tokens are those of a refresh that was under way when the account was left.
    await this.#left.get(keyOf(account));
    const secrets = await saved.secrets(account);
    if (this.closing.aborted) return null;
    const http = this.httpTo(account.address, trusted.trustFor(account.address));
    if (!secrets.ok || secrets.value === null || http === null) {
      this.signedOut(secrets.ok ? null : secrets.error);
      return null;
    }
    this.connect({ account, http, ...secrets.value });
    return this.refreshUser();
  }

  #open({ account, http, tokens, password }: Entry): PbxAccess {
    const { clock, saved, onUnpaced } = this.#parts;
    const access: PbxAccess = openPbxAccess({
      http,
      tokens,
      clock,
      push: {
        username: account.username,
        domain: account.domain,
        password: () => password,
        // The demo PBX is known to take one, and to block nobody.
        mayTryToken: () => this.isDemo,
        memory: account.push,
        onMemory: (push) => {
          const now = this.signedIn;
          if (now?.access === access) this.#remember({ ...now.account, push });
        },
      },
      onUnpaced,
      onTokens: (fresh) => void saved.keep(account, { tokens: fresh, password }),
      onLost: (error) => {
        if (this.signedIn?.access === access) this.#lost(error, this.signedIn.account);
      },
    });
    return access;
  }

  /** Asks where the tenant is and how it compares numbers. Many accounts may not know; nothing is said of that. */
  async #askTenant(access: PbxAccess): Promise<void> {
    this.#parts.onUnpaced();
    const tenant = await access.pbx.tenant();
    this.#learn(access, (account) => (tenant.ok ? withTenant(account, tenant.value) : account), true);
  }

  /** The PBX said more of the account. */
  #learn(access: PbxAccess, change: (account: SavedAccount) => SavedAccount, isPlaceAsked = false): void {
    const now = this.signedIn;
    if (now?.access !== access) return;
    this.#state = { ...now, isPlaceAsked: now.isPlaceAsked || isPlaceAsked };
    this.#remember(change(now.account));
    this.#parts.onChange('account');
  }

  #lost(error: AppError, account: SavedAccount): void {
    this.#parts.log.warn(`The PBX ended the sign-in: ${error.detail ?? error.code}`);
    if (!this.isDemo) void this.#parts.saved.keep(account, null);
    this.signedOut(error);
    void this.#demo.end();
  }

  #remember(account: SavedAccount): void {
    const now = this.signedIn;
    if (now !== null) this.#state = { ...now, account };
    if (!this.isDemo) this.setActive(account);
  }

  #leave(): void {
    const now = this.signedIn;
    if (now !== null) this.#left.set(keyOf(now.account), now.access.leave());
  }

  #become(state: SignInState): void {
    const wasConnected = this.signedIn !== null;
    this.#state = state;
    if (wasConnected) this.#parts.onSignedOut();
    this.#parts.onChange('account');
  }
}
