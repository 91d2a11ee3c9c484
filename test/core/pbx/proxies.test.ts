import { expect, test } from 'vitest';
import { isLoopback, Proxies, readProxyList, type Path } from '../../../src/core/pbx/proxies.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const direct: Path = { by: 'direct' };

test.each<[text: string, paths: Path[]]>([
  ['DIRECT', [direct]],
  ['', [direct]],
  [' ; ;', [direct]],
  ['PROXY proxy.example:3128', [{ by: 'http', host: 'proxy.example', port: 3128 }]],
  ['http proxy.example', [{ by: 'http', host: 'proxy.example', port: 80 }]],
  ['HTTPS proxy.example', [{ by: 'https', host: 'proxy.example', port: 443 }]],
  ['PROXY [2001:db8::1]:8080', [{ by: 'http', host: '2001:db8::1', port: 8080 }]],
  ['PROXY a:1;HTTPS  b:2 ; DIRECT', [{ by: 'http', host: 'a', port: 1 }, { by: 'https', host: 'b', port: 2 }, direct]],
  ['SOCKS5 s:1080; DIRECT', [{ by: 'unsupported', text: 'SOCKS5 s:1080' }, direct]],
  ['QUIC q:443', [{ by: 'unsupported', text: 'QUIC q:443' }]],
  ['PROXY', [{ by: 'unsupported', text: 'PROXY' }]],
  ['PROXY a:0', [{ by: 'unsupported', text: 'PROXY a:0' }]],
  ['PROXY a:99999', [{ by: 'unsupported', text: 'PROXY a:99999' }]],
  ['PROXY user:secret@a:1', [{ by: 'unsupported', text: 'PROXY a:1' }]],
])('reads the proxy list "%s"', (text, paths) => {
  expect(readProxyList(text)).toEqual(paths);
});

test('reads only the first ten entries of a very long proxy list', () => {
  expect(readProxyList('PROXY a:1;'.repeat(100_000))).toHaveLength(10);
});

test.each(['localhost', 'LOCALHOST.', 'pbx.localhost', '127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])(
  'treats %s as this computer',
  (host) => expect(isLoopback(host)).toBe(true),
);

test.each(['pbx.example', '128.0.0.1', '127.example', 'localhost.example', '::2', '10.0.0.1'])(
  'does not treat %s as this computer',
  (host) => expect(isLoopback(host)).toBe(false),
);

test('asks the system for the proxy of a host, again after ten seconds, and never for this computer', async () => {
  const clock = new ManualClock();
  const asked: string[] = [];
  const proxies = new Proxies((url) => Promise.resolve(asked.push(url) === 1 ? 'PROXY a:1' : 'PROXY b:2'), clock);
  const host = async () => (await proxies.pathsTo('pbx.example', 8887)).map((path) => 'host' in path && path.host);
  expect(await proxies.pathsTo('localhost', 8887)).toEqual([direct]);
  expect(await host()).toEqual(['a']);
  await clock.advance(9_999);
  expect(await host()).toEqual(['a']);
  await clock.advance(1);
  expect(await host()).toEqual(['b']);
  expect(asked).toEqual(['https://pbx.example:8887/', 'https://pbx.example:8887/']);
  clock.jump(-3_600_000);
  await clock.advance(10_000);
  await host();
  expect(asked).toHaveLength(3);
});

test('asks for the proxy of an IPv6 address with brackets in the URL', async () => {
  const asked: string[] = [];
  const proxies = new Proxies((url) => Promise.resolve(String(asked.push(url))), new ManualClock());
  await proxies.pathsTo('2001:db8::1', 8887);
  expect(asked).toEqual(['https://[2001:db8::1]:8887/']);
});

test('returns a proxy that was marked unreachable last, for five minutes', async () => {
  const clock = new ManualClock();
  const proxies = new Proxies(() => Promise.resolve('PROXY a:1; PROXY b:2; DIRECT'), clock);
  const [a, b] = await proxies.pathsTo('pbx.example', 8887);
  if (a) proxies.markUnreachable(a);
  expect(await proxies.pathsTo('pbx.example', 8887)).toEqual([b, direct, a]);
  await clock.advance(5 * 60_000);
  expect(await proxies.pathsTo('pbx.example', 8887)).toEqual([a, b, direct]);
});

test.each([
  ['rejects the question for a proxy', () => Promise.reject(new Error('PAC'))],
  [
    'throws when asked for a proxy',
    () => {
      throw new Error('PAC');
    },
  ],
])('connects directly if the system %s', async (_what, proxyFor) => {
  expect(await new Proxies(proxyFor, new ManualClock()).pathsTo('pbx.example', 8887)).toEqual([direct]);
});
