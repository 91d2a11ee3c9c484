import { beforeAll, expect, test } from 'vitest';
import type { PbxHttp } from '../../../src/core/pbx/http.ts';
import { probeServer } from '../../../src/core/pbx/probe.ts';
import { parseServerAddress } from '../../../src/core/pbx/server-address.ts';
import { refreshTokens, signIn, signOut } from '../../../src/core/pbx/sign-in.ts';
import type { Trust } from '../../../src/core/pbx/tls-trust.ts';
import { openTrustedSocket } from '../../../src/core/pbx/trusted-socket.ts';
import { sendCode, verifyCode } from '../../../src/core/pbx/two-factor.ts';
import type { Result } from '../../../src/shared/result.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { keeperFor, tokensFor } from './support/accounts.ts';
import { makeCertificate, type TestCertificate } from './support/certificate.ts';
import { bad, client, good } from './support/connect.ts';
import { connectProxy } from './support/proxy.ts';
import { httpsServer, impostor, json, type Handler } from './support/servers.ts';
import { NETWORK } from '../../../src/core/pbx/transport.ts';

/*
 * An impostor with a certificate of its own is between this computer and the PBX: from the start, or later, at the
 * address where the PBX was. Not a byte of what was about to be sent may reach it.
 */

const clock = new ManualClock();
const ADA = { username: 'ada', password: 'secret', domain: 'office.example' };
const challenge = { token: 'otp-session' };

let authority: TestCertificate;
let genuine: TestCertificate;
let forged: TestCertificate;

beforeAll(async () => {
  authority = await makeCertificate('Office CA');
  genuine = await makeCertificate('pbx', { authority });
  // The same name, the same addresses, and an issuer of the same name.
  forged = await makeCertificate('pbx', { authority: await makeCertificate('Office CA') });
});

/** Both ways to trust the PBX, and the error that each gives for the impostor. */
const trusts: [what: string, trust: () => Trust, code: string][] = [
  ['a pinned certificate', () => ({ fingerprint: genuine.fingerprint }), 'tls-changed'],
  ['an authority', () => ({ fingerprint: null, ca: authority.cert }), 'tls-untrusted'],
];

const clientAt = (port: number, trust: Trust) => client({ origin: `https://127.0.0.1:${port}`, trust });

/** The genuine PBX; `replace` puts the impostor in its place. */
async function pbx(handler: Handler) {
  const server = await httpsServer(handler, genuine);
  return {
    ...server,
    replace: async () => {
      await server.close();
      return impostor({ certificate: forged, port: server.port });
    },
  };
}

type Ask = (http: PbxHttp) => Promise<Result<unknown>>;

const requests: [what: string, ask: Ask][] = [
  ['a poll of the calls', (http) => http.request({ method: 'GET', path: '/api/sessions', token: 'access-1' })],
  [
    'a call',
    (http) => http.request({ method: 'POST', path: '/api/sessions', token: 'access-1', json: { caller: '1' } }),
  ],
  ['a password', (http) => signIn(http, ADA, clock)],
  ['a password, by an older API', (http) => signIn(http, ADA, clock, 'oauth')],
  ['the request for a code', (http) => sendCode(http, challenge)],
  ['a code', (http) => verifyCode(http, challenge, '123456', clock)],
  ['a refresh', (http) => refreshTokens(http, tokensFor(clock), clock)],
  ['a sign-out', (http) => signOut(http, tokensFor(clock))],
];

