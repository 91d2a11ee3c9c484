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

/** The maximum number of shown certificates that are remembered, because the user may trust one of them. */
const MAX_SHOWN = 8;

/** The certificate that each server may show: the one that the user trusts, otherwise any that this computer trusts. */
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
   * none: the old one must be forgotten first, so that a changed certificate cannot be accepted with one click.
   */
  trustFor(address: string, confirmed: string | null = null): Trust {
    return this.exactly(this.fingerprintFor(address) ?? confirmed);
  }

  /** Trust in one certificate. null: in all that this computer and the given authorities trust. */
  exactly(fingerprint: string | null): Trust {
    const ca = this.#options.authorities();
    return ca === undefined ? { fingerprint } : { fingerprint, ca };
  }

  /** Remembers the contents of a certificate while the user checks it. */
  shown(error: AppError): void {
    const { certificate } = error;
    if (certificate !== undefined) this.#shown = [certificate, ...this.#shown].slice(0, MAX_SHOWN);
  }

  /** The user signed in to this server and trusts its certificate. */
  trust(address: string, sha256: string): void {
    const server = serverOf(address);
    if (server === null || this.fingerprintFor(address) !== null) return;
    const certificate = this.#shown.find((summary) => sameFingerprint(summary.sha256, sha256)) ?? null;
    const trusted: TrustedCertificate = { server, sha256, certificate, trustedAt: this.#options.clock.now() };
    this.#save([...this.#list, trusted]);
  }

  /** Returns whether there was one to forget. */
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
