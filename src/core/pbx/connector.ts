import { TLSSocket, type SecureContext } from 'node:tls';
import { buildConnector } from 'undici';
import { ConnectFailure, connectFailure, isUntrusted } from './network-errors.ts';
import { peekCertificate, sameFingerprint, summarise, trustedAuthorities, type Trust } from './tls-trust.ts';

export interface ConnectorOptions {
  trust: Trust;
  /** For name, TCP and TLS together, in ms. */
  timeoutMs: number;
  /** Told of every attempt to connect. */
  onConnect: () => void;
}

/**
 * Makes undici's connections. undici gets a socket only after its certificate was accepted,
 * so no byte of a request reaches a server that is not trusted. Fails with `ConnectFailure`.
 */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  return options.trust.fingerprint === null
    ? trustingComputer(options)
    : trustingOne(options, options.trust.fingerprint);
}

function trustingComputer({ trust, timeoutMs, onConnect }: ConnectorOptions): buildConnector.connector {
  let context: SecureContext | null = null;
  return (target, callback) => {
    onConnect();
    try {
      context ??= trustedAuthorities(trust.ca);
    } catch (error) {
      callback(
        new ConnectFailure('tls-failed', `the certificate authority given is unusable (${String(error)})`),
        null,
      );
      return;
    }
    const connect = buildConnector({
      secureContext: context,
      rejectUnauthorized: true,
      allowH2: false,
      timeout: timeoutMs,
      maxCachedSessions: 0,
    });
    connect(target, (...[error, socket]) => {
      if (error === null) callback(null, socket);
      else if (!isUntrusted(error)) callback(connectFailure(error), null);
      else void explainUntrusted(error, target, timeoutMs).then((failure) => callback(failure, null));
    });
  };
}

async function explainUntrusted(error: Error, target: buildConnector.Options, timeoutMs: number) {
  const certificate = await peekCertificate(target.hostname, Number(target.port || 443), timeoutMs);
  const code = 'code' in error ? String(error.code) : error.message;
  return new ConnectFailure('tls-untrusted', `certificate not trusted (${code})`, certificate ?? undefined);
}

function trustingOne(options: ConnectorOptions, fingerprint: string): buildConnector.connector {
  const connect = buildConnector({
    // Who issued the certificate and for which name does not matter: it must be the very one, checked below.
    rejectUnauthorized: false,
    allowH2: false,
    timeout: options.timeoutMs,
    maxCachedSessions: 0,
  });
  return (target, callback) => {
    options.onConnect();
    connect(target, (...[error, socket]) => {
      if (error !== null) {
        callback(connectFailure(error), null);
        return;
      }
      const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
      if (certificate && sameFingerprint(certificate.fingerprint256, fingerprint)) {
        callback(null, socket);
        return;
      }
      socket.destroy();
      callback(
        new ConnectFailure(
          'tls-changed',
          'another certificate than the trusted one',
          certificate && summarise(certificate),
        ),
        null,
      );
    });
  };
}
