import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { answerError, errorFor, isMissing, isSuccess } from './answer-errors.ts';
import { decodeContactDiff, decodeNumberNames, type ContactDiff, type NumberName } from './decode-contacts.ts';
import { decodeSyncToken } from './decode-cdr-sync.ts';
import type { HttpAnswer, HttpPort, HttpRequest } from './http.ts';
import type { TokenKeeper } from './token-keeper.ts';

/**
 * Directories that a plain user may follow, by the part of their path (OpenAPI 22.2; contacts of the CRM from 22.3 on,
 * "Summary of changes"). No document names the fields of a CRM contact but `did_number` (22.6); our guess is that they
 * are those of the others.
 */
const PATHS = {
  extensions: 'extension_contacts',
  company: 'business_contacts',
  personal: 'contacts',
  crm: 'crm_contacts',
} as const;

export type DirectoryName = keyof typeof PATHS;

/** Kinds of numbers that several phones answer. */
export const GROUP_KINDS = ['ring_groups', 'call_queues'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** The directories of the PBX, reported as changes since the last request. No call throws. */
export interface PbxDirectory {
  /**
   * Returns a token. The first `diff` with it returns all people, which is not documented. Error: directory-forbidden,
   * also for a release that does not have this directory.
   */
  start(name: DirectoryName, signal?: AbortSignal): Promise<Result<string>>;
  /** Returns the changes since the token was issued. Error `sync-token-unknown`: the PBX forgot it, so start again. */
  diff(name: DirectoryName, token: string, signal?: AbortSignal): Promise<Result<ContactDiff>>;
  /** Names of the queues or ring groups that the user belongs to. Error: directory-forbidden. */
  groups(kind: GroupKind, signal?: AbortSignal): Promise<Result<NumberName[]>>;
}

export function createDirectory({ http, keeper }: { http: HttpPort; keeper: TokenKeeper }): PbxDirectory {
  const ask = async <T>(
    request: HttpRequest,
    decode: (body: unknown) => T | null,
    forbidden: 'directory-forbidden' | 'sync-token-unknown',
    instead?: HttpRequest['method'],
  ): Promise<Result<T>> => {
    const send = (method: HttpRequest['method']): Promise<Result<HttpAnswer>> =>
      keeper.run((token) => http.request({ ...request, method, token }), { isOptional: true });
    let answer = await send(request.method);
    if (instead !== undefined && answer.ok && isMissing(answer.value)) answer = await send(instead);
    if (!answer.ok) return answer;
    const { status } = answer.value;
    if ([401, 403, 404, 405, 501].includes(status)) return err(errorFor(forbidden, answer.value));
    if (!isSuccess(answer.value)) return err(answerError('user', answer.value));
    const value = decode(answer.value.body);
    return value === null ? err(errorFor('bad-answer', answer.value, 'not what was asked for')) : ok(value);
  };
  const pathOf = (name: DirectoryName): string => `/api/user/${PATHS[name]}/sync_tokens`;

  return {
    start: (name, signal) =>
      ask({ method: 'POST', path: pathOf(name), signal }, decodeSyncToken, 'directory-forbidden'),

    diff(name, token, signal) {
      // A token of dots would change the path. The PBX issued it, so the sync has to start again.
      if (/^\.{0,2}$/.test(token) || !token.isWellFormed()) return Promise.resolve(err(appError('sync-token-unknown')));
      const path = `${pathOf(name)}/${encodeURIComponent(token)}/diff`;
      // The document of 22.3 has GET here for the CRM, that of 22.6 POST.
      const instead = name === 'crm' ? 'GET' : undefined;
      const decode = (body: unknown): ContactDiff | null => decodeContactDiff(body, token);
      return ask({ method: 'POST', path, signal }, decode, 'sync-token-unknown', instead);
    },

    groups: (kind, signal) =>
      ask({ method: 'GET', path: `/api/user/${kind}`, signal }, decodeNumberNames, 'directory-forbidden'),
  };
}
