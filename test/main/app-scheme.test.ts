import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileFor, isAppUrl, serveApp } from '../../src/main/app-scheme.ts';

let root: string;
let get: (url: string) => Promise<Response>;

beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'traydial-scheme-')), 'renderer');
  writeFileSync(`${root}-secret.html`, 'not for the window');
  serveApp(
    {
      handle: (_scheme, handler) => {
        get = async (url) => handler(new Request(url));
      },
    },
    root,
  );
});

afterEach(() => rmSync(join(root, '..'), { recursive: true, force: true }));

test('a page is served with a content policy that denies everything by default and allows no connection', async () => {
  const { mkdirSync } = await import('node:fs');
  mkdirSync(root);
  writeFileSync(join(root, 'index.html'), '<title>Traydial</title>');
  const page = await get('app://traydial/index.html');
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Traydial');
  const policy = page.headers.get('Content-Security-Policy') ?? '';
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
  expect(policy).not.toMatch(/unsafe|connect-src|\*|https?:/);
});

test.each([
  'app://traydial/../renderer-secret.html',
  'app://traydial/%2e%2e/renderer-secret.html',
  'app://traydial/..%2frenderer-secret.html',
  'app://traydial/..%5crenderer-secret.html',
  'app://traydial/index.html%00.js',
  'app://traydial/%zz.html',
  'app://elsewhere/index.html',
  'app://traydial/',
  'app://traydial/missing.html',
])('%s is not found', async (address) => {
  expect((await get(address)).status).toBe(404);
});

test("serves files only for the window's addresses", () => {
  expect(fileFor('app://traydial/assets/a.js', '/app/out/renderer')).toBe('/app/out/renderer/assets/a.js');
  expect(fileFor('file:///etc/passwd', '/app/out/renderer')).toBeNull();
});

test.each([
  ['app://traydial/index.html', true],
  ['app://traydial', true],
  ['app://traydial.evil.example/index.html', false],
  ['https://traydial/index.html', false],
  ['', false],
])('%s is a page of the window: %s', (address, own) => {
  expect(isAppUrl(address)).toBe(own);
});
