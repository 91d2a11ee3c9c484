import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import * as tls from 'node:tls';
import type { CertificateSummary } from '../../shared/errors.ts';

/** Which certificate the PBX may show. */
export interface Trust {
  /** SHA-256 of the one certificate that is trusted (AA:BB:…), or null to trust what this computer trusts. */
  fingerprint: string | null;
  /** One more certificate authority (PEM) beside this computer's own; used only without a fingerprint. */
  ca?: string;
}

/** Are the two the same SHA-256 fingerprint, however they are written? */
export function sameFingerprint(one: string, other: string): boolean {
  const hex = (text: string) => text.replaceAll(/[^0-9a-f]/gi, '').toUpperCase();
  return hex(one).length === 64 && hex(one) === hex(other);
}

/** This computer's certificate authorities: Node's roots, NODE_EXTRA_CA_CERTS, the system's store, and `extra` (PEM). */
export function trustedAuthorities(extra: string | undefined): tls.SecureContext {
  return tls.createSecureContext({ ca: [...computerAuthorities(), ...(extra === undefined ? [] : [extra])] });
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

/** Names in a certificate are the text of a stranger: one line, no control characters, at most 300 characters. */
function oneLine(name: string | undefined): string {
  const text = (name ?? '').replaceAll(/[\n\r]+/g, ', ').replaceAll(/\p{Cc}/gu, '');
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

/**
 * Looks at the certificate of a server without trusting it: one TLS handshake, not a byte of a request.
 * Null when there is none to be seen within `timeoutMs`.
 */
export function peekCertificate(host: string, port: number, timeoutMs: number): Promise<CertificateSummary | null> {
  return new Promise((resolve) => {
    const socket = tls.connect({
      host,
      port,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ALPNProtocols: ['http/1.1'],
      // Nothing is sent and nothing is believed here: the certificate is only shown to a person.
      rejectUnauthorized: false,
    });
    const finish = (summary: CertificateSummary | null) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(summary);
    };
    const timer = setTimeout(() => finish(null), timeoutMs);
    socket.on('error', () => finish(null));
    socket.once('close', () => finish(null));
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      finish(certificate ? summarise(certificate) : null);
    });
  });
}
