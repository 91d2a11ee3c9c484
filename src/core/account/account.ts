import type { ServerInfo, SignInForm } from '../../shared/account.ts';
import { appError, type AppError, type ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AccountState, TrustedCertificate } from '../../shared/state.ts';
import { NO_COUNTRY_HINTS, type CountryHints } from '../numbers/own-country.ts';
import { signOut } from '../pbx/sign-in.ts';
import type { Trust } from '../pbx/tls-trust.ts';
import { sendCode } from '../pbx/two-factor.ts';
import { reportBug } from '../report-bug.ts';
import { keyOf } from './account-key.ts';
import type { AccountOptions } from './account-options.ts';
import type { SavedAccount, Secrets } from './account-store.ts';
import { CertificateCommands } from './certificate-commands.ts';
import type { PbxAccess } from './pbx-access.ts';
import type { DemoAccess } from './demo-access.ts';
import {
  attemptSignIn,
  attemptWithCode,
  type AcceptedSignIn,
  type AttemptOptions,
  type PendingTwoFactor,
  type SignInProgress,
} from './sign-in-attempt.ts';
import { SavedAccounts } from './saved-accounts.ts';
import { savedInfo } from './saved-info.ts';
import { SignIn } from './sign-in-state.ts';
import { TrustedServers } from './trusted-servers.ts';

/**
 * Signs the user in and out, and manages the saved accounts, one of which is active. SignIn holds the state and the
 * connection; the commands are here. A rejected password is never sent again automatically: after five failures, a PBX
 * blocks the computer's address for an hour.
 */
export class Account {
  readonly #options: AccountOptions;
  readonly #saved: SavedAccounts;
  readonly #trusted: TrustedServers;
  readonly #signIn: SignIn;
  readonly #certificates: CertificateCommands;

