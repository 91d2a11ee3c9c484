import { expect, test } from 'vitest';
import { allowHostTransport } from './csp.ts';

test.each([
  ["default-src 'none'; script-src 'self'", "default-src 'none'; script-src 'self'; connect-src 'self'"],
  ["default-src 'none'; connect-src 'none'", "default-src 'none'; connect-src 'self'"],
  ["default-src 'none'; connect-src https://pbx.example", "default-src 'none'; connect-src https://pbx.example 'self'"],
])('%s gets a line to the host', (policy, expected) => {
  expect(allowHostTransport(policy)).toBe(expected);
});

test.each(["default-src 'self'", "default-src 'none'; connect-src 'self'", "img-src 'none'"])(
  '%s allows it already',
  (policy) => {
    expect(allowHostTransport(policy)).toBe(policy);
  },
);
