import { X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/** The certificate for the TLS handshake. PEM. */
export interface DemoCertificate {
  key: string;
  cert: string;
}

const DAY = 86_400_000;

/**
 * Makes a self-signed certificate like that of a new PortSIP PBX. Its dates come from the system time even if the PBX has
 * another clock, because TLS clients compare them with the system time.
 */
export async function makeCertificate(): Promise<DemoCertificate> {
  const made = await generate([{ name: 'commonName', value: 'Demo PBX' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - DAY),
    notAfterDate: new Date(Date.now() + 730 * DAY),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** SHA-256 over the DER form, as AA:BB:… */
export const fingerprintOf = (certificate: DemoCertificate): string =>
  new X509Certificate(certificate.cert).fingerprint256;
