import type { IncomingMessage } from 'node:http';
import { request, type Agent, type RequestOptions } from 'node:https';
import { AnswerFailure } from './network-errors.ts';

export interface Outgoing extends Pick<RequestOptions, 'host' | 'port' | 'path' | 'method' | 'headers'> {
  agent: Agent;
  body: string | undefined;
  /** Ends the request, and the answer that is being read; both then fail with its reason. */
  signal: AbortSignal;
  /** It has a connection now, and is being sent. */
  onSent: () => void;
}

/**
 * Sends one request and waits for the head of its answer, whose body is then read from what is returned. Whatever goes
 * wrong with the connection after that is an error of the body. Rejects with what Node or the connection says.
 */
export function send({ body, signal, onSent, ...options }: Outgoing): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // Not Node's own option `signal`: it hides the reason, and waits for a connection that is still being made.
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
    .once('socket', onSent)
    .on('close', () => signal.removeEventListener('abort', onAbort))
    .on('upgrade', (_answer, socket) => {
      socket.destroy();
      fail(new AnswerFailure('bad-answer', 'another protocol than was asked for'));
    })
    .on('response', (response) => {
      answer = response;
      resolve(response);
    })
    .end(body);
  return promise;
}
