import { isBug, reportBug } from '../report-bug.ts';
import { appError, type AppError, type CertificateSummary, type ErrorCode } from '../../shared/errors.ts';

/** The connection could not be made, so no byte of a request has been sent. */
export class ConnectFailure extends Error {
  readonly errorCode: ErrorCode;
  readonly certificate: CertificateSummary | undefined;

  constructor(errorCode: ErrorCode, reason: string, certificate?: CertificateSummary) {
    super(reason);
    this.errorCode = errorCode;
    this.certificate = certificate;
  }
}

/** The error for a request that failed after it was started. */
export class AnswerFailure extends Error {
  readonly errorCode: ErrorCode;

  constructor(errorCode: ErrorCode, reason: string) {
    super(reason);
    this.errorCode = errorCode;
  }
}

type Row = readonly [codes: RegExp, errorCode: ErrorCode, reason: string];

/** Errors while a connection is made. */
const NETWORK: readonly Row[] = [
  [/^(ENOTFOUND|ENODATA|EAI_.+)$/, 'dns-failed', 'no such name'],
  [/^ECONNREFUSED$/, 'connection-refused', 'connection refused'],
  [/^ETIMEDOUT$/, 'timed-out', 'no connection in time'],
  [/^(E(NET|HOST)(UNREACH|DOWN)|EADDRNOTAVAIL|EACCES|EPERM)$/, 'no-route', 'no route to that host'],
  // A server that hangs up in the middle of the handshake does not want to speak TLS with us.
  [/^(ECONNRESET|EPIPE|EPROTO|ERR_SSL_.+|ERR_TLS_.+)$/, 'tls-failed', 'no TLS on that port'],
];

/** Errors of a request that had a connection. */
const EXCHANGE: readonly Row[] = [
  [/^ETIMEDOUT$/, 'timed-out', 'no answer in time'],
  [/^(ECONNRESET|ECONNABORTED|EPIPE)$/, 'connection-lost', 'connection cut off'],
  [/^(EPROTO|ERR_SSL_.+)$/, 'tls-failed', 'broken TLS'],
  [/^HPE_.+$/, 'bad-answer', 'the answer is not HTTP'],
  [/^ERR_(INVALID|UNESCAPED|HTTP)_.+$/, 'internal', 'not a request that could be sent'],
];

/** Returns why the connection could not be made. */
export function connectFailure(error: unknown): ConnectFailure {
  if (error instanceof ConnectFailure) return error;
  if (isBug(error)) {
    reportBug(error);
    return new ConnectFailure('internal', `${error.name}: ${error.message}`);
  }
  const codes = codesOf(error);
  // There are several codes if several addresses were tried. The first row counts: a refusal says more than a missing
  // route.
  const row = NETWORK.find(([pattern]) => codes.some((code) => pattern.test(code)));
  const reason = codes.length === 0 ? String(error) : [...new Set(codes)].join(', ');
  return row ? new ConnectFailure(row[1], `${row[2]} (${reason})`) : new ConnectFailure('no-route', reason);
}

/** Returns why a request that had a connection ended. */
export function answerFailure(error: unknown): AnswerFailure {
  if (error instanceof AnswerFailure) return error;
  if (isBug(error)) {
    reportBug(error);
    return new AnswerFailure('internal', `${error.name}: ${error.message}`);
  }
  const codes = codesOf(error);
  if (error instanceof Error && error.name === 'AbortError') {
    return new AnswerFailure('connection-lost', 'stopped here before the answer');
  }
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new AnswerFailure('timed-out', 'given up here before the answer');
  }
  const row = EXCHANGE.find(([pattern]) => codes.some((code) => pattern.test(code)));
  const reason = codes.join(', ') || 'unknown cause';
  return row ? new AnswerFailure(row[1], `${row[2]} (${reason})`) : new AnswerFailure('connection-lost', reason);
}

/**
 * The error a user sees. `unansweredCode` takes the place of every code that leaves open
 * whether the PBX has acted on the request.
 */
export function toAppError(error: unknown, target: string, unansweredCode?: ErrorCode): AppError {
  if (error instanceof ConnectFailure) {
    const { certificate } = error;
    return appError(error.errorCode, {
      detail: `${target}: ${error.message}`,
      ...(certificate ? { certificate } : {}),
    });
  }
  const failure = answerFailure(error);
  const code = failure.errorCode === 'internal' ? 'internal' : (unansweredCode ?? failure.errorCode);
  return appError(code, { detail: `${target}: ${failure.message}` });
}

/** Whether a kept connection was closed, here or by the other side, before the PBX received this request. */
export const isStaleSocket = (error: unknown): boolean =>
  !(error instanceof ConnectFailure || error instanceof AnswerFailure) &&
  codesOf(error).some((code) => /^(ECONNRESET|ECONNABORTED|EPIPE)$/.test(code));

function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return 'code' in error && typeof error.code === 'string' ? [error.code, ...inner] : inner;
}
