import type { RulesFileProblem } from './rule-problem.ts';

/**
 * Every error that a user can see. Codes are part of the program's interface (logs, tests, support); their sentences
 * are in src/messages, in errors.ts of each language.
 */
export type ErrorCode =
  // Address and connection
  | 'address-invalid'
  | 'dns-failed'
  | 'no-route'
  | 'connection-refused'
  | 'connection-lost'
  | 'tls-untrusted'
  | 'tls-changed'
  | 'tls-failed'
  | 'not-portsip'
  | 'timed-out'
  // Answers of the PBX
  | 'bad-answer'
  | 'answer-too-large'
  | 'rate-limited'
  | 'pbx-failed'
  | 'pbx-refused'
  | 'not-found'
  // Signing in
  | 'sign-in-refused'
  | 'sign-in-microsoft'
  | 'sign-in-busy'
  | 'password-change-needed'
  | 'no-tenant'
  | 'domain-unknown'
  | 'session-expired'
  | 'signed-out'
  | 'certificate-forgotten'
  | 'secrets-unreadable'
  | 'secrets-locked'
  /** The key store has not answered so far. */
  | 'secrets-waiting'
  // Permissions
  | 'list-forbidden'
  | 'dial-forbidden'
  | 'session-id-unusable'
  | 'hang-up-forbidden'
  | 'status-forbidden'
  | 'history-forbidden'
  | 'directory-forbidden'
  | 'sync-token-unknown'
  // Dialling
  | 'number-empty'
  | 'number-letters'
  | 'number-too-long'
  | 'number-too-short'
  | 'number-incomplete'
  | 'number-several'
  | 'number-invalid'
  | 'looks-date'
  | 'looks-amount'
  | 'looks-address'
  | 'looks-reference'
  | 'link-extra'
  | 'link-invalid'
  | 'links-ignored'
  | 'too-many-waiting'
  | 'contacts-unreadable'
  | 'rules-file-invalid'
  | 'own-number-unknown'
  | 'dial-in-progress'
  | 'dial-unanswered'
  | 'dial-failed'
  | 'trunk-unavailable'
  | 'favourites-full'
  | 'call-gone'
  // This computer
  | 'settings-broken'
  | 'settings-invalid'
  | 'storage-failed'
  | 'file-unreadable'
  | 'file-unwritable'
  | 'demo-failed'
  | 'command-invalid'
  | 'shortcut-invalid'
  | 'shortcut-reserved'
  | 'links-not-accepted'
  | 'action-failed'
  | 'internal'
  // Push
  | 'push-missing'
  | 'push-sign-in-refused'
  | 'push-forbidden'
  // Two-factor sign-in
  | 'two-factor-wrong'
  | 'two-factor-expired'
  // Certificate authorities and proxies of this computer
  | 'tls-ca-unreadable'
  | 'tls-ca-none'
  | 'proxy-unreachable'
  | 'proxy-refused'
  | 'proxy-auth-needed'
  | 'proxy-unsupported';

/** Data for the sentences of some errors. */
export interface ErrorParams {
  'address-invalid': { problem: 'empty' | 'too-long' | 'http' | 'scheme' | 'user-name' | 'port' | 'host' };
  /** How long Traydial waits before its next request, in ms. */
  'rate-limited': { heldMs: number };
  /** The PBX's own sentence, plain text without complete numbers. */
  'dial-forbidden': { reason: string };
  'rules-file-invalid': RulesFileProblem;
  'settings-invalid': SettingProblem;
  'storage-failed': FileProblem;
  'file-unreadable': FileCause;
  'tls-ca-unreadable': FileCause;
  'file-unwritable': FileCause;
}

/** The path of the setting that was refused, and the limits of its value if it has any. */
export interface SettingProblem {
  setting: string;
  min?: number;
  max?: number;
}

/** `cause`: the system's error code such as `EACCES`, or a key of `files` in src/messages/en/files.ts. */
export interface FileCause {
  cause: string;
}

/** The files in the user's folder, without their ending .json. */
export type FileName = 'settings' | 'state' | 'account';

/**
 * Why a file in the user's folder was not written. `unwritable`: writing failed. `unreadable`: the file could not be read
 * at the start, so writing would lose its contents. `readable-again`: the same, but the file can be read now.
 */
export interface FileProblem extends FileCause {
  file: FileName;
  problem: 'unwritable' | 'unreadable' | 'readable-again';
  folder: string;
}

/** The contents of a certificate, for a person to compare. Times in ms since 1970, fingerprint as AA:BB:… */
export interface CertificateSummary {
  subject: string;
  issuer: string;
  validFrom: number;
  validTo: number;
  sha256: string;
}

/** The details of one occurrence of an error. */
interface Occurrence {
  /** The request and its answer, for support; never a secret or a complete phone number. */
  detail?: string;
  /** How long the PBX asked the client to wait, in ms. */
  retryAfterMs?: number;
  certificate?: CertificateSummary;
}

type CodeWithParams = keyof ErrorParams;

/** An error as a code and data. src/messages has the sentences. */
export type AppError = Occurrence &
  (
    | { code: Exclude<ErrorCode, CodeWithParams>; params?: never }
    | { [C in CodeWithParams]: { code: C; params?: ErrorParams[C] } }[CodeWithParams]
  );

/** Errors about a server's certificate or its authorities. A retry does not help, because a person must decide. */
export const DISTRUST: ReadonlySet<ErrorCode> = new Set(['tls-untrusted', 'tls-changed', 'tls-ca-unreadable']);

/** The error for a code, with details of this occurrence. */
export function appError<C extends CodeWithParams>(code: C, more?: Occurrence & { params?: ErrorParams[C] }): AppError;
export function appError(code: ErrorCode, more?: Occurrence): AppError;
export function appError(code: ErrorCode, more: object = {}): AppError {
  // The signatures above make sure that the parameters are those of the code.
  return { code, ...more } as AppError;
}
