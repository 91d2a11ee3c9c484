import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { answerError, errorFor, isMissing, isSuccess } from './answer-errors.ts';
import { decodeContactDiff, decodeNumberNames, type ContactDiff, type NumberName } from './decode-contacts.ts';
import { decodeSyncToken } from './decode-cdr-sync.ts';
import type { HttpAnswer, HttpPort, HttpRequest } from './http.ts';
import type { TokenKeeper } from './token-keeper.ts';

/**
 * The path segment of each directory that a plain user may sync. The only documented field of a CRM contact is
 * `did_number` (22.6); we assume that the others match those of the other directories.
 *
 * Source: OpenAPI 22.2. CRM contacts exist since 22.3 ("Summary of changes").
 */
const PATH_SEGMENTS = {
  extensions: 'extension_contacts',
  company: 'business_contacts',
  personal: 'contacts',
  crm: 'crm_contacts',
} as const;

export type DirectoryName = keyof typeof PATH_SEGMENTS;

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
    unavailableCode: 'directory-forbidden' | 'sync-token-unknown',
    fallbackMethod?: HttpRequest['method'],
  ): Promise<Result<T>> => {
    const send = (method: HttpRequest['method']): Promise<Result<HttpAnswer>> =>
      // Optional: a 401 here may mean a missing permission, so it must not end the sign-in.
      keeper.run((token) => http.request({ ...request, method, token }), { isOptional: true });
    let answer = await send(request.method);
    if (fallbackMethod !== undefined && answer.ok && isMissing(answer.value)) answer = await send(fallbackMethod);
    if (!answer.ok) return answer;
    const { status } = answer.value;
    if ([401, 403, 404, 405, 501].includes(status)) return err(errorFor(unavailableCode, answer.value));
    if (!isSuccess(answer.value)) return err(answerError('user', answer.value));
    const value = decode(answer.value.body);
    return value === null ? err(errorFor('bad-answer', answer.value, 'not what was asked for')) : ok(value);
  };
  const pathOf = (name: DirectoryName): string => `/api/user/${PATH_SEGMENTS[name]}/sync_tokens`;

  return {
    start: (name, signal) =>
      ask({ method: 'POST', path: pathOf(name), signal }, decodeSyncToken, 'directory-forbidden'),

    diff(name, token, signal) {
      // An empty token, "." or ".." would alter the URL path. Reported as unknown, it makes the caller start again.
      if (/^\.{0,2}$/.test(token) || !token.isWellFormed()) return Promise.resolve(err(appError('sync-token-unknown')));
      const path = `${pathOf(name)}/${encodeURIComponent(token)}/diff`;
      // For CRM contacts, 22.3 documents GET and 22.6 POST: try POST, then GET.
      const fallbackMethod = name === 'crm' ? 'GET' : undefined;
      const decode = (body: unknown): ContactDiff | null => decodeContactDiff(body, token);
      // A 403 here may be about the token alone. If the directory is forbidden, the new start reports that.
      return ask({ method: 'POST', path, signal }, decode, 'sync-token-unknown', fallbackMethod);
    },

    groups: (kind, signal) =>
      ask({ method: 'GET', path: `/api/user/${kind}`, signal }, decodeNumberNames, 'directory-forbidden'),
  };
}
