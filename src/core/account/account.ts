import { appError, DISTRUST } from '../../shared/errors.ts';
import type { ServerInfo, SignInForm } from '../../shared/ipc.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AccountState, TrustedCertificate } from '../../shared/state.ts';
import { probeServer } from '../pbx/probe.ts';
import { parseServerAddress } from '../pbx/server-address.ts';
import { signOut } from '../pbx/sign-in.ts';
import { sameFingerprint, type Trust } from '../pbx/tls-trust.ts';
import { keyOf, sameServer } from './account-key.ts';
import type { AccountOptions } from './account-options.ts';
import type { SavedAccount, Secrets } from './account-store.ts';
import type { Connection } from './connection.ts';
import type { DemoAccess } from './demo-access.ts';
import { enter, type EnterOptions, type Entrance } from './enter.ts';
import { Admission } from './admission.ts';
import { SavedAccounts } from './saved-accounts.ts';
import { savedInfo } from './saved-info.ts';
import { TrustedServers } from './trusted-servers.ts';

/**
 * Who the user is to the PBX: signs in, keeps and renews the sign-in, and gives it up. Several accounts may be saved,
 * one is active. One thing at a time: from the first line of an attempt to its end the status is `signing-in`, and no
 * other attempt begins.
 * A rejected password is never sent again by itself: five failures make a PBX block the address for an hour.
 */
export class Account {
  readonly #options: AccountOptions;
  readonly #saved: SavedAccounts;
  readonly #trusted: TrustedServers;
  readonly #admission: Admission;

  constructor(options: AccountOptions) {
    const { store, clock, authorities } = options;
    this.#options = options;
    this.#saved = new SavedAccounts(store, options.mayKeepPassword);
    this.#trusted = new TrustedServers({ store, clock, authorities, onChange: () => options.onChange('trust') });
    this.#admission = new Admission(options, this.#saved, this.#trusted);
  }

