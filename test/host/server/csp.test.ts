import { expect, test } from 'vitest';
import { allowHostTransport } from './csp.ts';

test.each([
  ["default-src 'none'", "default-src 'none'; script-src 'self'; connect-src 'self'"],
  ["default-src 'none'; script-src 'self'", "default-src 'none'; script-src 'self'; connect-src 'self'"],
  ["default-src 'none'; connect-src 'none'", "default-src 'none'; script-src 'self'; connect-src 'self'"],
  [
    "default-src 'none'; connect-src https://pbx.example",
    "default-src 'none'; script-src 'self'; connect-src https://pbx.example 'self'",
  ],
])("%s gets the host's script and a connection to the host", (policy, expected) => {
  expect(allowHostTransport(policy)).toBe(expected);
});

test.each(["default-src 'self'", "default-src 'none'; script-src 'self'; connect-src 'self'", "img-src 'none'"])(
  '%s already allows both',
  (policy) => {
    expect(allowHostTransport(policy)).toBe(policy);
  },
);
