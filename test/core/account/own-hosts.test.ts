import { expect, test } from 'vitest';
import { ownHosts } from '../../../src/core/account/own-hosts.ts';

test('host and domain, without port and in lower case', () => {
  expect(ownHosts({ address: 'PBX.example.com:8887', domain: 'Example.COM' })).toEqual([
    'pbx.example.com',
    'example.com',
  ]);
  expect(ownHosts({ address: '192.0.2.1', domain: '' })).toEqual(['192.0.2.1']);
});

test('nobody is signed in: no host is the own one', () => {
  expect(ownHosts({ address: '', domain: '' })).toEqual([]);
});
