import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import { err, ok, type Result } from '../../shared/result.ts';
import { systemClock, type Clock } from '../clock.ts';
import { ConnectFailure, connectFailure, toAppError } from './network-errors.ts';
import { openPath, shakeHands, type PathTarget } from './open-path.ts';
import { Proxies, type Path, type ProxyFor } from './proxies.ts';
import { sameFingerprint, summarise, trustedAuthorities, type Trust } from './tls-trust.ts';

interface Target {
  /** Name or IP address, IPv6 without brackets. */
  host: string;
  port: number;
  trust: Trust;
  /** For the proxy's answer, name, TCP, tunnel and TLS together, in ms. */
  timeoutMs: number;
  /** The computer's own unless given. */
  clock?: Clock;
  signal?: AbortSignal | undefined;
}

export interface TrustedSocketOptions extends Target {
  /** Finds the proxy for a connection to another computer. Without it no proxy is used. */
  proxyFor?: ProxyFor | undefined;
  /** Whether a host is reached without a proxy. By default only this computer is. */
  goesDirect?: (host: string) => boolean;
}

/**
 * Connects to a server and returns the connection only if its certificate is trusted, so that no byte of a request is
 * sent before that. The socket is for HTTP/1.1 (ALPN), and nothing was sent over it yet.
 * Errors: those of the table "Address and connection" that come before an answer, the tls- and the proxy- ones.
 */
export async function openTrustedSocket(options: TrustedSocketOptions): Promise<Result<TLSSocket>> {
  const { host, port, proxyFor, goesDirect, clock = systemClock } = options;
  try {
    return ok(await connectTrusted({ ...options, proxies: new Proxies(proxyFor, clock, goesDirect) }));
  } catch (error) {
    return err(toAppError(connectFailure(error), `${host}:${port}`));
  }
}

/** The same for a caller that remembers proxies between connections. Fails with `ConnectFailure`. */
export async function connectTrusted(
  target: Target & {
    proxies: Proxies;
    /** An existing connection to the server, to be used instead of a new one. */
    carrier?: Socket | undefined;
  },
): Promise<TLSSocket> {
  const { host, trust, timeoutMs, clock = systemClock } = target;
  const stop = stopAfter(timeoutMs, clock, target.signal);
  try {
    const authorities = () => authoritiesFor(trust);
    const options = {
      ...(trust.fingerprint === null ? { secureContext: authorities() } : {}),
      // The certificate is checked below, so that an untrusted one can be shown to the user.
      rejectUnauthorized: false,
    };
    const deadline = performance.now() + timeoutMs;
    const socket = target.carrier ?? (await openAnyPath({ ...target, clock, authorities }, deadline, stop.signal));
    const secured = await shakeHands(socket, host, options, stop.signal);
    const distrust = whyNotTrusted(secured, trust);
    if (distrust === null) return secured;
    secured.destroy();
    throw distrust;
  } finally {
    stop.end();
  }
}

function authoritiesFor({ ca }: Trust): SecureContext {
  const found = trustedAuthorities(ca);
  if (found.ok) return found.value;
  throw new ConnectFailure(found.error.code, found.error.detail ?? '');
}

interface PathSearch {
  proxies: Proxies;
  timeoutMs: number;
  clock: Clock;
}

/** Tries the paths to a server one after the other; each gets its share of the time that is left. */
async function openAnyPath(target: PathTarget & PathSearch, deadline: number, stop: AbortSignal): Promise<Socket> {
  const paths = await pathsTo(target, stop);
  const failures: ConnectFailure[] = [];
  for (const [index, path] of paths.entries()) {
    const share = stopAfter((deadline - performance.now()) / (paths.length - index), target.clock, stop);
    try {
      return await openPath(path, target, share.signal);
    } catch (error) {
      const failure = connectFailure(error);
      // A proxy that answers decides for its network; no other path is tried.
      if (stop.aborted || /^proxy-(auth-needed|refused)$/.test(failure.errorCode)) throw failure;
      target.proxies.markUnreachable(path);
      failures.push(failure);
    } finally {
      share.end();
    }
  }
  throw mostSpecific(failures);
}

/**
 * Finding the proxy can take long if its PAC file is on a network that is gone. After a third of the time limit, no proxy
 * is used.
 */
async function pathsTo(
  { proxies, host, port, timeoutMs, clock }: Pick<Target, 'host' | 'port'> & PathSearch,
  stop: AbortSignal,
): Promise<Path[]> {
  const limit = stopAfter(timeoutMs / 3, clock, stop);
  const { promise, resolve } = Promise.withResolvers<Path[]>();
  limit.signal.addEventListener('abort', () => resolve([{ by: 'direct' }]), { once: true });
  try {
    return await Promise.race([proxies.pathsTo(host, port), promise]);
  } finally {
    limit.end();
  }
}

function mostSpecific(failures: readonly ConnectFailure[]): ConnectFailure {
  const last = failures.findLast(({ errorCode }) => errorCode !== 'proxy-unsupported') ?? failures.at(-1);
  const reasons = failures.map(({ message }) => message).join('; ');
  return new ConnectFailure(last?.errorCode ?? 'no-route', reasons);
}

function whyNotTrusted(socket: TLSSocket, { fingerprint }: Trust): ConnectFailure | null {
  const certificate = socket.getPeerX509Certificate();
  const summary = certificate && summarise(certificate);
  if (fingerprint === null) {
    if (socket.authorized) return null;
    return new ConnectFailure(
      'tls-untrusted',
      `certificate not trusted (${String(socket.authorizationError)})`,
      summary,
    );
  }
  // The issuer and the name do not matter: it must be exactly the trusted certificate.
  if (certificate && sameFingerprint(certificate.fingerprint256, fingerprint)) return null;
  return new ConnectFailure('tls-changed', 'another certificate than the trusted one', summary);
}

function stopAfter(ms: number, clock: Clock, outer: AbortSignal | undefined): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const onOuter = () => {
    const reason: unknown = outer?.reason;
    const why = reason instanceof ConnectFailure ? reason : new ConnectFailure('connection-lost', 'stopped here');
    controller.abort(why);
  };
  const onTime = () => controller.abort(new ConnectFailure('timed-out', 'no connection in time'));
  const cancelTimer = clock.after(Math.max(0, ms), onTime);
  outer?.addEventListener('abort', onOuter);
  if (outer?.aborted === true) onOuter();
  const end = () => {
    cancelTimer();
    outer?.removeEventListener('abort', onOuter);
  };
  return { signal: controller.signal, end };
}
