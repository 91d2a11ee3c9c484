import type { AppError, CertificateSummary } from '../../shared/errors.ts';
import type { TrustedCertificate } from '../../shared/state.ts';
import type { Clock } from '../clock.ts';
import { sameFingerprint, type Trust } from '../pbx/tls-trust.ts';
import { serverOf } from './account-key.ts';
import type { AccountStore } from './account-store.ts';

export interface TrustedServersOptions {
  store: Pick<AccountStore, 'certificates' | 'saveCertificates'>;
  clock: Clock;
  /** More certificate authorities (PEM) than this computer's own, or undefined. */
  authorities: () => string | undefined;
  onChange: () => void;
}

/** Certificates shown to the user at most that are kept in mind, in case one of them is trusted. */
const MOST_SHOWN = 8;

/** Which certificate each server may show: the one that a person trusts, and without one what this computer trusts. */
export class TrustedServers {
  readonly #options: TrustedServersOptions;
  #list: readonly TrustedCertificate[];
  #shown: CertificateSummary[] = [];

  constructor(options: TrustedServersOptions) {
    this.#options = options;
    this.#list = options.store.certificates;
  }

  get list(): readonly TrustedCertificate[] {
    return this.#list;
  }

  /** The fingerprint trusted for the server at an address, or null. */
  fingerprintFor(address: string): string | null {
    const server = serverOf(address);
    return this.#list.find((trusted) => trusted.server === server)?.sha256 ?? null;
  }

  /**
   * What to trust when connecting. A fingerprint that the user has just confirmed counts only for a server that has
   * none: another one must be forgotten first, so that a changed certificate is never a matter of one click.
   */
  trustFor(address: string, confirmed: string | null = null): Trust {
    return this.exactly(this.fingerprintFor(address) ?? confirmed);
  }

  /** Trust in one certificate, or with null in what this computer and the given authorities vouch for. */
  exactly(fingerprint: string | null): Trust {
    const ca = this.#options.authorities();
    return ca === undefined ? { fingerprint } : { fingerprint, ca };
  }

  /** Keeps in mind what a certificate says of itself while a person looks at it. */
  shown(error: AppError): void {
    const { certificate } = error;
    if (certificate !== undefined) this.#shown = [certificate, ...this.#shown].slice(0, MOST_SHOWN);
  }

  /** Somebody signed in to this server by a certificate that they trust. */
  trust(address: string, sha256: string): void {
    const server = serverOf(address);
    if (server === null || this.fingerprintFor(address) !== null) return;
    const certificate = this.#shown.find((summary) => sameFingerprint(summary.sha256, sha256)) ?? null;
    const trusted: TrustedCertificate = { server, sha256, certificate, trustedAt: this.#options.clock.now() };
    this.#save([...this.#list, trusted]);
  }

  /** Whether there was anything to forget. */
  forget(address: string): boolean {
    if (this.fingerprintFor(address) === null) return false;
    const server = serverOf(address);
    this.#save(this.#list.filter((trusted) => trusted.server !== server));
    return true;
  }

  #save(list: readonly TrustedCertificate[]): void {
    this.#list = list;
    this.#options.store.saveCertificates(list);
    this.#options.onChange();
  }
}
