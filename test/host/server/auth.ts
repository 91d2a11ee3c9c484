import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Each ticket admits one browser, once: every user of this computer can read an address in the arguments of xdg-open
 * and of the browser. The token is for programs and never part of an address.
 */
export class HostAccess {
  port: number;
  readonly token: string;
  /** A ticket was used; the next one is for another browser. */
  onUsed: () => void = () => {};
  readonly #cookie = randomBytes(24).toString('hex');
  readonly #tickets = new Set<string>();

  constructor(port: number, token: string) {
    this.port = port;
    this.token = token;
  }

  /** An address that opens the app's page in one browser. */
  newAddress(): string {
    const ticket = randomBytes(24).toString('hex');
    this.#tickets.add(ticket);
    return `http://127.0.0.1:${this.port}/?ticket=${ticket}`;
  }

  use(ticket: string): boolean {
    const known = [...this.#tickets].find((other) => same(ticket, other));
    if (known === undefined) return false;
    this.#tickets.delete(known);
    this.onUsed();
    return true;
  }

  isCookie(value: string): boolean {
    return same(value, this.#cookie);
  }

  /** A cookie is sent to every port, so the port is part of its name: two hosts can run side by side. */
  get cookieName(): string {
    return `host_token_${this.port}`;
  }

  get cookieHeader(): string {
    return `${this.cookieName}=${this.#cookie}; Path=/; HttpOnly; SameSite=Strict`;
  }
}

/** `ticket`: an address with a ticket was opened, so the browser gets the cookie. */
export type AccessDecision =
  { ok: true; by: 'bearer' | 'cookie' | 'ticket' } | { ok: false; status: 401 | 403; reason: string };

/** The address asked for; null where it is none. Never throws. */
export function addressOf(request: IncomingMessage): URL | null {
  const path = request.url ?? '/';
  return path.startsWith('/') && !path.startsWith('//') ? URL.parse(path, 'http://host') : null;
}

/**
 * Decides which requests the host accepts. Any web page can send requests to loopback, so besides token and cookie
 * these are checked: Host (a name that was rebound to 127.0.0.1), and for the cookie, which other ports of this
 * computer share, where the request comes from.
 */
export function admit(request: IncomingMessage, access: HostAccess): AccessDecision {
  const { headers } = request;
  if (!ownHosts(access).includes(headers.host ?? '')) return refuse(403, 'This address is not the host’s own.');

  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined)
    return same(bearer, access.token) ? { ok: true, by: 'bearer' } : refuse(403, 'Wrong token.');

  const url = addressOf(request);
  const ticket = url?.pathname === '/' && request.method === 'GET' ? url.searchParams.get('ticket') : null;
  if (ticket !== null && access.use(ticket)) return { ok: true, by: 'ticket' };

  const cookie = cookies(headers.cookie).get(access.cookieName);
  if (ticket !== null && cookie === undefined) {
    return refuse(403, 'This address was opened before. The terminal shows a new one.');
  }
  if (cookie === undefined) return refuse(401, 'Open the address that was printed at the start.');
  if (!access.isCookie(cookie)) return refuse(403, 'Wrong token.');
  const site = headers['sec-fetch-site'];
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (foreignSite || !isOwnOrigin(headers.origin, access)) return refuse(403, 'Another page may not do this.');
  return { ok: true, by: 'cookie' };
}

/** A browser always names the page that opens a WebSocket. */
export function admitSocket(request: IncomingMessage, access: HostAccess): AccessDecision {
  if (request.headers.origin === undefined) return refuse(403, 'Another page may not do this.');
  return admit(request, access);
}

function cookies(header = ''): Map<string, string> {
  return new Map(
    header
      .split('; ')
      .map((pair): [string, string] => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)]),
  );
}

function isOwnOrigin(origin: string | undefined, access: HostAccess): boolean {
  return origin === undefined || ownHosts(access).some((host) => origin === `http://${host}`);
}

function ownHosts({ port }: HostAccess): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

function refuse(status: 401 | 403, reason: string): AccessDecision {
  return { ok: false, status, reason };
}

function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
