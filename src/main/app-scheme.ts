import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Protocol } from 'electron';

/** The window's own origin: no file:// rights, no web content. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://traydial';
export const APP_URL = `${APP_ORIGIN}/index.html`;

/** The window may load its own files only and connect to nothing: main talks to the PBX. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Makes app:// a standard, secure scheme. Call it before the app is ready. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false } },
  ]);
}

/** Serves the built window from `root` and nothing outside of it. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, root: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const file = fileFor(request.url, root);
    const type = file === null ? undefined : TYPES[extname(file)];
    if (file === null || type === undefined) return new Response('Not found', { status: 404 });
    try {
      return new Response(await readFile(file), {
        headers: {
          'Content-Type': type,
          'Content-Security-Policy': CONTENT_SECURITY_POLICY,
          'X-Content-Type-Options': 'nosniff',
          'Referrer-Policy': 'no-referrer',
        },
      });
    } catch {
      return new Response('Not found', { status: 404 });
    }
  });
}

/** Returns the file for an app:// address; null if the address is not one of the window's files. */
export function fileFor(address: string, root: string): string | null {
  const url = URL.parse(address);
  if (url === null || !address.startsWith(`${APP_ORIGIN}/`)) return null;
  let path: string;
  try {
    path = normalize(join(root, decodeURIComponent(url.pathname)));
  } catch {
    return null;
  }
  return path.startsWith(root + sep) && !path.includes('\0') ? path : null;
}

/** Whether an address belongs to the window. */
export function isAppUrl(address: string): boolean {
  return address === APP_ORIGIN || address.startsWith(`${APP_ORIGIN}/`);
}
