import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Door {
  port: number;
  token: string;
}

/** `link`: the printed address with its token was opened, so the browser gets the cookie. */
export type Admission =
  { ok: true; by: 'bearer' | 'cookie' | 'link' } | { ok: false; status: 401 | 403; reason: string };

/**
 * Who may talk to the host. Any web page can send requests to loopback, so besides the token these are checked:
 * Host (a name that was rebound to 127.0.0.1), and for the cookie, which other ports of this computer share, where the
 * request comes from.
 */
export function admit(request: IncomingMessage, door: Door): Admission {
  const { headers } = request;
  if (!ownHosts(door).includes(headers.host ?? '')) return refuse(403, 'This address is not the host’s own.');

  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return same(bearer, door.token) ? { ok: true, by: 'bearer' } : refuse(403, 'Wrong token.');

  const url = new URL(request.url ?? '/', 'http://host');
  const linked = url.pathname === '/' ? url.searchParams.get('token') : null;
  if (linked !== null) return same(linked, door.token) ? { ok: true, by: 'link' } : refuse(403, 'Wrong token.');

  const cookie = cookies(headers.cookie).get(cookieName(door));
  if (cookie === undefined) return refuse(401, 'A token is needed: open the address that was printed at the start.');
  if (!same(cookie, door.token)) return refuse(403, 'Wrong token.');
  const site = headers['sec-fetch-site'];
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (foreignSite || !isOwnOrigin(headers.origin, door)) return refuse(403, 'Another page may not do this.');
  return { ok: true, by: 'cookie' };
}

/** A browser always names the page that opens a WebSocket. */
export function admitSocket(request: IncomingMessage, door: Door): Admission {
  if (request.headers.origin === undefined) return refuse(403, 'Another page may not do this.');
  return admit(request, door);
}

/** Cookies do not tell ports apart, so the port is part of the name: two hosts can run side by side. */
export function cookieHeader(door: Door): string {
  return `${cookieName(door)}=${door.token}; Path=/; HttpOnly; SameSite=Strict`;
}

function cookieName({ port }: Door): string {
  return `host_token_${port}`;
}

function cookies(header = ''): Map<string, string> {
  return new Map(
    header
      .split('; ')
      .map((pair): [string, string] => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)]),
  );
}

function isOwnOrigin(origin: string | undefined, door: Door): boolean {
  return origin === undefined || ownHosts(door).some((host) => origin === `http://${host}`);
}

function ownHosts({ port }: Door): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

function refuse(status: 401 | 403, reason: string): Admission {
  return { ok: false, status, reason };
}

function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
