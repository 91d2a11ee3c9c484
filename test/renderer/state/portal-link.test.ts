import { expect, test } from 'vitest';
import { readPortalLink } from '../../../src/renderer/state/portal-link.ts';

test.each([
  ['https://pbx.example.com:8887/', 'pbx.example.com', false],
  ['https://pbx.example.com:8887/portal/#/login?x=1', 'pbx.example.com', false],
  ['pbx.example.com:8887/portal', 'pbx.example.com', false],
  ['https://pbx.example.com:9443/', 'pbx.example.com:9443', false],
  ['https://pbx.example.com:443/', 'pbx.example.com:443', false],
  ['https://[2001:db8::1]:9443/', '[2001:db8::1]:9443', false],
  ['  HTTPS://pbx.example.com/login ', 'pbx.example.com', true],
  ['http://pbx.example.com', 'pbx.example.com', true],
  ['http://pbx.example.com:8888/', 'pbx.example.com', true],
  ['http://10.0.0.5:80/', '10.0.0.5', true],
])('the address of the link %j is %s', (text, address, portDropped) => {
  expect(readPortalLink(text)).toEqual({ address, portDropped });
});

test.each([
  '',
  'pbx.example.com',
  'pbx.example.com:8887',
  '2001:db8::1',
  'not an address!',
  'https://',
  'https://user@pbx/',
])('rejects the link %j', (text) => {
  expect(readPortalLink(text)).toBeNull();
});
