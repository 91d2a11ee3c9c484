import { isIPv4 } from 'node:net';
import type { Clock } from '../clock.ts';

/**
 * Finds the proxy for a URL. The answer has the format of a PAC file, like that of Electron's `session.resolveProxy`:
 * "DIRECT", "PROXY host:port", "HTTPS host:port", "SOCKS5 host:port", or several of them separated by ";".
 */
export type ProxyFor = (url: string) => Promise<string>;

/** One path to a server. */
export type Path =
  | { by: 'direct' }
  /** `by` says how the proxy itself is spoken to; both tunnel with CONNECT. */
  | { by: 'http' | 'https'; host: string; port: number }
  /** A kind of proxy that is not supported (SOCKS, QUIC), or an entry that cannot be read. */
  | { by: 'unsupported'; text: string };

const DIRECT: Path = { by: 'direct' };
const MAX_PATHS = 10;
/** How long an answer of `ProxyFor` is used. */
const KEEP_ANSWER_MS = 10_000;
/** How long a proxy that could not be reached is tried last, as in browsers. */
const AVOID_MS = 5 * 60_000;

/** Reads an answer of `ProxyFor`, in its order of preference. An empty one means a direct connection. */
export function readProxyList(text: string): Path[] {
  const entries = text.split(';', MAX_PATHS).map((entry) => entry.trim().replaceAll(/\s+/g, ' '));
  const paths = entries.filter((entry) => entry !== '').map(readEntry);
  return paths.length === 0 ? [DIRECT] : paths;
}

function readEntry(entry: string): Path {
  const [kind = '', address = ''] = entry.split(' ');
  const by = { DIRECT: 'direct', PROXY: 'http', HTTP: 'http', HTTPS: 'https' }[kind.toUpperCase()];
  if (by === 'direct') return DIRECT;
  // A name and password before an "@" do not match: none is ever sent to a proxy.
  const match = /^(\[[\da-f:.]+\]|[^\s:@/[\]]+)(?::(\d{1,5}))?$/i.exec(address);
  const port = Number(match?.[2] ?? (by === 'https' ? 443 : 80));
  if ((by !== 'http' && by !== 'https') || match?.[1] === undefined || port < 1 || port > 65_535) {
    return { by: 'unsupported', text: entry.replace(/\S*@/, '').slice(0, 100) };
  }
  return { by, host: match[1].replaceAll(/[[\]]/g, ''), port };
}

/** Whether the name leads to this computer itself. No proxy is asked for that. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true;
  return isIPv4(name.replace('::ffff:', '')) && name.replace('::ffff:', '').startsWith('127.');
}

async function ask(proxyFor: ProxyFor, url: string): Promise<Path[]> {
  try {
    return readProxyList(await proxyFor(url));
  } catch {
    // If the system reports no proxy, browsers connect directly, too.
    return [DIRECT];
  }
}

/** Finds the paths to one server. It remembers the answer for some seconds, and proxies that could not be reached. */
export class Proxies {
  readonly #proxyFor: ProxyFor | undefined;
  readonly #goesDirect: (host: string) => boolean;
  readonly #clock: Pick<Clock, 'elapsed'>;
  #known: { url: string; at: number; paths: Path[] } | null = null;
  #unreachable = new Map<string, number>();

  constructor(
    proxyFor: ProxyFor | undefined,
    clock: Pick<Clock, 'elapsed'>,
    goesDirect: (host: string) => boolean = isLoopback,
  ) {
    this.#proxyFor = proxyFor;
    this.#clock = clock;
    this.#goesDirect = goesDirect;
  }

  /**
   * The paths in the order to try: as the system reports them, but those that could not be reached recently come last.
   */
  async pathsTo(host: string, port: number): Promise<Path[]> {
    if (this.#proxyFor === undefined || this.#goesDirect(host)) return [DIRECT];
    const url = `https://${host.includes(':') ? `[${host}]` : host}:${port}/`;
    let known = this.#known;
    if (known?.url !== url || !this.#isRecent(known.at, KEEP_ANSWER_MS)) {
      known = { url, at: this.#clock.elapsed(), paths: await ask(this.#proxyFor, url) };
      this.#known = known;
    }
    const { paths } = known;
    const avoided = (path: Path) => this.#isRecent(this.#unreachable.get(JSON.stringify(path)) ?? -Infinity, AVOID_MS);
    return [...paths.filter((path) => !avoided(path)), ...paths.filter(avoided)];
  }

  /** Reports that a path could not be used just now. */
  markUnreachable(path: Path): void {
    if (path.by !== 'direct') this.#unreachable.set(JSON.stringify(path), this.#clock.elapsed());
  }

  #isRecent(at: number, ms: number): boolean {
    return this.#clock.elapsed() - at < ms;
  }
}
