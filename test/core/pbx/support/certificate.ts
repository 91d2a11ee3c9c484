import { X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface TestCertificate {
  key: string;
  cert: string;
  /** SHA-256, AA:BB:… */
  fingerprint: string;
}

const LOOPBACK = [
  { type: 7, ip: '127.0.0.1' },
  { type: 7, ip: '::1' },
] as const;

/** A certificate for this computer's loopback addresses, self-signed unless an authority is given. */
export async function makeCertificate(
  name: string,
  options: {
    authority?: TestCertificate;
    /** Whether it may issue others; true by default, as for a self-signed one. */
    issues?: boolean;
    host?: string;
    notAfter?: Date;
  } = {},
): Promise<TestCertificate> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ...(options.notAfter ? { notBeforeDate: new Date(0), notAfterDate: options.notAfter } : {}),
    ...(options.authority ? { ca: options.authority } : {}),
    extensions: [
      { name: 'basicConstraints', cA: options.issues ?? options.authority === undefined, critical: true },
      {
        name: 'subjectAltName',
        altNames: options.host === undefined ? [...LOOPBACK] : [{ type: 2, value: options.host }],
      },
    ],
  });
  return { key: made.private, cert: made.cert, fingerprint: new X509Certificate(made.cert).fingerprint256 };
}
