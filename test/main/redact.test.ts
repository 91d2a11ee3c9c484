import { expect, test } from 'vitest';
import { redact } from '../../src/main/redact.ts';

test.each([
  ['authorization: Bearer abc.def-ghi', 'abc.def-ghi'],
  ['{"access_token":"eyJhbGciOi","expires_in":1800}', 'eyJhbGciOi'],
  ['{"password": "hunter2 with spaces"}', 'hunter2'],
  ['grant_type=password&username=alex&password=hunter2&domain=x', 'hunter2'],
  ['refresh_token=abcdef', 'abcdef'],
  ['{"password":"a b, c\\"d"}', 'c'],
  ['password=x,y&domain=z', 'y'],
  ['Authorization: Basic YWxleDp4', 'YWxleDp4'],
  ['client_secret=s3cr3t', 's3cr3t'],
  ['Set-Cookie: sid=abc123; Path=/', 'abc123'],
  ['GET https://pbx:8887/api/x?caller=+12015550123 failed', '12015550123'],
  ['dialling +1 (201) 555-0123 now', '555-0123'],
])('%s loses %s', (text, secret) => {
  expect(redact(text)).not.toContain(secret);
});

test('what helps to find a fault stays', () => {
  const text = 'GET https://pbx.example.com:8887/api/sessions: 503 after 12 ms';
  expect(redact(text)).toBe(text);
});