for (const [how, trust, code] of trusts) {
  test.each(requests)(`with ${how}, %s is not sent to an impostor`, async (_what, ask) => {
    const { seen, port } = await impostor({ certificate: forged });
    expect(bad(await ask(clientAt(port, trust()))).code).toBe(code);
    await expect.poll(() => seen).toEqual({ connections: 1, open: 0, bytes: 0 });
  });

  test.each(requests)(`with ${how}, %s is not sent to an impostor that replaced the PBX`, async (_what, ask) => {
    const server = await pbx((_request, response) => json(response, 200, {}));
    const http = clientAt(server.port, trust());
    good(await http.request({ method: 'GET', path: '/api/info' }));
    const { seen } = await server.replace();
    expect(bad(await ask(http)).code).toBe(code);
    await expect.poll(() => seen.open).toBe(0);
    expect(seen.connections).toBeGreaterThan(0);
    expect(seen.bytes).toBe(0);
  });

  test(`with ${how}, a probe before the sign-in reads the certificate of an impostor and sends nothing`, async () => {
    const { seen, port } = await impostor({ certificate: forged });
    const address = good(parseServerAddress(`127.0.0.1:${port}`));
    const error = bad(await probeServer({ address, domain: 'office.example', transport: NETWORK, trust: trust() }));
    expect(error).toMatchObject({ code, certificate: { sha256: forged.fingerprint } });
    await expect.poll(() => seen).toEqual({ connections: 1, open: 0, bytes: 0 });
  });

  test(`with ${how}, a redirect to an impostor is not followed`, async () => {
    const { seen, port } = await impostor({ certificate: forged });
    const location = `https://127.0.0.1:${port}/api/sessions`;
    const server = await pbx((_request, response) => response.writeHead(307, { location }).end());
    const http = clientAt(server.port, trust());
    expect(good(await http.request({ method: 'GET', path: '/api/sessions', token: 'access-1' })).status).toBe(307);
    expect(bad(await signIn(http, ADA, clock)).code).toBe('bad-answer');
    expect(bad(await refreshTokens(http, tokensFor(clock), clock)).code).toBe('bad-answer');
    await settle();
    expect(seen).toEqual({ connections: 0, open: 0, bytes: 0 });
  });

  test(`with ${how}, the repetition of a GET after a lost connection is not sent to an impostor`, async () => {
    let taken: ReturnType<typeof server.replace> | undefined;
    const server = await pbx((request, response) => {
      if (request.url === '/api/info') json(response, 200, {});
      // Closes a kept connection instead of answering: the client repeats such a request.
      else taken = server.replace();
    });
    const http = clientAt(server.port, trust());
    good(await http.request({ method: 'GET', path: '/api/info' }));
    await settle();
    const error = bad(await http.request({ method: 'GET', path: '/api/sessions', token: 'access-1' }));
    expect([code, 'connection-refused']).toContain(error.code);
    const seen = (await taken)?.seen;
    // Once more, now that the impostor listens.
    expect(bad(await http.request({ method: 'GET', path: '/api/sessions', token: 'access-1' })).code).toBe(code);
    await expect.poll(() => seen?.open).toBe(0);
    expect(seen?.bytes).toBe(0);
  });

  test(`with ${how}, a refresh after a 401 and the request that waits for it are not sent to an impostor`, async () => {
    const server = await pbx((_request, response) => {
      response.setHeader('connection', 'close');
      json(response, 401, {});
    });
    const http = clientAt(server.port, trust());
    const { keeper, losses } = keeperFor(http);
    let taken: Awaited<ReturnType<typeof server.replace>> | undefined;
    const answer = await keeper.run(async (token) => {
      const refused = await http.request({ method: 'GET', path: '/api/sessions', token });
      taken ??= await server.replace();
      return refused;
    });
    expect(bad(answer).code).toBe(code);
    // The PBX did not refuse anything, so the sign-in is still valid.
    expect(losses).toEqual([]);
    await expect.poll(() => taken?.seen).toEqual({ connections: 1, open: 0, bytes: 0 });
  });

  test(`with ${how}, nothing is sent through a proxy that leads to an impostor`, async () => {
    const { seen, port } = await impostor({ certificate: forged });
    const proxy = await connectProxy({ leadTo: port });
    const proxyFor = () => Promise.resolve(proxy.entry);
    const http = client({ origin: 'https://pbx.example:8887', trust: trust(), proxyFor });
    expect(bad(await signIn(http, ADA, clock)).code).toBe(code);
    await expect.poll(() => seen).toEqual({ connections: 1, open: 0, bytes: 0 });
  });

  test(`with ${how}, no trusted socket to an impostor is opened`, async () => {
    const { seen, port } = await impostor({ certificate: forged });
    const socket = await openTrustedSocket({ host: '127.0.0.1', port, trust: trust(), timeoutMs: 5000 });
    expect(bad(socket).code).toBe(code);
    await expect.poll(() => seen).toEqual({ connections: 1, open: 0, bytes: 0 });
  });
}
