import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Who may use the host. Every user of this computer can read an address in the arguments of xdg-open and of the browser.
 * So an address contains only a ticket, with which one browser can get the cookie once. Programs send the token instead,
 * which is never part of an address.
 */
export class HostAccess {
  port: number;
  readonly token: string;
  /** Called when a ticket was used, so that a new address can be printed for the next browser. */
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

/** `by: 'ticket'`: the browser opened an address with a valid ticket and must now get the cookie. */
export type AccessDecision =
  { ok: true; by: 'bearer' | 'cookie' | 'ticket' } | { ok: false; status: 401 | 403; reason: string };

/** The URL that was requested; null if it is invalid. Never throws. */
export function addressOf(request: IncomingMessage): URL | null {
  const path = request.url ?? '/';
  return path.startsWith('/') && !path.startsWith('//') ? URL.parse(path, 'http://host') : null;
}

/**
 * Decides whether the host accepts a request. Any web page can send requests to loopback, so token and cookie are not
 * enough. The header Host must be the host's own address, because a foreign name may resolve to 127.0.0.1. With the cookie
 * the request must also come from the host's own page, because browsers send the cookie to every port of this computer.
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
  if (!access.isCookie(cookie)) return refuse(403, 'Wrong cookie.');
  const site = headers['sec-fetch-site'];
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (foreignSite || !isOwnOrigin(headers.origin, access)) return refuse(403, 'Another page may not do this.');
  return { ok: true, by: 'cookie' };
}

/** Decides whether the host accepts a WebSocket. Browsers always send Origin with one, so a request without it is refused. */
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