  get state(): AccountState {
    const shown = this.#admission.code.account ?? this.#admission.current.account ?? this.#admission.active;
    return {
      status: this.#admission.status,
      awaitingCode: this.#admission.code.account !== null,
      demo: this.#admission.demo.access !== null,
      address: shown?.address ?? '',
      domain: shown?.domain ?? '',
      username: shown?.username ?? '',
      displayName: shown?.displayName ?? '',
      extension: shown?.extension ?? '',
      reason: this.#admission.reason,
      saved: savedInfo(this.#saved, this.#admission.demo.access === null ? this.#admission.active : null),
    };
  }

  /** Certificates that a person said to trust. */
  get trusted(): readonly TrustedCertificate[] {
    return this.#trusted.list;
  }

  get connection(): Connection | null {
    return this.#admission.current.connection;
  }

  /** The running demo PBX, to make a call happen; null when the account is a real one. */
  get demo(): DemoAccess | null {
    return this.#admission.demo.access;
  }

  /** Tells accounts apart; null for the demo, of which nothing is worth keeping. */
  get key(): string | null {
    if (this.#admission.demo.access !== null) return null;
    const account = this.#admission.current.account ?? this.#admission.active;
    return account === null ? '' : keyOf(account);
  }

  /** The numbers that the PBX says are the user's. */
  get numbers(): { extension: string; others: readonly string[] } {
    return {
      extension: this.#admission.current.account?.extension ?? '',
      others: this.#admission.current.account?.otherNumbers ?? [],
    };
  }

  /** At program start: takes up the sign-in of last time, if there is one. */
  async resume(): Promise<void> {
    if (this.#options.store.demo) await this.startDemo();
    else if (this.#admission.active !== null && this.#admission.begin())
      await this.#admission.takeUp(this.#admission.active);
  }

  /** Looks at the server without signing in. */
  async test(form: Pick<SignInForm, 'address' | 'domain' | 'trustFingerprint'>): Promise<Result<ServerInfo>> {
    const address = parseServerAddress(form.address);
    if (!address.ok) return address;
    const trust = this.#trusted.trustFor(form.address, form.trustFingerprint);
    const { proxyFor, clock, openHttp } = this.#options;
    const signal = this.#admission.closing;
    const way = { trust, proxyFor, clock, signal, openHttp };
    const info = await probeServer({ address: address.value, domain: form.domain, ...way });
    if (!info.ok) this.#trusted.shown(info.error);
    return info;
  }

  async signIn(form: SignInForm): Promise<Result<null>> {
    if (!this.#admission.begin()) return err(appError('sign-in-busy'));
    await this.#admission.demo.end();
    const trust = this.#trusted.trustFor(form.address, form.trustFingerprint);
    const entrance = await this.#admission.attempt(() => enter(form, this.#enterOptions(form.address, trust)));
    if (!entrance.ok) {
      this.#trusted.shown(entrance.error);
      // The next attempt begins with the newest API: after an upgrade only that may be able to ask for a code.
      if (entrance.error.code === 'sign-in-refused') this.#saved.forgetFlowAt(form.address);
    }
    return this.#admission.finish(entrance);
  }

  /** Ends a two-factor sign-in with the code that was mailed. `two-factor-wrong` leaves room for another. */
  async enterCode(code: string): Promise<Result<null>> {
    const { over, entry } = await this.#admission.code.enter(code);
    if (over) return this.#admission.finish(entry.ok ? ok({ step: 'in', entry: entry.value }) : entry);
    return entry.ok ? ok(null) : entry;
  }

  /** Has the code mailed once more. */
  sendCode(): Promise<Result<null>> {
    return this.#admission.code.sendAgain();
  }

  /** Back to the form. */
  async cancelCode(): Promise<void> {
    const left = this.#admission.code.leave();
    if (!left.ok) return;
    this.#admission.signedOut(null);
    await left.value;
  }

  /** Starts the built-in demo PBX and signs in to it. The real accounts stay as they are, for afterwards. */
  async startDemo(): Promise<Result<null>> {
    if (!this.#admission.begin()) return err(appError('sign-in-busy'));
    await this.#admission.demo.end();
    return this.#admission.finish(await this.#admission.attempt(() => this.#enterDemo()));
  }

  /** Leaves the connection as it is kept and takes up that of another account, or fills the form with it. */
  async switchTo(key: string): Promise<Result<null>> {
    const account = this.#saved.find(key);
    if (account === null) return unknownAccount();
    if (this.#admission.status === 'signed-in' && this.key === key) return ok(null);
    if (!this.#admission.begin()) return err(appError('sign-in-busy'));
    this.#options.store.demo = false;
    this.#admission.active = account;
    this.#options.onChange('account');
    await this.#admission.demo.end();
    await this.#admission.takeUp(account);
    return ok(null);
  }

  /** Leaves the connection as it is kept, for an empty form. */
  async add(): Promise<Result<null>> {
    if (!this.#admission.begin()) return err(appError('sign-in-busy'));
    this.#options.store.demo = false;
    this.#admission.active = null;
    await this.#admission.demo.end();
    this.#admission.signedOut(null);
    return ok(null);
  }

  /** Ends the sign-in at the PBX as well, as far as it can be reached; never fails. Other accounts stay as they are. */
  async signOut(): Promise<void> {
    if (this.#admission.status !== 'signed-in') return;
    const demo = this.#admission.demo.take();
    const account = this.#admission.current.account;
    this.#options.store.demo = false;
    const gone = this.#admission.current.signOut();
    const forgotten = demo === null && account !== null ? this.#saved.keep(account, null) : null;
    this.#admission.signedOut(null);
    await forgotten;
    await gone;
    await demo?.close();
  }

  /** Takes an account off this computer; its sign-in ends at the PBX, too, as far as that can be reached. */
  async remove(key: string): Promise<Result<null>> {
    const account = this.#saved.find(key);
    if (account === null) return unknownAccount();
    if (this.#admission.status === 'signing-in') return err(appError('sign-in-busy'));
    const secrets = this.#saved.secrets(account);
    const leaving = this.#admission.status === 'signed-in' && this.key === key ? this.signOut() : null;
    this.#saved.remove(account);
    this.#options.onRemoved(key);
    this.#options.onChange('account');
    if (leaving !== null) await leaving;
    else await this.#giveBack(account, await secrets);
    return ok(null);
  }

  /**
   * The certificate trusted for a server is trusted no longer: the next sign-in there shows the new one and asks.
   * Who is connected by it is not sent another byte, not even to sign out.
   */
  forgetCertificate(address: string): Result<null> {
    if (this.#admission.status === 'signing-in') return err(appError('sign-in-busy'));
    const connected =
      this.#admission.demo.access === null && sameServer(this.#admission.current.account?.address ?? '', address);
    if (this.#trusted.fingerprintFor(address) === null) return ok(null);
    if (connected) this.#admission.current.cut();
    this.#trusted.forget(address);
    // Whoever signs in there next has looked at a certificate first.
    for (const account of this.#saved.at(address)) void this.#saved.keep(account, null);
    if (connected) this.#admission.signedOut(appError('certificate-forgotten'));
    else this.#options.onChange('account');
    return ok(null);
  }

  /**
   * The server of the active account shows another certificate than the trusted one, and the user has compared its
   * fingerprint: it is trusted in place of the old one, and the sign-in that is kept goes on with it. The server is
   * looked at first, so that only a certificate that it really shows is ever trusted.
   * Errors: `signed-out`, `sign-in-busy`, those of a connection; `tls-changed` or `tls-untrusted` where it shows yet
   * another one.
   */
  async acceptCertificate(sha256: string): Promise<Result<null>> {
    const { account } = this.#admission.current;
    if (account === null || this.#admission.demo.access !== null) return err(appError('signed-out'));
    const { address, domain } = account;
    const seen = await this.test({ address, domain, trustFingerprint: null });
    if (this.#admission.current.account?.address !== address) return err(appError('signed-out'));
    // The old one again: nothing to decide.
    if (seen.ok) return ok(null);
    if (!sameFingerprint(seen.error.certificate?.sha256 ?? '', sha256)) return seen;
    if (!this.#admission.begin()) return err(appError('sign-in-busy'));
    this.#trusted.forget(address);
    this.#trusted.trust(address, sha256);
    await this.#admission.takeUp(account);
    return ok(null);
  }

  /** Other authorities vouch for certificates than before: what was connected, or refused, by them is looked at anew. */
  async authoritiesChanged(): Promise<void> {
    const account = this.#admission.active;
    if (account === null || this.#admission.demo.access !== null) return;
    if (this.#trusted.fingerprintFor(account.address) !== null) return;
    const refused = this.#admission.reason !== null && DISTRUST.has(this.#admission.reason.code);
    if ((this.#admission.status !== 'signed-in' && !refused) || !this.#admission.begin()) return;
    const error = await this.#admission.takeUp(account);
    if (error === null || !DISTRUST.has(error.code) || this.#admission.current.account === null) return;
    this.#trusted.shown(error);
    this.#admission.current.leave();
    this.#admission.signedOut(error);
  }

  /** The user changed their mind about keeping secrets here: writes or deletes them now. */
  keepSecretsAgain(): Promise<void> {
    return this.#saved.keepAgain();
  }

  /** Asks the PBX again who the user is; kept as it was when the PBX cannot be asked. */
  async refreshUser(): Promise<void> {
    await this.#admission.refreshUser();
  }

  close(): Promise<void> {
    return this.#admission.close();
  }

  /** Ends a sign-in that is not in use, as far as its PBX can be reached. */
  async #giveBack(account: SavedAccount, secrets: Result<Secrets | null>): Promise<void> {
    const http = this.#admission.httpTo(account.address, this.#trusted.trustFor(account.address));
    if (http === null || !secrets.ok || secrets.value === null) return;
    await signOut(http, secrets.value.tokens);
    await http.close();
  }

  #enterOptions(address: string, trust: Trust): EnterOptions {
    const { proxyFor, clock, openHttp } = this.#options;
    const signal = this.#admission.closing;
    return { trust, lastFlow: this.#saved.flowAt(address), proxyFor, clock, signal, openHttp };
  }

  async #enterDemo(): Promise<Result<Entrance>> {
    const demo = await this.#admission.demo.start();
    if (!demo.ok) return demo;
    const { address, domain, username, password, fingerprint } = demo.value;
    const form = { address, domain, username, password, trustFingerprint: fingerprint, remember: false };
    return enter(form, this.#enterOptions(address, { fingerprint }));
  }
}

/** What a user may ask of it. */
export type AccountCommands = Omit<Account, 'state' | 'connection' | 'demo' | 'key' | 'numbers' | 'close'>;

const unknownAccount = () => err(appError('request-invalid', { detail: 'no such account' }));
