import { expect, test } from 'vitest';
import { attemptSignIn } from '../../../src/core/account/sign-in-attempt.ts';
import { SystemClock } from '../../../src/core/clock.ts';
import { httpsServer, json } from '../pbx/support/servers.ts';
import { NETWORK } from '../../../src/core/pbx/transport.ts';

const FORM = { domain: 'office.example', username: 'anna', password: 'secret', remember: false };

test.each([
  [true, 'sign-in-microsoft'],
  [false, 'sign-in-refused'],
])('a refused sign-in to a tenant with Microsoft 365 %s gives the error %s', async (microsoft, code) => {
  const server = await httpsServer((request, response) => {
    const isInfo = request.url.startsWith('/api/info');
    if (isInfo) json(response, 200, { web_domain: 'pbx', name: 'Office', enable_ms365_integration: microsoft });
    else json(response, 401, { errors: [{ code: 'UNAUTHORIZED', message: 'Login failed' }] });
  });
  const { fingerprint } = server.certificate;
  const entered = await attemptSignIn(
    { ...FORM, address: server.origin, trustFingerprint: fingerprint },
    {
      transport: NETWORK,
      trust: { fingerprint },
      lastFlow: null,
      proxyFor: () => Promise.resolve('DIRECT'),
      clock: new SystemClock(),
      signal: new AbortController().signal,
    },
  );
  expect(entered.ok ? 'in' : entered.error.code).toBe(code);
});