  constructor(options: AccountOptions) {
    const { store, clock, authorities } = options;
    this.#options = options;
    this.#saved = new SavedAccounts(store, options.mayStorePassword);
    this.#trusted = new TrustedServers({ store, clock, authorities, onChange: () => options.onChange('trust') });
    const parts = { ...options, saved: this.#saved, trusted: this.#trusted };
    this.#signIn = new SignIn(parts);
    this.#certificates = new CertificateCommands(parts, this.#signIn);
  }

  get state(): AccountState {
    const { state, account, active, isDemo, isBusy } = this.#signIn;
    return {
      status: isBusy ? 'signing-in' : state.status === 'signed-in' ? 'signed-in' : 'signed-out',
      awaitingCode: state.status === 'awaiting-code',
      demo: isDemo,
      address: account?.address ?? '',
      domain: account?.domain ?? '',
      username: account?.username ?? '',
      displayName: account?.displayName ?? '',
      extension: account?.extension ?? '',
      reason: state.status === 'signed-out' ? state.reason : null,
      saved: savedInfo(this.#saved, isDemo ? null : active),
    };
  }

  /** Certificates that the user chose to trust. */
  get trusted(): readonly TrustedCertificate[] {
    return this.#trusted.list;
  }

  get access(): PbxAccess | null {
    return this.#signIn.signedIn?.access ?? null;
  }

  /** The running demo PBX, which can simulate calls; null when it is not running. */
  get demo(): DemoAccess | null {
    return this.#signIn.demo.access;
  }

  /** Identifies the signed-in or active account; '' if there is none, null for the demo, whose data is not stored. */
  get key(): string | null {
    if (this.#signIn.isDemo) return null;
    return this.#known === null ? '' : keyOf(this.#known);
  }

  /** The user's numbers as the PBX reported them, also in an earlier session. */
  get numbers(): { extension: string; others: readonly string[] } {
    return { extension: this.#known?.extension ?? '', others: this.#known?.otherNumbers ?? [] };
  }

  /**
   * What the PBX knows of the user's country. Known while signed out, too: with another country at each start, numbers
   * would be read wrongly until the PBX answers, and all people twice.
   */
  get countryHints(): CountryHints {
    return this.#known?.country ?? NO_COUNTRY_HINTS;
  }

  /** How the tenant compares numbers; see SavedAccount. Known while signed out, too, because names are shown then. */
  get matchLength(): number | null {
    return this.#known?.matchLength ?? null;
  }

  /** Whether waiting for the tenant's data is over: it has arrived, or the PBX refused it or failed several times. */
  get isTenantSettled(): boolean {
    return this.#signIn.signedIn?.tenant.isSettled === true;
  }

  /** At program start: resumes the previous sign-in, if there is one. */
  async resume(): Promise<void> {
    const { active } = this.#signIn;
    if (this.#options.store.demo) await this.startDemo();
    else if (active !== null && this.#signIn.begin()) await this.#signIn.resume(active);
  }

  async signIn(form: SignInForm): Promise<Result<null>> {
    return this.#attempt(async () => {
      const trust = this.#trusted.trustFor(form.address, form.trustFingerprint);
      const progress = await attemptSignIn(form, this.#attemptOptions(form.address, trust));
      if (!progress.ok) {
        this.#trusted.shown(progress.error);
        // The next attempt begins with the newest API: after an upgrade of the PBX, only that one may ask for a code.
        if (REFUSED.has(progress.error.code)) this.#saved.forgetFlowAt(form.address);
      }
      return progress;
    });
  }

  /** Completes a two-factor sign-in with the code that was mailed. After `two-factor-wrong`, another can be entered. */
  async enterCode(code: string): Promise<Result<null>> {
    const { state } = this.#signIn;
    if (state.status !== 'awaiting-code') return err(appError('two-factor-expired'));
    const accepted = await attemptWithCode(state.pending, code, this.#options.clock);
    const wasCancelled = this.#signIn.state !== state;
    if (wasCancelled) return accepted.ok ? err(appError('signed-out')) : accepted;
    if (!accepted.ok && accepted.error.code === 'two-factor-wrong') return accepted;
    this.#signIn.resumeSigningIn();
    // The sign-in form that is shown next did not send this request, so the state holds the reason.
    if (!accepted.ok) return this.#failed(accepted, accepted.error);
    return this.#finish(() => Promise.resolve(ok({ step: 'accepted', accepted: accepted.value })));
  }

  /** Asks the PBX to mail a code again. */
  sendCode(): Promise<Result<null>> {
    const { state } = this.#signIn;
    if (state.status !== 'awaiting-code') return Promise.resolve(err(appError('two-factor-expired')));
    return sendCode(state.pending.http, state.pending.challenge);
  }

  /** Cancels a two-factor sign-in and returns to the form. */
  async cancelCode(): Promise<void> {
    const { state } = this.#signIn;
    if (state.status !== 'awaiting-code') return;
    const closed = state.pending.http.close();
    this.#signIn.setSignedOut(null);
    await closed;
  }

  /** Starts the built-in demo PBX and signs in to it. The saved accounts are not affected. */
  startDemo(): Promise<Result<null>> {
    return this.#attempt(() => this.#attemptDemo());
  }

  /**
   * Switches to a saved account without signing out of the current one. Without stored secrets, it fills the sign-in
   * form with the account. `ok` means that the switch happened; whether the sign-in worked is in `state`.
   */
  async switchTo(key: string): Promise<Result<null>> {
    const account = this.#saved.find(key);
    if (account === null) return unknownAccount();
    if (this.#signIn.signedIn !== null && this.key === key) return ok(null);
    if (!this.#signIn.begin()) return err(appError('sign-in-busy'));
    this.#options.store.demo = false;
    this.#signIn.setActive(account);
    this.#options.onChange('account');
    await this.#signIn.demo.end();
    await this.#signIn.resume(account);
    return ok(null);
  }

  /** Leaves the current account, which stays saved, for an empty sign-in form. */
  async add(): Promise<Result<null>> {
    if (!this.#signIn.begin()) return err(appError('sign-in-busy'));
    this.#options.store.demo = false;
    this.#signIn.setActive(null);
    await this.#signIn.demo.end();
    this.#signIn.setSignedOut(null);
    return ok(null);
  }

  /** Signs out, also at the PBX if it can be reached. Never fails. */
  async signOut(): Promise<void> {
    const { signedIn } = this.#signIn;
    if (signedIn === null) return;
    const demo = this.#signIn.demo.take();
    this.#options.store.demo = false;
    if (demo === null) void this.#saved.setSecrets(signedIn.account, null);
    await this.#signIn.signOut();
    await demo?.close();
  }

  /** Removes a saved account and signs it out at its PBX if that can be reached. */
  async remove(key: string): Promise<Result<null>> {
    const account = this.#saved.find(key);
    if (account === null) return unknownAccount();
    if (this.#signIn.isBusy) return err(appError('sign-in-busy'));
    // Read before the account is removed, and its secrets with it.
    const secrets = this.#saved.secrets(account);
    const signingOut = this.#signIn.signedIn !== null && this.key === key ? this.signOut() : null;
    this.#saved.remove(account);
    this.#options.onRemoved(key);
    this.#options.onChange('account');
    if (signingOut !== null) await signingOut;
    else await this.#revokeStored(account, await secrets);
    return ok(null);
  }

  /** See CertificateCommands. */
  test(form: Parameters<CertificateCommands['test']>[0]): Promise<Result<ServerInfo>> {
    return this.#certificates.test(form);
  }

  forgetCertificate(address: string): Result<null> {
    return this.#certificates.forget(address);
  }

  acceptCertificate(sha256: string): Promise<Result<null>> {
    return this.#certificates.accept(sha256);
  }

  authoritiesChanged(): Promise<void> {
    return this.#certificates.authoritiesChanged();
  }

  /** The user changed which secrets may be stored: stores or deletes them now. */
  applySecretPolicy(): Promise<void> {
    return this.#saved.applySecretPolicy();
  }

  /** The key store answers: resumes a sign-in that waited for it, and stores what it did not take before. */
  async keyStoreAnswers(): Promise<void> {
    await this.#signIn.resumeIfWaiting();
    await this.#saved.applySecretPolicy();
  }

  /** See SignIn. */
  askIfUnanswered(): void {
    this.#signIn.askIfUnanswered();
  }

  close(): Promise<void> {
    return this.#signIn.close();
  }

  /** Begins an attempt to sign in. Error: `sign-in-busy`, while another one is under way. */
  /** The account that is signed in, otherwise the active one, as it was saved. */
  get #known(): SavedAccount | null {
    return this.#signIn.signedIn?.account ?? this.#signIn.active;
  }

  async #attempt(run: () => Promise<Result<SignInProgress>>): Promise<Result<null>> {
    if (!this.#signIn.begin()) return err(appError('sign-in-busy'));
    await this.#signIn.demo.end();
    return this.#finish(run);
  }

  /** An unexpected exception becomes an `internal` error, so that the status does not stay `signing-in`. */
  async #finish(run: () => Promise<Result<SignInProgress>>): Promise<Result<null>> {
    try {
      const progress = await run();
      return await (progress.ok ? this.#proceed(progress.value) : this.#failed(progress));
    } catch (error) {
      reportBug(error);
      return this.#failed(err(appError('internal', { detail: String(error) })));
    }
  }

  async #proceed(progress: SignInProgress): Promise<Result<null>> {
    if (this.#signIn.closing.aborted) {
      await (progress.step === 'accepted' ? progress.accepted : progress.pending).http.close();
      await this.#signIn.demo.end();
      return err(appError('signed-out'));
    }
    if (progress.step === 'code') return this.#askForCode(progress.pending);
    const { isDemo } = this.#signIn;
    this.#options.store.demo = isDemo;
    this.#signIn.connect(isDemo ? progress.accepted : this.#saveSignIn(progress.accepted));
    return ok(null);
  }

  async #askForCode(pending: PendingTwoFactor): Promise<Result<null>> {
    const sent = await sendCode(pending.http, pending.challenge);
    if (sent.ok) this.#signIn.awaitCode(pending);
    else await pending.http.close();
    return sent.ok ? sent : this.#failed(sent);
  }

  async #failed(failure: Result<never> & { ok: false }, reason: AppError | null = null): Promise<Result<null>> {
    this.#options.log.warn(`Signing in failed: ${failure.error.code} ${failure.error.detail ?? ''}`);
    await this.#signIn.demo.end();
    this.#signIn.setSignedOut(reason);
    return failure;
  }

  /**
   * Saves the account, its secrets, and the certificate that the user chose to trust. Does not wait for the key store,
   * which may ask the user for its password.
   */
  #saveSignIn(accepted: AcceptedSignIn): AcceptedSignIn {
    const known = this.#saved.findEquivalent(accepted.account);
    // If the account is saved already, it keeps the spelling of its address.
    const { address, domain } = known ?? accepted.account;
    // If the PBX has not answered who the user is, the saved data counts.
    const { displayName, extension, otherNumbers, country } = accepted.isUserKnown
      ? accepted.account
      : (known ?? accepted.account);
    const account = {
      ...accepted.account,
      address,
      domain,
      displayName,
      extension,
      otherNumbers,
      country: { ...country, tenant: known?.country.tenant ?? '' },
      matchLength: known?.matchLength ?? null,
    };
    this.#saved.saveAsMostRecent(account);
    const { fingerprint } = accepted.http.server.trust;
    if (fingerprint !== null) this.#trusted.trust(address, fingerprint);
    void this.#saved.setSecrets(account, { tokens: accepted.tokens, password: accepted.password });
    return { ...accepted, account };
  }

  /** Signs out an account that is not connected, if its PBX can be reached. */
  async #revokeStored(account: SavedAccount, secrets: Result<Secrets | null>): Promise<void> {
    const http = this.#signIn.httpTo(account.address, this.#trusted.trustFor(account.address));
    if (http === null || !secrets.ok || secrets.value === null) return;
    await signOut(http, secrets.value.tokens);
    await http.close();
  }

  #attemptOptions(address: string, trust: Trust): AttemptOptions {
    const { proxyFor, clock, transport } = this.#options;
    return {
      trust,
      lastFlow: this.#saved.lastFlowAt(address),
      proxyFor,
      clock,
      signal: this.#signIn.closing,
      transport,
    };
  }

  async #attemptDemo(): Promise<Result<SignInProgress>> {
    const demo = await this.#signIn.demo.start();
    if (!demo.ok) return demo;
    const { address, domain, username, password, fingerprint } = demo.value;
    const form = { address, domain, username, password, trustFingerprint: fingerprint, remember: false };
    return attemptSignIn(form, this.#attemptOptions(address, { fingerprint }));
  }
}

/** The commands for the window and the shell. */
export type AccountCommands = Pick<
  Account,
  | 'resume'
  | 'signIn'
  | 'enterCode'
  | 'sendCode'
  | 'cancelCode'
  | 'startDemo'
  | 'switchTo'
  | 'add'
  | 'signOut'
  | 'remove'
  | 'test'
  | 'forgetCertificate'
  | 'acceptCertificate'
  | 'authoritiesChanged'
  | 'applySecretPolicy'
  | 'keyStoreAnswers'
>;

/** Answers to a wrong password. */
const REFUSED: ReadonlySet<ErrorCode> = new Set(['sign-in-refused', 'sign-in-microsoft']);
const unknownAccount = () => err(appError('command-invalid', { detail: 'no such account' }));
