import type { IncomingMessage } from 'node:http';
import { request, type Agent, type RequestOptions } from 'node:https';
import { AnswerFailure } from './network-errors.ts';

export interface Outgoing extends Pick<RequestOptions, 'host' | 'port' | 'path' | 'method' | 'headers'> {
  agent: Agent;
  body: string | undefined;
  /** Ends the request and the reading of its answer; both then fail with the signal's reason. */
  signal: AbortSignal;
  /** The request has a connection and is being sent; `isReused` if the connection was used before. */
  onSent: (isReused: boolean) => void;
}

/**
 * Sends one request and resolves with the head of its answer, from which the body is then read. Errors of the
 * connection after that are errors of the body. Rejects with the error of Node or of the connection.
 */
export function send({ body, signal, onSent, ...options }: Outgoing): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // Node's own option `signal` is not used: it hides the reason, and waits for a connection that is being made.
  signal.throwIfAborted();
  let answer: IncomingMessage | null = null;
  const outgoing = request(options);
  const fail = (error: Error): void => {
    answer?.destroy(error);
    reject(error);
  };
  const onAbort = (): void => {
    const reason: unknown = signal.reason;
    const error = reason instanceof Error ? reason : new Error(String(reason));
    fail(error);
    outgoing.destroy(error);
  };
  signal.addEventListener('abort', onAbort);
  outgoing
    .on('error', fail)
    .once('socket', () => onSent(outgoing.reusedSocket))
    .on('close', () => signal.removeEventListener('abort', onAbort))
    .on('upgrade', (_answer, socket) => {
      socket.destroy();
      fail(new AnswerFailure('bad-answer', 'a protocol that was not requested'));
    })
    .on('response', (response) => {
      answer = response;
      resolve(response);
    })
    .end(body);
  return promise;
}
