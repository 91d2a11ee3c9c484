import type { ServerInfo, SignInForm } from '../../shared/account.ts';
import { appError, DISTRUST } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { probeServer } from '../pbx/probe.ts';
import { parseServerAddress } from '../pbx/server-address.ts';
import { sameFingerprint } from '../pbx/tls-trust.ts';
import { sameServer } from './account-key.ts';
import type { SignIn, SignInParts } from './sign-in-state.ts';

/** The commands of the window for the certificates of servers. */
export class CertificateCommands {
  readonly #parts: SignInParts;
  readonly #signIn: SignIn;

  constructor(parts: SignInParts, signIn: SignIn) {
    this.#parts = parts;
    this.#signIn = signIn;
  }

  /** Contacts the server without signing in. */
  async test(form: Pick<SignInForm, 'address' | 'domain' | 'trustFingerprint'>): Promise<Result<ServerInfo>> {
    const address = parseServerAddress(form.address);
    if (!address.ok) return address;
    const { trusted, proxyFor, clock, transport } = this.#parts;
    const trust = trusted.trustFor(form.address, form.trustFingerprint);
    const connection = { trust, proxyFor, clock, signal: this.#signIn.closing, transport };
    const info = await probeServer({ address: address.value, domain: form.domain, ...connection });
    if (!info.ok) trusted.shown(info.error);
    return info;
  }

  /** Stops trusting the certificate of a server. A connection that relies on it ends at once, without signing out. */
  forget(address: string): Result<null> {
    if (this.#signIn.isBusy) return err(appError('sign-in-busy'));
    const { trusted, saved, onChange } = this.#parts;
    const connected = sameServer(this.#realAccount?.address ?? '', address);
    if (trusted.fingerprintFor(address) === null) return ok(null);
    trusted.forget(address);
    // The next sign-in there shows the certificate first.
    for (const account of saved.atServer(address)) void saved.setSecrets(account, null);
    if (connected) this.#signIn.cut(appError('certificate-forgotten'));
    else onChange('account');
    return ok(null);
  }

  /**
   * The active account's server has a new certificate, and the user has compared its fingerprint: trusts it instead of
   * the old one and continues the saved sign-in. Contacts the server first, so that only a certificate that it really
   * shows is trusted. Errors: `signed-out`, `sign-in-busy`, those of a connection; `tls-changed` or `tls-untrusted` if
   * the server shows yet another certificate.
   */
  async accept(sha256: string): Promise<Result<null>> {
    const account = this.#realAccount;
    if (account === null) return err(appError('signed-out'));
    const { address, domain } = account;
    const seen = await this.test({ address, domain, trustFingerprint: null });
    if (this.#signIn.signedIn?.account.address !== address) return err(appError('signed-out'));
    // The server shows the old certificate again.
    if (seen.ok) return ok(null);
    if (!sameFingerprint(seen.error.certificate?.sha256 ?? '', sha256)) return seen;
    if (!this.#signIn.begin()) return err(appError('sign-in-busy'));
    this.#parts.trusted.forget(address);
    this.#parts.trusted.trust(address, sha256);
    await this.#signIn.resume(account);
    return ok(null);
  }

  /** The trusted authorities changed: existing connections and refusals are checked again. */
  async authoritiesChanged(): Promise<void> {
    const { active, isDemo, state } = this.#signIn;
    if (active === null || isDemo) return;
    const { trusted } = this.#parts;
    if (trusted.fingerprintFor(active.address) !== null) return;
    const refused = state.status === 'signed-out' && state.reason !== null && DISTRUST.has(state.reason.code);
    if ((state.status !== 'signed-in' && !refused) || !this.#signIn.begin()) return;
    const error = await this.#signIn.resume(active);
    if (error === null || !DISTRUST.has(error.code) || this.#signIn.signedIn === null) return;
    trusted.shown(error);
    this.#signIn.setSignedOut(error);
  }

  /** The signed-in account; null in the demo. */
  get #realAccount() {
    return this.#signIn.isDemo ? null : (this.#signIn.signedIn?.account ?? null);
  }
}
