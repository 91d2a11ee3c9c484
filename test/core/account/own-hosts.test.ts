import { expect, test } from 'vitest';
import { ownHosts } from '../../../src/core/account/own-hosts.ts';

test('returns host and domain, without the port and in lower case', () => {
  expect(ownHosts({ address: 'PBX.example.com:8887', domain: 'Example.COM' })).toEqual([
    'pbx.example.com',
    'example.com',
  ]);
  expect(ownHosts({ address: '192.0.2.1', domain: '' })).toEqual(['192.0.2.1']);
});

test('returns no host while signed out', () => {
  expect(ownHosts({ address: '', domain: '' })).toEqual([]);
});
