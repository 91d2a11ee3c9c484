import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { HostBrowserWindow } from '../electron/browser-window.ts';
import { allowHostTransport } from './csp.ts';

/** The window for a page: the requested one, otherwise the oldest with an address. */
export function windowFor(id: number | null): HostBrowserWindow | undefined {
  const loaded = HostBrowserWindow.getAllWindows().filter((window) => window.webContents.getURL() !== '');
  return id === null ? loaded[0] : loaded.find((window) => window.id === id);
}

/** Serves the app's scheme with the handler that the program registered. */
export async function serveApp(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const atRoot = url.pathname === '/';
  const window = windowFor(atRoot && url.searchParams.has('window') ? Number(url.searchParams.get('window')) : null);
  if (window === undefined) {
    waitForWindow(response);
    return;
  }

  // Browsers request it automatically; Electron's windows do not.
  if (url.pathname === '/favicon.ico') {
    response.writeHead(204).end();
    return;
  }

  const shown = window.webContents.getURL();
  const target = atRoot ? shown : new URL(url.pathname + url.search, shown).href;
  const answer = await window.webContents.session.protocol.hostAnswer(new Request(target)).catch(() => null);
  if (answer === null) {
    response
      .writeHead(502, { 'content-type': 'text/plain; charset=utf-8' })
      .end(`The app did not answer for ${target}\n`);
    return;
  }

  const headers = new Headers(answer.headers);
  const policy = headers.get('content-security-policy');
  if (policy !== null) headers.set('content-security-policy', allowHostTransport(policy));
  for (const [name, value] of headers) if (name !== 'content-length') response.setHeader(name, value);
  response.statusCode = answer.status;
  if (request.method === 'HEAD' || answer.body === null) response.end();
  else if (headers.get('content-type')?.startsWith('text/html')) {
    response.end(injectScript(await answer.text(), `/__host/page.js?window=${window.id}`));
  } else Readable.fromWeb(answer.body).pipe(response);
}

/** Puts the host's script before all others of the page. */
export function injectScript(html: string, source: string): string {
  const place = /<script\b|<\/head>|<body\b/i.exec(html)?.index ?? 0;
  return `${html.slice(0, place)}<script src="${source}"></script>${html.slice(place)}`;
}

function waitForWindow(response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'text/html; charset=utf-8', refresh: '1' });
  response.end(
    '<!doctype html><title>No window</title><p>The app has no window open at the moment. ' +
      '<a href="/__host/desktop">Its tray icon is on the desktop page.</a>\n',
  );
}
