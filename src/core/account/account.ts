import type { ServerInfo, SignInForm } from '../../shared/account.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AccountState, TrustedCertificate } from '../../shared/state.ts';
import { NO_HINTS, type CountryHints } from '../numbers/own-country.ts';
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
import { enter, enterWithCode, type EnterOptions, type Entrance, type Entry } from './enter.ts';
import { SavedAccounts } from './saved-accounts.ts';
import { savedInfo } from './saved-info.ts';
import { SignIn } from './sign-in-state.ts';
import { TrustedServers } from './trusted-servers.ts';

/**
 * Who the user is to the PBX: signs in, keeps and renews the sign-in, and gives it up. Several accounts may be saved,
 * one is active. SignIn holds the state; the commands are here.
 * A rejected password is never sent again by itself: five failures make a PBX block the address for an hour.
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
    this.#saved = new SavedAccounts(store, options.mayKeepPassword);
    this.#trusted = new TrustedServers({ store, clock, authorities, onChange: () => options.onChange('trust') });
    const parts = { ...options, saved: this.#saved, trusted: this.#trusted };
    this.#signIn = new SignIn(parts);
    this.#certificates = new CertificateCommands(parts, this.#signIn);
  }

  get state(): AccountState {
    const { state, account, active, isDemo, isBusy } = this.#signIn;
    return {
      status: isBusy ? 'signing-in' : state.status === 'signed-in' ? 'signed-in' : 'signed-out',
      awaitingCode: state.status === 'code-wanted',
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

  /** Certificates that a person said to trust. */
  get trusted(): readonly TrustedCertificate[] {
    return this.#trusted.list;
  }

  get access(): PbxAccess | null {
    return this.#signIn.signedIn?.access ?? null;
  }

  /** The running demo PBX, to make a call happen; null when the account is a real one. */
  get demo(): DemoAccess | null {
    return this.#signIn.demo.access;
  }

  /** Identifies the account; null for the demo, of which nothing is worth keeping. */
  get key(): string | null {
    if (this.#signIn.isDemo) return null;
    const account = this.#signIn.signedIn?.account ?? this.#signIn.active;
    return account === null ? '' : keyOf(account);
  }

  /** The numbers that the PBX says are the user's. */
  get numbers(): { extension: string; others: readonly string[] } {
    const account = this.#signIn.signedIn?.account;
    return { extension: account?.extension ?? '', others: account?.otherNumbers ?? [] };
  }

  /** In which country the PBX says the user is. */
  get country(): CountryHints {
    return this.#signIn.signedIn?.account.country ?? NO_HINTS;
  }

  /** The tenant's rule for names; see SavedAccount. Also known while nobody is signed in, as names are. */
  get matchLength(): number | null {
    return (this.#signIn.signedIn?.account ?? this.#signIn.active)?.matchLength ?? null;
  }

  /** Everything that a PBX may know of the country has been asked for. */
  get isPlaceAsked(): boolean {
    return this.#signIn.signedIn?.isPlaceAsked === true;
  }

  /** At program start: resumes the sign-in of last time, if there is one. */
  async resume(): Promise<void> {
    const { active } = this.#signIn;
    if (this.#options.store.demo) await this.startDemo();
    else if (active !== null && this.#signIn.begin()) await this.#signIn.resume(active);
  }

  async signIn(form: SignInForm): Promise<Result<null>> {
    if (!this.#signIn.begin()) return err(appError('sign-in-busy'));
    await this.#signIn.demo.end();
    const trust = this.#trusted.trustFor(form.address, form.trustFingerprint);
    const entrance = await attempt(() => enter(form, this.#enterOptions(form.address, trust)));
    if (!entrance.ok) {
      this.#trusted.shown(entrance.error);
      // The next attempt begins with the newest API: after an upgrade only that may be able to ask for a code.
      if (entrance.error.code === 'sign-in-refused') this.#saved.forgetFlowAt(form.address);
    }
    return this.#finish(entrance);
  }

  /** Ends a two-factor sign-in with the code that was mailed. `two-factor-wrong` leaves room for another. */
  async enterCode(code: string): Promise<Result<null>> {
    const { state } = this.#signIn;
    if (state.status !== 'code-wanted') return err(appError('two-factor-expired'));
    const entry = await enterWithCode(state.waiting, code, this.#options.clock);
    const isLeft = this.#signIn.state !== state;
    if (isLeft) return entry.ok ? err(appError('signed-out')) : entry;
    if (!entry.ok && entry.error.code === 'two-factor-wrong') return entry;
    this.#signIn.codeChecked();
    return this.#finish(entry.ok ? ok({ step: 'in', entry: entry.value }) : entry);
  }

  /** Has the code mailed once more. */
  sendCode(): Promise<Result<null>> {
    const { state } = this.#signIn;
    if (state.status !== 'code-wanted') return Promise.resolve(err(appError('two-factor-expired')));
    return sendCode(state.waiting.http, state.waiting.challenge);
  }

  /** Back to the form. */
  async cancelCode(): Promise<void> {
    const { state } = this.#signIn;
    if (state.status !== 'code-wanted') return;
    const closed = state.waiting.http.close();
    this.#signIn.signedOut(null);
    await closed;
  }

  /** Starts the built-in demo PBX and signs in to it. The real accounts stay as they are, for afterwards. */
  async startDemo(): Promise<Result<null>> {
    if (!this.#signIn.begin()) return err(appError('sign-in-busy'));
    await this.#signIn.demo.end();
    return this.#finish(await attempt(() => this.#enterDemo()));
  }

  /** Leaves the account in use as it is saved and resumes another one, or fills the form with it. */
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

  /** Leaves the account in use as it is saved, for an empty form. */
  async add(): Promise<Result<null>> {
    if (!this.#signIn.begin()) return err(appError('sign-in-busy'));
    this.#options.store.demo = false;
    this.#signIn.setActive(null);
    await this.#signIn.demo.end();
    this.#signIn.signedOut(null);
    return ok(null);
  }

  /** Ends the sign-in at the PBX as well, as far as it can be reached; never fails. Other accounts stay as they are. */
  async signOut(): Promise<void> {
    const { signedIn } = this.#signIn;
    if (signedIn === null) return;
    const demo = this.#signIn.demo.take();
    this.#options.store.demo = false;
    const forgotten = demo === null ? this.#saved.keep(signedIn.account, null) : null;
    const gone = this.#signIn.signOut();
    await forgotten;
    await gone;
    await demo?.close();
  }

  /** Takes an account off this computer; its sign-in ends at the PBX, too, as far as that can be reached. */
  async remove(key: string): Promise<Result<null>> {
    const account = this.#saved.find(key);
    if (account === null) return unknownAccount();
    if (this.#signIn.isBusy) return err(appError('sign-in-busy'));
    const secrets = this.#saved.secrets(account);
    const leaving = this.#signIn.signedIn !== null && this.key === key ? this.signOut() : null;
    this.#saved.remove(account);
    this.#options.onRemoved(key);
    this.#options.onChange('account');
    if (leaving !== null) await leaving;
    else await this.#giveBack(account, await secrets);
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

  /** The user changed their mind about keeping secrets here: writes or deletes them now. */
  keepSecretsAgain(): Promise<void> {
    return this.#saved.keepAgain();
  }

  /** Asks the PBX again who the user is; kept as it was when the PBX cannot be asked. */
  async refreshUser(): Promise<void> {
    await this.#signIn.refreshUser();
  }

  close(): Promise<void> {
    return this.#signIn.close();
  }

  async #finish(entrance: Result<Entrance>): Promise<Result<null>> {
    if (!entrance.ok) return this.#failed(entrance);
    if (this.#signIn.closing.aborted) {
      const { http } = entrance.value.step === 'in' ? entrance.value.entry : entrance.value.waiting;
      await http.close();
      await this.#signIn.demo.end();
      return err(appError('signed-out'));
    }
    if (entrance.value.step === 'code') {
      const { waiting } = entrance.value;
      const sent = await sendCode(waiting.http, waiting.challenge);
      if (sent.ok) this.#signIn.wantCode(waiting);
      else await waiting.http.close();
      return sent.ok ? sent : this.#failed(sent);
    }
    const { entry } = entrance.value;
    const { isDemo } = this.#signIn;
    this.#options.store.demo = isDemo;
    this.#signIn.connect(isDemo ? entry : await this.#keep(entry));
    return ok(null);
  }

  async #failed(failure: Result<never> & { ok: false }): Promise<Result<null>> {
    this.#options.log.warn(`Signing in failed: ${failure.error.code} ${failure.error.detail ?? ''}`);
    await this.#signIn.demo.end();
    this.#signIn.signedOut(null);
    return failure;
  }

  /** Saves who has just signed in, and by which certificate. */
  async #keep(entry: Entry): Promise<Entry> {
    const known = this.#saved.like(entry.account);
    // The same account, its address typed in another way, stays one account.
    const { address, domain } = known ?? entry.account;
    // Until the tenant is asked again, what it said last time counts.
    const country = { ...entry.account.country, tenant: known?.country.tenant ?? '' };
    const matchLength = known?.matchLength ?? null;
    const account = { ...entry.account, address, domain, country, matchLength };
    this.#saved.use(account);
    const { fingerprint } = entry.http.way.trust;
    if (fingerprint !== null) this.#trusted.trust(address, fingerprint);
    await this.#saved.keep(account, { tokens: entry.tokens, password: entry.password });
    return { ...entry, account };
  }

  /** Ends a sign-in that is not in use, as far as its PBX can be reached. */
  async #giveBack(account: SavedAccount, secrets: Result<Secrets | null>): Promise<void> {
    const http = this.#signIn.httpTo(account.address, this.#trusted.trustFor(account.address));
    if (http === null || !secrets.ok || secrets.value === null) return;
    await signOut(http, secrets.value.tokens);
    await http.close();
  }

  #enterOptions(address: string, trust: Trust): EnterOptions {
    const { proxyFor, clock, transport } = this.#options;
    return { trust, lastFlow: this.#saved.flowAt(address), proxyFor, clock, signal: this.#signIn.closing, transport };
  }

  async #enterDemo(): Promise<Result<Entrance>> {
    const demo = await this.#signIn.demo.start();
    if (!demo.ok) return demo;
    const { address, domain, username, password, fingerprint } = demo.value;
    const form = { address, domain, username, password, trustFingerprint: fingerprint, remember: false };
    return enter(form, this.#enterOptions(address, { fingerprint }));
  }
}

/** What a user may ask of it. */
export type AccountCommands = Omit<
  Account,
  'state' | 'access' | 'demo' | 'key' | 'numbers' | 'country' | 'isPlaceAsked' | 'close'
>;

/** A part that throws against its promise must not leave the status at `signing-in` for ever. */
async function attempt(run: () => Promise<Result<Entrance>>): Promise<Result<Entrance>> {
  try {
    return await run();
  } catch (error) {
    reportBug(error);
    return err(appError('internal', { detail: String(error) }));
  }
}

const unknownAccount = () => err(appError('command-invalid', { detail: 'no such account' }));
