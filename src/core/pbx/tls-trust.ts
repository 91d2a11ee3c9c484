import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import { appError, type CertificateSummary } from '../../shared/errors.ts';
import { plainText } from '../../shared/plain-text.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** Which certificate the PBX may show. */
export interface Trust {
  /** SHA-256 of the one certificate that is trusted (AA:BB:…), or null to trust what this computer trusts. */
  fingerprint: string | null;
  /**
   * More certificate authorities (PEM) than this computer's own; used only without a fingerprint. The root is enough,
   * unless the PBX does not send its intermediate certificates.
   */
  ca?: string;
}

/** Whether the two are the same SHA-256 fingerprint, however they are written. */
export function sameFingerprint(one: string, other: string): boolean {
  const hex = (text: string) => text.replaceAll(/[^0-9a-f]/gi, '').toUpperCase();
  return hex(one).length === 64 && hex(one) === hex(other);
}

const PEM_BEGIN = /-----BEGIN (?:X509 )?CERTIFICATE-----/g;
const PEM_CERTIFICATE = /-----BEGIN (?:X509 )?CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END (?:X509 )?CERTIFICATE-----/g;
const MAX_CA_LENGTH = 1024 * 1024;

/**
 * The certificates in a PEM file, one text each; whatever else the file holds is left out.
 * Error `tls-ca-unreadable`: there is none, or one of them is broken. The readable ones are not used alone then.
 */
export function readAuthorities(pem: string): Result<string[]> {
  const unreadable = (cause: string, detail: string) =>
    err(appError('tls-ca-unreadable', { detail, params: { cause } }));
  if (pem.length > MAX_CA_LENGTH) return unreadable('too-large', `${pem.length} characters`);
  const certificates = pem.match(PEM_CERTIFICATE) ?? [];
  if (certificates.length === 0) return unreadable('no-certificate', 'no certificate in PEM form');
  const begun = pem.match(PEM_BEGIN)?.length ?? 0;
  const broken = certificates.findIndex((text) => !isCertificate(text));
  if (broken >= 0) return unreadable('broken-certificate', `certificate ${broken + 1} of ${begun} is broken`);
  return begun === certificates.length
    ? ok(certificates)
    : unreadable('broken-certificate', 'a certificate has no end');
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

let latest: { extra: string | undefined; context: tls.SecureContext } | null = null;

/**
 * This computer's certificate authorities: Node's roots, NODE_EXTRA_CA_CERTS, the system's store, and those of
 * `extra` (PEM). Error: `tls-ca-unreadable`.
 */
export function trustedAuthorities(extra: string | undefined): Result<tls.SecureContext> {
  // Making a context parses hundreds of certificates, so the latest one is kept.
  if (latest !== null && latest.extra === extra) return ok(latest.context);
  const more = extra === undefined ? ok([]) : readAuthorities(extra);
  if (!more.ok) return more;
  const context = tls.createSecureContext({ ca: [...computerAuthorities(), ...more.value] });
  latest = { extra, context };
  return ok(context);
}

let authorities: readonly string[] | null = null;

// Reading the system's store is slow on Windows and macOS, so it is done once and not before it is needed.
function computerAuthorities(): readonly string[] {
  authorities ??= [...new Set([...tls.rootCertificates, ...caCertificates('default'), ...caCertificates('system')])];
  return authorities;
}

function caCertificates(type: 'default' | 'system'): string[] {
  // Missing before Node 22.15, and an embedder may have no system store to read.
  const read = (tls as { getCACertificates?: typeof tls.getCACertificates }).getCACertificates;
  try {
    return read?.(type) ?? [];
  } catch {
    return [];
  }
}

export function summarise(certificate: X509Certificate): CertificateSummary {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
    sha256: certificate.fingerprint256,
  };
}

/** Anyone can choose the names in a certificate, so they are shown as one plain line of at most 300 characters. */
const oneLine = (name: string | undefined): string => plainText((name ?? '').replaceAll(/[\n\r]+/g, ', '), 300);
