import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { desktop } from '../desktop.ts';
import { act } from './acts.ts';
import { windowFor } from './app-pages.ts';
import { bundled, pageScript } from './page-script.ts';
import { readState, shownTray } from './state.ts';

const PAGE = join(import.meta.dirname, '../page');
const DESKTOP_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";
const MAX_BODY = 1024 * 1024;

type Answer = { status?: number; type: string; body: string | Buffer; policy?: string };
type Route = (url: URL, request: IncomingMessage) => Promise<Answer> | Answer;

const routes: Record<string, Route> = {
  'GET /__host/state': () => json(200, readState()),
  'POST /__host/act': async (_url, request) => {
    const body = await readJson(request);
    const result = await act(body);
    return result.ok ? json(200, result) : json(result.status, { ok: false, error: result.message });
  },
  'GET /__host/page.js': async (url) => {
    const window = windowFor(Number(url.searchParams.get('window')));
    if (window === undefined) return text(404, 'There is no such window.');
    const config = {
      windowId: window.id,
      appUrl: window.webContents.getURL(),
      appName: desktop.name,
      platform: process.platform,
      versions: { node: process.versions.node, electron: process.versions['electron'] },
    };
    return { type: 'text/javascript', body: await pageScript(config, window.hostPreferences().preload) };
  },
  'GET /__host/desktop': async () => ({
    type: 'text/html',
    body: await readFile(join(PAGE, 'desktop.html'), 'utf8'),
    policy: DESKTOP_POLICY,
  }),
  'GET /__host/desktop.css': async () => ({
    type: 'text/css',
    body: await readFile(join(PAGE, 'desktop.css'), 'utf8'),
  }),
  'GET /__host/desktop.js': async () => ({ type: 'text/javascript', body: await bundled('desktop.ts') }),
  'GET /__host/tray-icon': () => {
    const picture = shownTray()?.hostPicture();
    return picture === undefined ? text(404, 'There is no tray icon.') : { type: 'image/png', body: picture };
  },
};

/** Everything below /__host/. */
export async function serveControl(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const route = routes[`${request.method ?? 'GET'} ${url.pathname}`];
  const answer =
    route === undefined ? text(404, `The host has: ${Object.keys(routes).join(', ')}.`) : await route(url, request);
  const charset = typeof answer.body === 'string' ? '; charset=utf-8' : '';
  response.writeHead(answer.status ?? 200, {
    'content-type': answer.type + charset,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(answer.policy === undefined ? {} : { 'content-security-policy': answer.policy }),
  });
  response.end(answer.body);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > MAX_BODY) return null;
  }
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}

function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json', body: JSON.stringify(value, null, 2) };
}

function text(status: number, sentence: string): Answer {
  return { status, type: 'text/plain', body: `${sentence}\n` };
}
