import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readAuthorities } from '../../../src/core/pbx/tls-trust.ts';
import { makeCertificate, type TestCertificate } from './support/certificate.ts';
import { bad, client, good } from './support/connect.ts';
import { httpsServer, json } from './support/servers.ts';

const INFO = { method: 'GET', path: '/api/info' } as const;

const serverWith = (certificate: TestCertificate) =>
  httpsServer((_request, response) => json(response, 200, { fine: true }), certificate);

/** A root, an intermediate certificate that it issued, and a server's certificate that the intermediate issued. */
async function chain(host?: string) {
  const root = await makeCertificate('Office Root CA');
  const intermediate = await makeCertificate('Office Issuing CA', { authority: root, issues: true });
  const leaf = await makeCertificate('pbx', { authority: intermediate, ...(host === undefined ? {} : { host }) });
  const served = { ...leaf, cert: `${leaf.cert}\n${intermediate.cert}` };
  return { root, intermediate, leaf, served };
}

const ask = (origin: string, ca: string) => client({ origin, trust: { fingerprint: null, ca } }).request(INFO);

test('a server that sends its whole chain is trusted through the root', async () => {
  const { root, served } = await chain();
  const server = await serverWith(served);
  expect(good(await ask(server.origin, root.cert)).body).toEqual({ fine: true });
});

test('a server that omits its intermediate certificate is trusted if the file of authorities contains it', async () => {
  const { root, intermediate, leaf } = await chain();
  const server = await serverWith(leaf);
  expect(bad(await ask(server.origin, root.cert)).code).toBe('tls-untrusted');
  const file = `Office authorities\r\n\r\n${intermediate.cert}\r\nsubject: root\r\n${root.cert}`;
  expect(good(await ask(server.origin, file)).body).toEqual({ fine: true });
});

test('a chain from another root with the same name is not trusted', async () => {
  const { served } = await chain();
  const server = await serverWith(served);
  const error = bad(await ask(server.origin, (await chain()).root.cert));
  expect(error).toMatchObject({ code: 'tls-untrusted', certificate: { issuer: 'CN=Office Issuing CA' } });
  expect(server.requests).toEqual([]);
});

test('a valid chain for another host is not trusted', async () => {
  const { root, served } = await chain('other.example');
  const server = await serverWith(served);
  const error = bad(await ask(server.origin, root.cert));
  expect(error.code).toBe('tls-untrusted');
  expect(error.detail).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  expect(server.requests).toEqual([]);
});

test('a certificate is not trusted if its issuer may not issue certificates', async () => {
  const root = await makeCertificate('Office Root CA');
  const leaf = await makeCertificate('somebody', { authority: root });
  const below = await makeCertificate('pbx', { authority: leaf });
  const server = await serverWith({ ...below, cert: `${below.cert}\n${leaf.cert}` });
  expect(bad(await ask(server.origin, root.cert)).code).toBe('tls-untrusted');
});

test.runIf(process.platform === 'linux')(
  'the authorities of a file are trusted in addition to those of this computer',
  async () => {
    const given = await makeCertificate('Given CA');
    const own = await makeCertificate('Own CA');
    const servers = await Promise.all(
      [given, own].map(async (authority) => serverWith(await makeCertificate('pbx', { authority }))),
    );
    const folder = await mkdtemp(join(tmpdir(), 'traydial-ca-'));
    try {
      await writeFile(join(folder, 'own.pem'), own.cert);
      // Node reads the system's store once, at its start, so a separate program is started.
      const script = `
        import { PbxHttp } from ${JSON.stringify(new URL('../../../src/core/pbx/http.ts', import.meta.url).href)};
        const [ca, ...origins] = process.argv.slice(1);
        for (const origin of origins) {
          const http = new PbxHttp({ origin, trust: ca === '' ? { fingerprint: null } : { fingerprint: null, ca } });
          const answer = await http.request({ method: 'GET', path: '/api/info' });
          console.log(answer.ok ? 'fine' : answer.error.code);
          await http.close();
        }`;
      const run = async (ca: string) => {
        const origins = servers.map(({ origin }) => origin);
        const { stdout } = await promisify(execFile)(
          process.execPath,
          ['--input-type=module', '-e', script, '--', ca, ...origins],
          { env: { ...process.env, SSL_CERT_FILE: join(folder, 'own.pem'), NODE_OPTIONS: '' } },
        );
        return stdout.trim().split('\n');
      };
      expect(await run(given.cert)).toEqual(['fine', 'fine']);
      expect(await run('')).toEqual(['tls-untrusted', 'fine']);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

test('a file of authorities may contain other text and keys between the certificates', async () => {
  const [one, two] = [(await makeCertificate('one')).cert, await makeCertificate('two')];
  expect(good(readAuthorities(`\uFEFF# one\r\n${one}\n${two.key}\n${two.cert}`))).toHaveLength(2);
});

test('a file that holds a broken certificate is refused as a whole', async () => {
  const { cert } = await makeCertificate('one');
  const broken = cert.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
  const error = bad(readAuthorities(`${cert}\n${broken}`));
  expect(error).toMatchObject({ code: 'tls-ca-unreadable', detail: 'certificate 2 of 2 is broken' });
  expect(bad(readAuthorities(`${cert}\n${cert.slice(0, 200)}`)).code).toBe('tls-ca-unreadable');
});

test.each([
  '',
  'DER \u0000\u0001',
  '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
  'x'.repeat(2 ** 21),
])('a file without a certificate in PEM form is refused (%#)', (text) => {
  const error = bad(readAuthorities(text));
  expect(error.code).toBe('tls-ca-unreadable');
  expect(error.detail).not.toContain('AAAA');
});
