import type { AppError, ErrorCode } from '../../shared/errors.ts';

export type SignInField = 'address' | 'domain' | 'username' | 'password';

const FIELD_OF: Partial<Record<ErrorCode, SignInField>> = {
  'address-invalid': 'address',
  'dns-failed': 'address',
  'no-route': 'address',
  'connection-refused': 'address',
  'connection-lost': 'address',
  'tls-failed': 'address',
  'tls-untrusted': 'address',
  'tls-changed': 'address',
  'not-portsip': 'address',
  'timed-out': 'address',
  'domain-unknown': 'domain',
  'sign-in-refused': 'password',
  'sign-in-microsoft': 'password',
};

/** The field that an error is about; null if it is about none of them. */
export function fieldOf(error: AppError | null): SignInField | null {
  return error === null ? null : (FIELD_OF[error.code] ?? null);
}
