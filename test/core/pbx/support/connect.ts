import { afterEach } from 'vitest';
import { PbxHttp, type PbxHttpOptions } from '../../../../src/core/pbx/http.ts';
import type { AppError } from '../../../../src/shared/errors.ts';
import type { Result } from '../../../../src/shared/result.ts';
import { closeServers, type TestServer } from './servers.ts';

const open: PbxHttp[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((http) => http.close()));
  await closeServers();
});

/** A client that trusts the certificate of `server`; closed after the test, as all servers are. */
export function clientFor(
  server: Pick<TestServer, 'origin' | 'certificate'>,
  options: Partial<PbxHttpOptions> = {},
): PbxHttp {
  return client({ origin: server.origin, trust: { fingerprint: server.certificate.fingerprint }, ...options });
}

export function client(options: PbxHttpOptions): PbxHttp {
  const http = new PbxHttp(options);
  open.push(http);
  return http;
}

/** The value of a Result that must be ok; throws otherwise. */
export function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail ?? ''}`);
  return result.value;
}

/** The error of a Result that must not be ok; throws otherwise. */
export function bad(result: Result<unknown>): AppError {
  if (result.ok) throw new Error(`expected an error, got ${JSON.stringify(result.value)}`);
  return result.error;
}
