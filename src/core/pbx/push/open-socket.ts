import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { appError, type AppError } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import { generalCode } from '../answer-errors.ts';
import { readHeaders } from '../answer-headers.ts';
import { answerFailure, toAppError } from '../network-errors.ts';
import { openTrustedSocket, type TrustedSocketOptions } from '../trusted-socket.ts';
import { MAX_FRAME_BYTES } from './decode-push.ts';
import { urlOf, type Endpoint } from './endpoint.ts';

/** The result of an attempt to open a WebSocket. */
export type Opening =
  /** Paused, so that no frame is lost before a listener is attached. */
  | { got: 'socket'; socket: WebSocket }
  /** A server answers, but not as a WebSocket. */
  | { got: 'no-websocket'; error: AppError }
  | { got: 'failure'; error: AppError };

export interface SocketOptions extends Pick<TrustedSocketOptions, 'trust' | 'proxyFor' | 'goesDirect'> {
  clock: Clock;
}

/** Limit for making a trusted connection, in ms. */
const CONNECT_MS = 10_000;
/** Limit for the answer to the upgrade request, in ms. */
const UPGRADE_MS = 10_000;

/**
 * Opens a WebSocket. Like REST requests, it checks the certificate before it sends the first byte of HTTP, and does not
 * follow redirects. Compression is off, because a small frame could unpack to a huge one. Never rejects. An abort ends
 * the attempt at once.
 */
export async function openSocket(endpoint: Endpoint, options: SocketOptions, signal: AbortSignal): Promise<Opening> {
  const { clock, ...connection } = options;
  const { host, port } = endpoint;
  const trusted = await openTrustedSocket({ ...connection, clock, host, port, timeoutMs: CONNECT_MS, signal });
  return trusted.ok ? upgrade(endpoint, trusted.value, clock, signal) : { got: 'failure', error: trusted.error };
}

function upgrade(endpoint: Endpoint, tls: TLSSocket, clock: Clock, signal: AbortSignal): Promise<Opening> {
  const url = urlOf(endpoint);
  return new Promise((resolve) => {
    const socket = new WebSocket(url, {
      createConnection: () => tls,
      perMessageDeflate: false,
      followRedirects: false,
      maxPayload: MAX_FRAME_BYTES,
      headers: { 'user-agent': 'Traydial' },
    });
    const settle = (opening: Opening) => {
      cancel();
      signal.removeEventListener('abort', stop);
      if (opening.got !== 'socket') {
        socket.terminate();
        tls.destroy();
      }
      resolve(opening);
    };
    const fail = (error: AppError) => settle({ got: 'failure', error });
    const stop = () => fail(appError('connection-lost', { detail: `${url}: stopped here` }));
    const cancel = clock.after(UPGRADE_MS, () =>
      fail(appError('timed-out', { detail: `${url}: no answer to the upgrade in time` })),
    );
    signal.addEventListener('abort', stop);
    // Kept for the life of the socket, because an unhandled error event would end the program.
    socket.on('error', (error) => settle(failedUpgrade(error, url)));
    socket.once('unexpected-response', (_request, response) => settle(otherAnswer(response, url, clock.now())));
    socket.once('open', () => {
      socket.pause();
      settle({ got: 'socket', socket });
    });
    if (signal.aborted) stop();
  });
}

function failedUpgrade(error: Error, url: string): Opening {
  // The errors of ws for an invalid answer to the upgrade have no code.
  const hasNoCode = !('code' in error);
  if (hasNoCode || answerFailure(error).errorCode === 'bad-answer') {
    return noWebSocket(url, hasNoCode ? error.message : 'the answer is not HTTP');
  }
  return { got: 'failure', error: toAppError(error, url) };
}

/** Statuses of temporary failures of a server or its gateway. Every other answer means that there is no WebSocket. */
const isTemporary = (status: number): boolean =>
  [408, 425, 429].includes(status) || (status >= 500 && status !== 501 && status !== 505);

function otherAnswer({ statusCode = 0, headers }: IncomingMessage, url: string, now: number): Opening {
  if (!isTemporary(statusCode)) return noWebSocket(url, `answered ${statusCode}`);
  const { retryAfterMs } = readHeaders(headers, now);
  const error = appError(generalCode(statusCode), {
    detail: `${url}: answered ${statusCode}`,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
  return { got: 'failure', error };
}

const noWebSocket = (url: string, why: string): Opening => ({
  got: 'no-websocket',
  error: appError('push-missing', { detail: `${url}: ${why}` }),
});
