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

test.each([
  'GET https://pbx.example.com:8887/api/sessions: 503 after 12 ms',
  'Traydial 0.1.0 started on linux, Node 24.21.0',
  'Electron 45.4.1, Chromium 150.0.7871.101, V8 15.0.245.12-electron.0, node/24.21.0',
  '{"electron":"45.4.1","node": "24.21.0"}',
  '    at run (/opt/Traydial/resources/app.asar/out/main/program.js:49118:12345)',
  'on linux 6.12.43 x64',
])('keeps text that helps to find a fault: %s', (text) => {
  expect(redact(text)).toBe(text);
});

test.each([
  ['call 201.555.0123', '555'],
  ['node called +1 201.555.0123', '555'],
  ['fax:030.123456', '030'],
  ['a.js says 2015550123', '2015550'],
  ['version 2015550123', '2015550'],
])('masks a number next to such text: %s', (text, part) => {
  expect(redact(text)).not.toContain(part);
});
