import { expect, test } from 'vitest';
import { parseServerAddress } from '../../../src/core/pbx/server-address.ts';
import { bad, good } from './support/connect.ts';

test.each([
  ['pbx.example.com', 'https://pbx.example.com:8887', 'pbx.example.com'],
  ['  PBX.Example.com ', 'https://pbx.example.com:8887', 'pbx.example.com'],
  ['pbx.example.com:9443', 'https://pbx.example.com:9443', 'pbx.example.com:9443'],
  ['pbx.example.com:443', 'https://pbx.example.com:443', 'pbx.example.com:443'],
  ['https://pbx.example.com', 'https://pbx.example.com:8887', 'pbx.example.com'],
  ['HTTPS://pbx.example.com:8887/portal/#/login?x=1', 'https://pbx.example.com:8887', 'pbx.example.com'],
  ['192.168.0.18', 'https://192.168.0.18:8887', '192.168.0.18'],
  ['127.0.0.1:4711', 'https://127.0.0.1:4711', '127.0.0.1:4711'],
  ['2001:DB8::1', 'https://[2001:db8::1]:8887', '[2001:db8::1]'],
  ['[2001:db8::1]:9443', 'https://[2001:db8::1]:9443', '[2001:db8::1]:9443'],
  ['https://[::1]/', 'https://[::1]:8887', '[::1]'],
  ['pbx', 'https://pbx:8887', 'pbx'],
  ['bücher.example', 'https://xn--bcher-kva.example:8887', 'xn--bcher-kva.example'],
])('reads %s as %s', (typed, origin, text) => {
  expect(good(parseServerAddress(typed))).toMatchObject({ origin, text });
});

test('splits host and port, and removes the brackets of IPv6', () => {
  expect(good(parseServerAddress('[::1]:9443'))).toMatchObject({ host: '::1', port: 9443 });
});

test.each([
  [''],
  ['   '],
  ['http://pbx.example.com:8888'],
  ['ftp://pbx.example.com'],
  ['sip:pbx.example.com'],
  ['admin:secret@pbx.example.com'],
  ['https://admin:secret@pbx.example.com:8887/'],
  ['pbx.example.com:0'],
  ['pbx.example.com:65536'],
  ['pbx.example.com:'],
  ['pbx.example.com:88x'],
  ['pbx..example.com'],
  ['-pbx.example.com'],
  ['pbx example.com'],
  ['pbx.example.com\\evil'],
  ['pbx%2eexample.com'],
  ['pbx\tx.example.com'],
  ['1234'],
  ['0x7f.1'],
  ['999.1.1.1'],
  ['[::1'],
  ['[::g]'],
  ['https://'],
  ['x'.repeat(301)],
])('refuses %s as address-invalid', (typed) => {
  expect(bad(parseServerAddress(typed)).code).toBe('address-invalid');
});

test('does not repeat a password in the address in the error', () => {
  expect(JSON.stringify(bad(parseServerAddress('https://admin:hunter2@pbx.example.com')))).not.toContain('hunter2');
});
